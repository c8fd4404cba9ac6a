import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

type Account = Readonly<Record<'username' | 'password', string>>

const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()

/** Follows a figure and holds it against what the page of its records says. */
async function follow(t: Test, page: Page, name: string): Promise<void> {
  const link = page.locator('main tbody tr').first().locator('a.link[title*="由哪些记录构成"]').first()
  const figure = (await link.innerText()).trim()
  await link.click()
  await page.getByText('以下各项之和').waitFor()
  t.equal(
    (await page.locator('main .total strong').innerText()).trim(),
    figure,
    `${name}: ${figure} is made of records`,
  )
  t.ok((await page.locator('main tbody tr').count()) > 0)
}

async function reads(t: Test, page: Page): Promise<void> {
  await goTo(page, '排名')
  await page.getByText('排名办法').waitFor()
  await page.getByText('红榜：', { exact: false }).first().waitFor()
  await assertAccessible(t, page, 'the rankings')
  await follow(t, page, 'a ranking')
  await assertAccessible(t, page, 'what a figure is made of')
  await page.locator('main tbody th a').first().click()
  await page.getByRole('heading', { level: 1, name: /月报$/ }).waitFor()
  t.pass('a figure of the ranking leads to the reports that make it')

  await goTo(page, '亮灯')
  await page.getByRole('button', { name: '全部', exact: true }).click()
  await page.locator('main section li').first().waitFor()
  await assertAccessible(t, page, 'the lights')
  await goTo(page, '资金')
  await page.locator('main .total').waitFor()
  await page.getByRole('button', { name: '区域', exact: true }).click()
  await page.getByRole('columnheader', { name: '欠款', exact: true }).first().waitFor()
  await assertAccessible(t, page, 'the funds')
  await follow(t, page, 'the funds')
}

async function settlesDifficulty(t: Test, who: Record<'filer' | 'reviewer' | 'supervisor', Page>): Promise<void> {
  const { filer, reviewer, supervisor } = who
  await goTo(reviewer, '困难和问题台账')
  await reviewer.getByRole('button', { name: '月报已提、未入台账' }).click()
  const told = reviewer.locator('main section li', { hasText: '他人写的困难' }).first()
  await told.getByRole('button', { name: '登记入台账' }).click()
  const dialog = reviewer.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '类别' }).selectOption('site')
  await dialog.getByRole('combobox', { name: '细类' }).selectOption('demolition')
  await save(reviewer)
  await dialog.locator('.el-form-item.is-error', { hasText: '解决期限' }).waitFor()
  await dialog.getByLabel('解决期限').fill('2027-03-01')
  await save(reviewer)
  await told.waitFor({ state: 'detached' })

  const open = async (page: Page) => {
    await goTo(page, '困难和问题台账')
    await page.getByRole('button', { name: '全部', exact: true }).click()
    await page.getByRole('link', { name: '他人写的困难' }).first().click()
    await page.getByText('现场条件·拆迁').waitFor()
  }
  const move = async (page: Page, name: string, fields: Record<string, string> = {}) => {
    await page.getByRole('button', { name, exact: true }).click()
    for (const [label, value] of Object.entries(fields)) await page.getByRole('dialog').getByLabel(label).fill(value)
    await save(page)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await open(supervisor)
  await move(supervisor, '提级', { 原因: '跨部门' })
  await supervisor.getByText('原因：跨部门').waitFor()
  await open(filer)
  t.equal(await filer.getByRole('button', { name: '销号' }).count(), 0, 'the unit does not strike it off itself')
  await move(filer, '受理')
  await move(filer, '解决', { 解决结果: '已完成拆迁' })
  await supervisor.reload()
  await move(supervisor, '销号')
  await supervisor.getByText('已销号').first().waitFor()
  await assertAccessible(t, supervisor, 'a difficulty with its timeline')
  await goTo(supervisor, '困难和问题台账')
  await supervisor.getByRole('button', { name: '每月分析' }).click()
  await supervisor.getByRole('row', { name: /现场条件/ }).waitFor()
  await assertAccessible(t, supervisor, 'the monthly analysis')
  t.pass('a difficulty goes from the report to the ledger and is settled by those whose part it is')
}

async function corrects(t: Test, filer: Page, reviewer: Page): Promise<void> {
  await goTo(filer, '月报')
  await filer.getByRole('combobox', { name: '状态' }).selectOption('approved')
  await filer
    .getByRole('row', { name: /审核通过/ })
    .first()
    .getByRole('link')
    .click()
  await filer.getByRole('button', { name: '申请更正' }).click()
  const dialog = filer.getByRole('dialog')
  await save(filer)
  await dialog.locator('.el-form-item.is-error', { hasText: '更正原因' }).waitFor()
  await dialog.getByLabel('形象进度').fill('更正后的形象进度')
  await dialog.getByLabel('更正原因').fill('部位写错')
  await assertAccessible(t, filer, 'what a correction asks')
  await save(filer)
  await filer.getByText('第 1 次更正').waitFor()
  const url = filer.url()

  await goTo(reviewer, '更正')
  await reviewer.getByText('原因：部位写错').waitFor()
  await assertAccessible(t, reviewer, 'the corrections')
  await reviewer.getByRole('button', { name: '同意更正' }).first().click()
  await reviewer.getByText('原因：部位写错').waitFor({ state: 'detached' })
  await filer.goto(url)
  await filer.locator('dd', { hasText: '更正后的形象进度' }).first().waitFor()
  await filer.locator('li', { hasText: '更正' }).getByText('更正后的形象进度').waitFor()
  await assertAccessible(t, filer, 'a report with its history')
  t.pass('an approved report is corrected by asking and by somebody else’s decision; both stand in its history')
}

async function setsRule(t: Test, page: Page): Promise<void> {
  await goTo(page, '报送周期')
  await page
    .getByRole('row', { name: /2026-12/ })
    .getByText('按现行规则')
    .waitFor()
  await assertAccessible(t, page, 'the cycles')
  await page.getByRole('button', { name: '编辑' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('截止时刻').fill('17:30')
  await dialog.getByLabel('原因').fill('与其他报表错开')
  await save(page)
  await page.getByText('与其他报表错开').first().waitFor()
  await page
    .getByRole('row', { name: /2026-12/ })
    .getByText('17:30')
    .waitFor()
  t.match(await page.getByRole('row', { name: /2026-11/ }).innerText(), /18:00/, 'a cycle that is open stays as it is')
}

/** The pages of a month beside filing and review: figures lead to records, difficulties are settled, reports corrected. */
export async function useMonth(
  t: Test,
  browser: Browser,
  { url, ...accounts }: { url: string } & Record<'filer' | 'reviewer' | 'supervisor' | 'operator', Account>,
): Promise<void> {
  const enter = ({ username, password }: Account) => signIn(browser, url, username, password)
  const who = {
    filer: await enter(accounts.filer),
    reviewer: await enter(accounts.reviewer),
    supervisor: await enter(accounts.supervisor),
  }
  await reads(t, who.supervisor)
  await settlesDifficulty(t, who)
  await corrects(t, who.filer, who.reviewer)
  const operator = await enter(accounts.operator)
  await setsRule(t, operator)
  for (const page of [...Object.values(who), operator]) await page.close()
}
