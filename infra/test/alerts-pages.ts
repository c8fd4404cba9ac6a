import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'
import { save } from './forms.ts'

const rows = (page: Page) => page.locator('main tbody tr')
const life = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: '预警经过' }) })
const inDays = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)

async function narrows(t: Test, page: Page): Promise<void> {
  await rows(page).first().waitFor()
  await assertAccessible(t, page, 'the alerts')
  await page.getByRole('button', { name: '按责任单位' }).click()
  const group = rows(page).first()
  await group.getByRole('cell').first().waitFor()
  await assertAccessible(t, page, 'the alerts by unit')
  const open = Number(await group.getByRole('cell').first().innerText())
  const unit = await group.getByRole('link').innerText()
  await group.getByRole('link').click()
  await waitFor('those of the unit', async () => (await rows(page).count()) === Math.min(open, 50))
  t.equal(await rows(page).filter({ hasText: unit }).count(), Math.min(open, 50), 'a count leads to its list')
  await page.getByRole('button', { name: '清除条件' }).click()
  await page.getByRole('button', { name: '已解除' }).click()
  await page
    .getByText(/\d 解除$|没有预警/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '按填报人' }).click()
  await rows(page).first().waitFor()
  await page.getByRole('button', { name: '未解除' }).click()
}

/** The panel of the dashboard counts what it is called, whatever else is open. */
async function countsMissing(t: Test, page: Page, url: string): Promise<void> {
  const panel = page.locator('section', { has: page.getByRole('heading', { name: '逾期未报' }) })
  await page.goto(url)
  const shown = /\d+/.exec(await panel.getByText(/^共 \d+ 项$/).innerText())?.[0]
  const answer = await page.request.get(`${url}/api/v1/alerts?state=open&kind=report-overdue`)
  t.equal(Number(shown), (await answer.json()).openCount, 'reports that are missing, and no other alert')
}

/** Fills the dialog and waits until it has gone, or says why that day cannot be. */
async function acts(
  page: Page,
  button: string,
  [day, words]: [string, string],
  [date, note]: [string, string],
  refusal?: string,
): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await save(page)
  await page.getByRole('dialog').getByText('请选择').first().waitFor()
  await page.getByLabel(words).fill(note)
  await page.getByLabel(day).fill(inDays(-1))
  await save(page)
  await page
    .getByRole('dialog')
    .getByText(/应在明天至 \d+ 天之内/)
    .waitFor()
  await page.getByLabel(day).fill(date)
  await save(page)
  const dialog = page.getByRole('dialog')
  if (refusal !== undefined) {
    await dialog.getByText(refusal).waitFor()
    await dialog.getByRole('button', { name: '取消' }).click()
  }
  await dialog.waitFor({ state: 'detached' })
}

/** Alerts as a supervisor follows them up, and as an operator reads them. */
export async function useAlerts(
  t: Test,
  browser: Browser,
  url: string,
  { supervisor, operator }: { supervisor: Account; operator: Account },
): Promise<void> {
  const page = await signIn(browser, url, supervisor.username, supervisor.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '预警')
  await narrows(t, page)
  await countsMissing(t, page, url)

  await goTo(page, '预警')
  await page.getByRole('combobox', { name: '预警类型' }).selectOption('report-overdue')
  await rows(page).filter({ hasText: '逾期未报' }).first().getByRole('link').click()
  await life(page).getByText('发生', { exact: false }).first().waitFor()
  await assertAccessible(t, page, 'the life of an alert')
  const promised = inDays(1)
  // What is missing of a month that is locked tomorrow can be promised for no day any more.
  const isTooLate = promised.endsWith('-01')
  const refusal = isTooLate ? '月报期届时已锁定' : undefined
  await acts(page, '承诺办结', ['承诺办结日期', '办理打算'], [promised, '本周完成交地'], refusal)
  if (!isTooLate) {
    await page.getByText(`承诺 ${promised} 办结`).waitFor()
    await life(page).getByText('本周完成交地').waitFor()
  }
  t.pass('a day is promised; one that cannot be is refused at its field')
  await acts(page, '暂缓', ['暂缓至', '暂缓理由'], [inDays(3), '等待省厅批复'])
  await life(page).getByText('等待省厅批复').waitFor()
  await page
    .getByText(/^暂缓至 /)
    .first()
    .waitFor()
  t.pass('it is put off with a reason, and its life tells both')

  const other = await signIn(browser, url, operator.username, operator.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await other.getByRole('banner').waitFor()
  await other.goto(page.url())
  await life(other).getByText('等待省厅批复').waitFor()
  for (const name of ['承诺办结', '暂缓']) t.equal(await other.getByRole('button', { name }).count(), 0, `no ${name}`)
  await other.getByRole('button', { name: 'English' }).click()
  await other.getByRole('heading', { name: 'What happened' }).waitFor()
  t.same(faults, [])
  await Promise.all([page.close(), other.close()])
}
