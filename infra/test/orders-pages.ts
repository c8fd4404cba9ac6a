import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'
import { closed, refusal, save } from './forms.ts'
import { followsLive } from './inbox-pages.ts'

const parts = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: '承办情况' }) })
const part = (page: Page, unit: string) => parts(page).locator('li', { hasText: unit })
const inDays = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)

/** Presses a button of the page and saves the dialog that it opens. */
async function does(page: Page, button: RegExp | string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: button }).first().click()
  await page.getByRole('dialog').waitFor()
  for (const [label, text] of Object.entries(fields)) await page.getByRole('dialog').getByLabel(label).fill(text)
  await save(page)
  await closed(page)
}

/** Chooses a unit by words of its name. */
async function picks(page: Page, id: string, label: string, name: string): Promise<void> {
  await page.locator(`#${id}`).fill(name)
  const choice = page.getByRole('dialog').getByRole('combobox', { name: label })
  const option = choice.locator('option', { hasText: name }).first()
  await option.waitFor({ state: 'attached' })
  await choice.selectOption((await option.getAttribute('value')) ?? '')
}

async function drafts(t: Test, page: Page, unit: string): Promise<void> {
  await goTo(page, '督办单')
  await page.getByRole('button', { name: '拟督办单' }).click()
  await save(page)
  await refusal(page, '请选择')
  await assertAccessible(t, page, 'the draft of an order')
  await page.getByLabel('督办事项').fill('加快征地拆迁')
  await page.getByLabel('督办要求').fill('月底前完成交地')
  await page.getByRole('combobox', { name: '紧急程度' }).selectOption('express')
  await page.getByLabel('办理时限（天）').fill('60')
  await picks(page, 'order-lead', '主办单位', unit)
  await picks(page, 'order-others', '协办单位', '解放区住房和城乡建设局')
  await page.getByRole('button', { name: '加为协办' }).click()
  await page.getByRole('button', { name: /^移去 解放区住房和城乡建设局/ }).waitFor()
  await save(page)
  await refusal(page, '急件的办理时限为')
  await page.getByLabel('办理时限（天）').fill('5')
  await save(page)
  await closed(page)
  await page.getByRole('heading', { name: '加快征地拆迁' }).waitFor()
  await page.getByText('未编号').waitFor()
  await does(page, '交办')
  await page.getByText(/〔\d{4}〕\d+号/).waitFor()
  await part(page, unit).getByText('待签收').waitFor()
  t.pass('an order is drafted within the limits of its urgency, and numbered when it is issued')
}

async function handles(t: Test, page: Page, unit: string, url: string): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: /消息/ }).click()
  const told = page.locator('main li', { hasText: '交办：加快征地拆迁' }).first()
  await told.getByRole('link', { name: '查看督办单', exact: true }).click()
  await page.waitForURL(url)
  t.pass('the message that an order was issued leads to that order')
  t.equal(await part(page, '解放区住房和城乡建设局').getByRole('button').count(), 0, 'another unit’s part is theirs')
  await does(page, `签收 ${unit}`)
  await does(page, `办理进展 ${unit}`, { 办理进展: '已签三户' })
  await does(page, `申请延期 ${unit}`, { 延期至: inDays(9), 延期理由: '两户待评估', 目前进展: '已签三户' })
  await part(page, unit)
    .getByText(/^申请延期至/)
    .waitFor()
  await assertAccessible(t, page, 'an order under way')
  await does(page, `上报情况 ${unit}`, { 办理结果: '全部交地' })
  await part(page, unit).getByText('已上报，待审核').waitFor()
  t.pass('a unit signs for its part, tells progress, asks for more time and reports')
}

async function reviews(t: Test, page: Page, unit: string): Promise<void> {
  await does(page, `驳回重办 ${unit}`, { 驳回理由: '缺交地确认书' })
  await part(page, unit).getByText('黄 · 滞后或质量差').waitFor()
  await page.getByText('缺交地确认书').waitFor()
  await does(page, '中止', { 中止理由: '线路调整' })
  await does(page, '恢复')
  await goTo(page, '督办单')
  await page.getByRole('button', { name: '按单位统计' }).click()
  await page.getByRole('row', { name: new RegExp(unit) }).waitFor()
  await assertAccessible(t, page, 'the figures of orders')
  await page.getByRole('button', { name: '办理时限' }).click()
  await page.getByText(/^急件：\d+ 至 \d+ 天$/).waitFor()
  t.pass('a report is sent back with its reason; colours and figures follow')
}

/** An order from its draft to its review, by a supervisor and the unit that leads it; one from an alert. */
export async function useOrders(
  t: Test,
  browser: Browser,
  url: string,
  { supervisor, head }: { supervisor: Account; head: Account },
): Promise<void> {
  const page = await signIn(browser, url, supervisor.username, supervisor.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  const other = await signIn(browser, url, head.username, head.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await other.getByRole('banner').waitFor()
  const { actor } = await (await other.request.get(`${url}/api/v1/sessions/current`)).json()
  const { name: unit } = await (await other.request.get(`${url}/api/v1/units/${actor.unitId}`)).json()
  await drafts(t, page, unit)
  const order = page.url()
  await followsLive(t, page, () => handles(t, other, unit, order))
  await page.goto(order)
  await reviews(t, page, unit)

  await goTo(page, '预警')
  await page.locator('main tbody tr').first().getByRole('link').click()
  await page.getByRole('button', { name: '转督办单' }).click()
  t.ok((await page.getByLabel('督办要求').inputValue()).length > 0, 'an alert proposes what the order says')
  await save(page)
  await closed(page)
  await page.getByRole('link', { name: '由预警提出' }).waitFor()
  t.same(faults, [])
  await Promise.all([page.close(), other.close()])
}
