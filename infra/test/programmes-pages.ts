import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click()
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })
const refusal = (page: Page, text: string) => page.locator('.el-form-item__error', { hasText: text }).first().waitFor()

async function picks(page: Page, words: string, name: string): Promise<void> {
  await page.getByPlaceholder('输入名称查找项目').fill(words)
  const choice = page.getByRole('dialog').getByRole('combobox', { name: '项目' })
  const option = choice.locator('option', { hasText: name })
  await option.first().waitFor({ state: 'attached' })
  await choice.selectOption({ value: (await option.first().getAttribute('value')) ?? '' })
  await page.getByRole('button', { name: `移除 ${name}` }).waitFor()
}

async function keepsView(t: Test, page: Page): Promise<void> {
  await page.getByPlaceholder('搜索项目名称').fill('植物园')
  await page.getByRole('link', { name: '生态植物园提升改造' }).waitFor()
  await page.getByRole('button', { name: '保存为视图' }).click()
  await save(page)
  await page.getByRole('dialog').locator('.el-form-item__error').first().waitFor()
  await page.getByLabel('视图名称').fill('水库')
  await save(page)
  await closed(page)
  await page.getByRole('button', { name: '清除条件' }).first().click()
  await page.getByPlaceholder('搜索项目名称').and(page.locator(':not([value="九渡"])')).waitFor()
  await page.getByRole('combobox', { name: '常用视图' }).selectOption({ label: '水库' })
  await page.waitForURL(/q=/)
  t.equal(await page.getByPlaceholder('搜索项目名称').inputValue(), '植物园', 'a view brings its filters back')
  await page.getByRole('button', { name: '改名' }).click()
  await page.getByLabel('视图名称').fill('水利')
  await save(page)
  await closed(page)
  await page
    .getByRole('combobox', { name: '常用视图' })
    .locator('option', { hasText: '水利' })
    .waitFor({ state: 'attached' })
  await page.getByRole('button', { name: '删除视图' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '删除视图' }).click()
  await page.getByRole('combobox', { name: '常用视图' }).waitFor({ state: 'detached' })
  t.pass('a view is renamed and forgotten')
}

async function keepsProgramme(t: Test, page: Page): Promise<void> {
  await goTo(page, '专项计划')
  await page.getByRole('button', { name: '登记专项计划' }).click()
  await page.getByLabel('名称', { exact: true }).fill('民生实事')
  await page.getByLabel('代号').fill('演示 三十')
  await page.getByLabel('终止年').fill('2020')
  await save(page)
  await refusal(page, '小写字母、数字')
  await page.getByLabel('代号').fill('livelihood')
  await page.getByLabel('起始年').fill('2025')
  await page.getByLabel('终止年').fill('2027')
  await page.getByLabel('设立文件').fill('焦政〔2025〕1号')
  await save(page)
  await closed(page)
  await page.getByText('焦政〔2025〕1号').waitFor()
  t.pass('a programme is registered, and stands before the reader')
}

async function listsMembers(t: Test, page: Page): Promise<void> {
  await page.getByRole('combobox', { name: '年度' }).selectOption('2025')
  await page.getByText('这一年还没有项目').waitFor()
  await page.getByRole('button', { name: '列入项目' }).click()
  await save(page)
  await refusal(page, '请')
  await page.getByLabel('或填项目代码').fill('2499-410800-04-01-999999')
  await save(page)
  await refusal(page, '2499-410800-04-01-999999')
  await page.getByLabel('或填项目代码').fill('')
  await picks(page, '植物园', '生态植物园提升改造')
  await page.getByLabel('列入文件').fill('焦重点办〔2025〕8号')
  await save(page)
  await closed(page)
  await page.getByRole('row', { name: /生态植物园提升改造.*焦重点办〔2025〕8号/ }).waitFor()
  t.pass('a project that is not known is refused, one found by name is listed')
  await assertAccessible(t, page, 'programmes')

  await page.getByRole('combobox', { name: '年度' }).selectOption('2026')
  await page.getByText('这一年还没有项目').waitFor()
  await page.getByRole('button', { name: '沿用上年' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '沿用上年' }).click()
  await page.getByText('新列入 1 个').waitFor()
  await page.getByRole('button', { name: '退出 生态植物园提升改造' }).click()
  await save(page)
  await page.getByRole('dialog').locator('.el-form-item.is-error', { hasText: '原因' }).waitFor()
  await page.getByLabel('原因').fill('调出年度计划')
  await save(page)
  await closed(page)
  await page.getByText('这一年还没有项目').waitFor()
  await page.getByLabel('含已退出').check()
  await page.getByText('已退出：调出年度计划').waitFor()
  t.pass('the list of a year is taken over, and who leaves it leaves a reason')
}

