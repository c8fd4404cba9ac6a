import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { goTo, signIn } from './browser.ts'

const save = (page: Page) => page.getByRole('button', { name: '保存' }).click()
const card = (page: Page, heading: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) })
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })

async function registersRegion(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记区划' }).click()
  await page.getByLabel('区划代码').fill('410899')
  await page.getByLabel('区划名称').fill('演示开发区')
  await page.getByRole('combobox', { name: '上级区划' }).selectOption('410700')
  await save(page)
  await page.getByText('不属于 410700').waitFor()
  await page.getByRole('combobox', { name: '上级区划' }).selectOption('410800')
  await save(page)
  await page.getByRole('button', { name: /演示开发区 410899 登记/ }).click()
  await page.getByText('这里还没有单位').waitFor()
  t.pass('a region is refused at its field, then registered below its city')
}

async function registersUnit(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记单位' }).click()
  await page.getByLabel('单位名称').fill('演示开发区经济发展局')
  await page.getByRole('combobox', { name: '单位类别' }).selectOption('responsibleUnit')
  await page.getByLabel('比较组').fill('部门组')
  await page.getByLabel('统一社会信用代码').fill('12410800MB0N273128')
  await save(page)
  await page.getByText('校验码不符').waitFor()
  await page.getByLabel('统一社会信用代码').fill('12410800MB0N273129')
  await save(page)
  await page.getByRole('heading', { name: '演示开发区经济发展局', exact: true }).waitFor()
  await page.getByText('12410800MB0N273129').first().waitFor()
  t.pass('a unit with a wrong check digit is refused at its field')
}

async function registersPeople(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记人员' }).click()
  await page.getByLabel('姓名').fill('冯试')
  await page.getByLabel('手机').fill('12345')
  await save(page)
  await page.getByText('应为 11 位手机号').waitFor()
  await page.getByLabel('手机').fill('13800000000')
  await save(page)
  await card(page, '人员').getByText('13800000000').waitFor()
  await page.getByRole('button', { name: '任职' }).click()
  await save(page)
  await page.locator('.el-form-item__error', { hasText: '请选择' }).first().waitFor()
  await page.getByPlaceholder('输入姓名查找人员').fill('冯试')
  await page.getByRole('combobox', { name: '人员' }).selectOption({ label: '冯试（演示开发区经济发展局）' })
  await save(page)
  await card(page, '联络人与兼职').getByText('联络人', { exact: false }).getByText('冯试').waitFor()
  t.pass('a person is registered and named the contact')
}

async function movesAndRenames(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '调整隶属' }).click()
  await save(page)
  await page.locator('.el-form-item__error', { hasText: '请选择' }).first().waitFor()
  await page.getByPlaceholder('输入名称查找单位').fill('演示开发区经济')
  await page.getByRole('combobox', { name: '新上级单位' }).selectOption({ label: '演示开发区经济发展局（演示开发区）' })
  await page.getByLabel('变更依据').fill('机构改革方案')
  await save(page)
  await page.getByText('新上级就是该单位本身或其下级').waitFor()
  await page.getByPlaceholder('输入名称查找单位').fill('焦作市发展')
  await page.getByRole('combobox', { name: '新上级单位' }).selectOption({ label: '焦作市发展和改革委员会（焦作市）' })
  await save(page)
  await closed(page)
  await page.getByRole('link', { name: '焦作市发展和改革委员会' }).first().waitFor()
  await page.getByRole('button', { name: '编辑', exact: true }).first().click()
  await page.getByLabel('单位名称').fill('演示开发区发展改革局')
  await page.getByLabel('原因').fill('更名批复')
  await save(page)
  await closed(page)
  const history = card(page, '变更历史')
  await history.getByText('原因：机构改革方案').waitFor()
  await history.getByText('原因：更名批复').waitFor()
  await history.getByText('演示开发区发展改革局').waitFor()
  t.pass('a cycle is refused at its field; a move and a new name stand in the history')
}

async function leaves(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '编辑 冯试' }).click()
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  await page.getByLabel('离任日期').fill(today)
  await page.getByText('2 项任职同日结束').waitFor()
  await save(page)
  await closed(page)
  await card(page, '人员').getByText('该单位还没有人员').waitFor()
  await card(page, '联络人与兼职').getByText('还没有联络人').waitFor()
  await page.getByLabel('含已离任').check()
  await card(page, '人员').getByText(`${today} 离任`).waitFor()
  t.pass('who left is gone from the lists and kept on record')
}

async function looksBack(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: '返回单位与人员' }).click()
  await page.getByRole('link', { name: '演示开发区发展改革局' }).waitFor()
  await page.getByPlaceholder('搜索单位名称').fill('经济发展')
  await page.keyboard.press('Enter')
  await page.getByText('没有名称含此内容的单位').waitFor()
  await page.getByPlaceholder('搜索单位名称').fill('开发区发展')
  await page.keyboard.press('Enter')
  await page.getByText('找到 1 个单位').waitFor()
  await page.getByLabel('查看某日的情况').fill('2020-01-01')
  await page.getByText('没有名称含此内容的单位').waitFor()
  await page.getByText('不是现在的情况').waitFor()
  await page.getByRole('button', { name: '回到现在' }).click()
  await page.getByText('找到 1 个单位').waitFor()
  t.pass('units are found by name, and the tree of any day can be seen')
}

/** Renames a unit that answers for projects, and waits until the monthly figures know it. */
async function renamesEverywhere(t: Test, page: Page): Promise<void> {
  await page.getByPlaceholder('搜索单位名称').fill('解放区商务局')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '解放区商务局' }).click()
  await page.getByRole('button', { name: '编辑', exact: true }).first().click()
  await page.getByLabel('单位名称').fill('解放区商务和投资促进局')
  await save(page)
  await closed(page)
  await waitFor('the new name in the figures of the month', () =>
    page.evaluate(async () => {
      const { items } = (await (await fetch('/api/v1/cycles')).json()) as { items: [{ period: string }] }
      const url = `/api/v1/portfolio/summary?groupBy=unit&period=${items[0].period}`
      const { groups } = (await (await fetch(url)).json()) as { groups: { name: string }[] }
      return groups.some(({ name }) => name === '解放区商务和投资促进局')
    }),
  )
  t.pass('a new name reaches the other services')
}

interface Account {
  readonly username: string
  readonly password: string
}

/** Units and people as the operator of a city keeps them, and as everybody else reads them. */
export async function useUnits(
  t: Test,
  browser: Browser,
  { url, operator, reader }: { url: string; operator: Account; reader: Account },
): Promise<void> {
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '单位与人员')
  await registersRegion(t, page)
  await registersUnit(t, page)
  await registersPeople(t, page)
  await movesAndRenames(t, page)
  await leaves(t, page)
  await looksBack(t, page)
  await renamesEverywhere(t, page)

  const other = await signIn(browser, url, reader.username, reader.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await goTo(other, '单位与人员')
  await other.getByRole('button', { name: /解放区 410802/ }).click()
  await other.getByRole('link', { name: '解放区民政局' }).click()
  await card(other, '人员').getByText('解放区民政局填报人（演示）').waitFor()
  for (const name of ['编辑', '调整隶属', '登记人员', '任职', '登记单位', '登记区划']) {
    t.equal(await other.getByRole('button', { name }).count(), 0, `no ${name} for a supervisor`)
  }
  await other.getByRole('button', { name: 'English' }).click()
  await other.getByRole('heading', { name: 'Contacts and further roles' }).waitFor()
  t.same(faults, [])
}
