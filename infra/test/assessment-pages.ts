import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

const save = (page: Page) => page.getByRole('button', { name: '保存' }).click()
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })
const view = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function marksYear(t: Test, page: Page): Promise<void> {
  await page.getByText('月度排名').first().waitFor()
  await assertAccessible(t, page, 'the assessment of a year')
  await page
    .getByRole('button', { name: /^评分 / })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('得分').fill('101')
  await dialog.getByLabel('依据或原因').fill('年度现场考核')
  await save(page)
  await page.locator('.el-form-item__error').first().waitFor()
  await dialog.getByLabel('得分').fill('88.55')
  await save(page)
  await closed(page)
  await page.getByText('88.55').first().waitFor()
  t.pass('a mark above 100 is refused at its field; a good one stands with its reason')
}

async function commentsQuarter(t: Test, page: Page): Promise<void> {
  await view(page, '季点评')
  await page
    .getByRole('button', { name: /^点评 / })
    .first()
    .click()
  await page.getByRole('dialog').getByLabel('点评').fill('开工率列前，入统偏慢。')
  await save(page)
  await closed(page)
  await page.getByText('开工率列前，入统偏慢。').waitFor()
  await assertAccessible(t, page, 'the comments of a quarter')
  t.pass('a region is commented')
}

async function marksOnSite(t: Test, page: Page): Promise<void> {
  await view(page, '半年观摩')
  await page.getByText('满 5 个评分时去掉一个最高分和一个最低分').waitFor()
  await page.getByRole('button', { name: '登记评分' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByPlaceholder('输入名称查找项目').fill('项目')
  const projects = dialog.getByRole('combobox', { name: '观摩项目' })
  await projects.locator('option').nth(1).waitFor({ state: 'attached' })
  await projects.selectOption({ index: 1 })
  await dialog.getByLabel('评委').fill('评委甲')
  await dialog.getByLabel('得分').fill('91.5')
  await save(page)
  await closed(page)
  await page.getByText('评委甲').waitFor()
  await assertAccessible(t, page, 'an on-site review')
  await page.getByRole('button', { name: '公布', exact: true }).click()
  await page.getByRole('button', { name: '公布', exact: true }).last().click()
  await page.getByText(/公布，SHA-256/).waitFor()
  t.equal(await page.getByRole('button', { name: '登记评分' }).count(), 0, 'what is published is not marked any more')
}

/** Marks, comments and publishes on the pages as a supervisor does. */
export async function useAssessment(
  t: Test,
  browser: Browser,
  { url, supervisor }: { url: string; supervisor: { readonly username: string; readonly password: string } },
): Promise<void> {
  const page = await signIn(browser, url, supervisor.username, supervisor.password)
  await goTo(page, '考评')
  await marksYear(t, page)
  await commentsQuarter(t, page)
  await marksOnSite(t, page)
  await page.close()
}