async function rollsPool(t: Test, page: Page): Promise<void> {
  await goTo(page, '储备库')
  await page.getByRole('combobox', { name: '储备库年度' }).selectOption('2025')
  await page.getByText('没有项目').waitFor()
  await page.getByRole('button', { name: '申报项目' }).click()
  await picks(page, '植物园', '生态植物园提升改造')
  await page.getByRole('combobox', { name: '登记' }).selectOption('listed')
  await page.getByLabel('决定日期').fill('2025-03-01')
  await save(page)
  await refusal(page, '须有文号')
  await page.getByLabel('文号（入库、增补必填）').fill('焦发改〔2025〕12号')
  await save(page)
  await refusal(page, '未申报')
  await page.getByRole('combobox', { name: '登记' }).selectOption('proposed')
  await save(page)
  await closed(page)
  await page.getByRole('row', { name: /生态植物园提升改造.*申报/ }).waitFor()
  await page.getByLabel('选择 生态植物园提升改造').check()
  await page.getByRole('button', { name: '登记所选（1）' }).click()
  await page.getByLabel('决定日期').fill('2025-04-01')
  await page.getByLabel('文号（入库、增补必填）').fill('焦发改〔2025〕12号')
  await save(page)
  await closed(page)
  await page.getByRole('row', { name: /生态植物园提升改造.*入库.*焦发改〔2025〕12号/ }).waitFor()
  await page.getByRole('button', { name: '入库 1' }).click()
  await page.getByRole('row', { name: /生态植物园提升改造/ }).waitFor()
  t.pass('a project is proposed, then listed by its document; nothing is listed unproposed')
  await assertAccessible(t, page, 'reserve pool')

  await page.getByRole('combobox', { name: '储备库年度' }).selectOption('2026')
  await page.getByRole('button', { name: '全部' }).click()
  await page.getByText('没有项目').waitFor()
  await page.getByRole('button', { name: '从 2025 年滚动' }).click()
  await page.getByRole('dialog').getByText('生态植物园提升改造').waitFor()
  await page.getByRole('button', { name: '确认滚动' }).click()
  await closed(page)
  await page.getByRole('row', { name: /生态植物园提升改造.*申报/ }).waitFor()
  await page.getByRole('link', { name: '生态植物园提升改造' }).click()
  await page.getByRole('heading', { name: '专项计划与储备库' }).waitFor()
  t.pass('what was listed and not started is proposed anew for the next year')
}

interface Account {
  readonly username: string
  readonly password: string
}

/** Views, programmes and the reserve pool as their keeper works on them, and as others read them. */
export async function useProgrammes(
  t: Test,
  browser: Browser,
  { url, operator, reader }: { url: string; operator: Account; reader: Account },
): Promise<void> {
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '项目库')
  await keepsView(t, page)
  await keepsProgramme(t, page)
  await listsMembers(t, page)
  await rollsPool(t, page)

  const other = await signIn(browser, url, reader.username, reader.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await goTo(other, '储备库')
  await other.getByRole('row', { name: /生态植物园提升改造/ }).waitFor()
  t.equal(await other.getByRole('button', { name: '申报项目' }).count(), 0, 'a supervisor reads')
  t.same(faults, [])
}
