import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { goTo, signIn } from './browser.ts'

const save = (page: Page) => page.getByRole('button', { name: '保存' }).click()
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })
const plan = (page: Page) =>
  page.locator('section', { has: page.getByRole('heading', { name: '推进计划', exact: true }) }).first()
const rowOf = (page: Page, name: string) => plan(page).locator('tr', { has: page.getByText(name, { exact: true }) })

async function begins(t: Test, page: Page): Promise<void> {
  await page.getByPlaceholder('搜索项目名称').fill('九渡水库')
  await page.getByRole('link', { name: '九渡水库' }).click()
  await plan(page).getByText('还没有推进计划').waitFor()
  await plan(page).getByLabel('起算日期').fill('2026-01-01')
  await plan(page).getByRole('button', { name: '按模板建立计划' }).click()
  await rowOf(page, '项目建议书批复').getByText('滞后').waitFor()
  t.equal(await plan(page).locator('tbody tr').count(), 30, '13 procedures, 7 milestones, 6 guarantees, 4 systems')
}

async function settles(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '办理 项目建议书批复' }).click()
  await page.getByLabel('完成日期', { exact: true }).fill('2026-02-10')
  await save(page)
  await page.locator('.el-form-item__error', { hasText: '手续办结须填文号' }).waitFor()
  await page.getByLabel('文号或佐证').fill('焦发改〔2026〕3号')
  await save(page)
  await closed(page)
  await rowOf(page, '项目建议书批复').getByText('逾期完成').waitFor()
  await page.getByRole('button', { name: '办理 节能审查意见' }).click()
  await page.getByText('本项目需要这一步').click()
  await save(page)
  await page.locator('.el-form-item__error', { hasText: '须说明原因' }).waitFor()
  await page.getByLabel('调整原因').fill('不涉及新增能耗')
  await save(page)
  await closed(page)
  await rowOf(page, '节能审查意见').getByText('不需要').waitFor()
  await page.getByRole('button', { name: '历史 节能审查意见' }).click()
  await page.getByRole('dialog').getByText('原因：不涉及新增能耗').waitFor()
  await page.keyboard.press('Escape')
  await closed(page)
  t.pass('a procedure is done by its document, doing without one has its reason, both stand in the history')
}

async function adds(t: Test, page: Page): Promise<void> {
  await plan(page).getByRole('button', { name: '增加步骤' }).click()
  await page.getByLabel('步骤', { exact: true }).fill('蓄水验收')
  await save(page)
  await closed(page)
  await rowOf(page, '蓄水验收').getByText('未定期限').waitFor()
  t.pass('a project has steps of its own')
}

interface Account {
  readonly username: string
  readonly password: string
}

/** The push plan of a project as its keepers work on it, and what has slipped as supervisors see it. */
export async function usePushPlan(
  t: Test,
  browser: Browser,
  { url, operator, reader }: { url: string; operator: Account; reader: Account },
): Promise<void> {
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '项目库')
  await begins(t, page)
  await settles(t, page)
  await adds(t, page)

  const other = await signIn(browser, url, reader.username, reader.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await goTo(other, '滞后手续')
  await other.getByRole('row', { name: /九渡水库.*可行性研究报告批复/ }).waitFor()
  await other.getByRole('combobox', { name: '类别' }).selectOption('milestone')
  await other.getByRole('row', { name: /九渡水库.*场地平整/ }).waitFor()
  await other.getByLabel('含未到期').check()
  await other.getByRole('row', { name: /九渡水库.*竣工验收/ }).waitFor()
  await other.getByRole('link', { name: '九渡水库' }).first().click()
  await plan(other).getByText('项目建议书批复').waitFor()
  t.equal(await plan(other).getByRole('button', { name: /^办理/ }).count(), 0, 'a supervisor reads')
  t.same(faults, [])
}
