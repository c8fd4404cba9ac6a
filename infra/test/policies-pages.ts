import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'
import { closed, refusal, save } from './forms.ts'

const rows = (page: Page) => page.locator('main tbody tr')

async function looksAhead(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '未来 30 天预览' }).click()
  await page.getByText(/共 \d+ 条/).waitFor()
  await rows(page).filter({ hasText: '为何收到：' }).first().waitFor()
  await assertAccessible(t, page, 'the preview of the policies')
  const policy = await rows(page).first().getByRole('link').innerText()
  await page.getByRole('combobox', { name: '通知策略' }).selectOption({ label: policy })
  await waitFor('those of one policy', async () => {
    const names = await rows(page).getByRole('link').allInnerTexts()
    return names.length > 0 && names.every((name) => name === policy)
  })
  t.pass('what would be sent in the next 30 days: to whom, when and why')
}

async function changes(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '现行策略' }).click()
  await page.getByRole('link', { name: '截止前 3 个工作日提醒' }).click()
  await page.getByText('第 1 版').waitFor()
  await assertAccessible(t, page, 'a policy')
  await page.getByRole('button', { name: '编辑' }).click()
  await save(page)
  await refusal(page, '请选择')
  await assertAccessible(t, page, 'the form of a policy')
  await page.getByLabel('提前').fill('三')
  await page.getByLabel('原因').fill('节前早提醒')
  await save(page)
  await page.getByRole('dialog').locator('.el-form-item.is-error', { hasText: '提前' }).waitFor()
  await page.getByLabel('提前').fill('4')
  await page.getByLabel('免打扰起').fill('21:00')
  await page.getByLabel('免打扰止').fill('08:00')
  await save(page)
  await closed(page)
  await page.getByText('第 2 版').waitFor()
  await page.getByText('原因：节前早提醒').waitFor()
  await page.getByText('截止前 4 个工作日 09:00').first().waitFor()
  await page.getByText('免打扰 21:00–08:00').first().waitFor()
  await page.getByText('截止前 3 个工作日 09:00').waitFor()
  t.pass('a change is a new version with its reason; the old one stands below it')
}

async function adds(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: '← 通知策略' }).click()
  await page.getByRole('button', { name: '新增策略' }).click()
  await page.getByLabel('策略代码').fill('提醒 七')
  await page.getByLabel('策略名称').fill('截止前 7 个工作日提醒')
  await page.getByLabel('提前').fill('7')
  await page.getByLabel('原因').fill('试行')
  await save(page)
  await refusal(page, '小写字母、数字和连字符')
  await page.getByLabel('策略代码').fill('remind-7')
  await page.getByText('启用这个策略').click()
  await save(page)
  await closed(page)
  await rows(page).filter({ hasText: '截止前 7 个工作日提醒' }).getByText('停用').waitFor()
  t.pass('a new policy can wait until it is wanted')
}

/** Policies as a supervisor keeps them, and as a filer reads them. */
export async function usePolicies(
  t: Test,
  browser: Browser,
  url: string,
  { supervisor, filer }: { supervisor: Account; filer: Account },
): Promise<void> {
  const page = await signIn(browser, url, supervisor.username, supervisor.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '通知策略')
  await rows(page).first().waitFor()
  await assertAccessible(t, page, 'the policies')
  await looksAhead(t, page)
  await changes(t, page)
  await adds(t, page)

  const other = await signIn(browser, url, filer.username, filer.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await goTo(other, '通知策略')
  await other.getByRole('link', { name: '逾期即报' }).waitFor()
  for (const name of ['新增策略', '未来 30 天预览'])
    t.equal(await other.getByRole('button', { name }).count(), 0, `no ${name}`)
  t.same(faults, [])
  await Promise.all([page.close(), other.close()])
}
