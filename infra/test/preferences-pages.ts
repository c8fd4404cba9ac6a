import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'
import { closed, refusal, save } from './forms.ts'

/** A secret address for the deadlines: it answers as a calendar, and is dead once there is another. */
async function subscribes(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '生成订阅地址' }).click()
  const field = page.getByRole('textbox', { name: '日历订阅' })
  const first = await field.inputValue()
  const read = async (address: string) => (await page.request.get(address)).status()
  t.equal(await read(first), 200)
  await page.getByRole('button', { name: '更换地址' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '更换地址' }).click()
  await waitFor('another address', async () => (await field.inputValue()) !== first)
  t.equal(await read(first), 404, 'the old address is dead')
  t.equal(await read(await field.inputValue()), 200)
  await page.getByRole('button', { name: '停止订阅' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '停止订阅' }).click()
  await page.getByRole('button', { name: '生成订阅地址' }).waitFor()
}

/** Takes every channel beside the inbox away. */
async function switchesOff(page: Page): Promise<void> {
  for (const name of ['电子邮件', '短信']) await page.getByRole('dialog').getByText(name, { exact: true }).click()
}

/** How a filer wants to be told; what the duty makes compulsory says so and keeps a channel. */
export async function usePreferences(
  t: Test,
  browser: Browser,
  url: string,
  { username, password }: Account,
): Promise<void> {
  const page = await signIn(browser, url, username, password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '通知偏好')
  const overdue = page.getByRole('row', { name: /^逾期未报/ })
  await overdue.getByText('必达').waitFor()
  await overdue.getByText('情况报告制度').waitFor()
  await assertAccessible(t, page, 'the preferences')

  await page.getByRole('button', { name: '编辑 逾期未报' }).click()
  await page.getByText('须至少保留一个渠道').waitFor()
  await switchesOff(page)
  await save(page)
  await refusal(page, '情况报告制度')
  await assertAccessible(t, page, 'a preference that is refused')
  await page.getByRole('button', { name: '取消' }).click()
  await closed(page)
  t.pass('what is compulsory keeps a channel, and says which duty makes it so')

  await page.getByRole('button', { name: '编辑 填报提醒' }).click()
  await switchesOff(page)
  await page.getByLabel(/^汇总发送时刻/).fill('08:30')
  await save(page)
  await closed(page)
  await page.getByRole('row', { name: /^填报提醒 仅站内消息 08:30/ }).waitFor()
  await subscribes(t, page)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('The reporting rules').first().waitFor()
  t.pass('the rest is as the reader wants it; why something is compulsory comes in their language')
  t.same(faults, [])
  await page.close()
}
