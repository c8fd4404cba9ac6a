import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

interface Account {
  readonly username: string
  readonly password: string
}

const list = (page: Page) => page.getByRole('region', { name: '待审清单' })
const detail = (page: Page) => page.getByRole('region', { name: /月报$/ })
const nameOf = (page: Page) => detail(page).getByRole('heading', { level: 2 }).innerText()
const count = async (page: Page) =>
  Number(/\d+/.exec(await page.getByRole('button', { name: /^全部 \d+$/ }).innerText())?.[0])

/** Opens the report of a project in the queue and waits until it is in hand. */
async function open(page: Page, name: string): Promise<void> {
  await list(page).locator('li', { hasText: name }).getByRole('button').click()
  await detail(page).getByRole('heading', { name }).waitFor()
}

/** The one that was last to be filed is told as the end of the list. */
const filed = (page: Page, name: string) => page.getByText(new RegExp(`已上报：${name}|待报的已全部上报`)).waitFor()

/** Files the first report that is still to be filed, so that the queue holds one of theirs. @returns the project's name */
async function files(page: Page): Promise<string> {
  await goTo(page, '填报清单')
  await page.locator('main section li a.name').first().click()
  await page.getByRole('textbox', { name: '本月完成投资', exact: true }).fill('0')
  await page.getByRole('textbox', { name: '形象进度', exact: true }).fill('设备安装')
  const name = await page.getByRole('heading', { level: 1 }).innerText()
  await page.keyboard.press('Control+Enter')
  await filed(page, name)
  return name
}

async function narrows(t: Test, page: Page): Promise<void> {
  const all = await count(page)
  await page.getByRole('button', { name: /^无提示 \d+$/ }).click()
  const clean = await list(page).locator('li').count()
  await page.getByRole('button', { name: /^有核查提示 \d+$/ }).click()
  t.equal((await list(page).locator('li').count()) + clean, all, 'every report has findings or has none')
  await page.getByRole('button', { name: /^全部 \d+$/ }).click()
  await page.getByRole('combobox', { name: '责任单位' }).selectOption({ index: 1 })
  t.ok((await list(page).locator('li').count()) < all, 'those of one unit')
  await page.getByRole('combobox', { name: '责任单位' }).selectOption('')
  await page.getByRole('combobox', { name: '排序' }).selectOption('orderChange')
}

async function returnsWithKeys(t: Test, page: Page, name: string): Promise<void> {
  await open(page, name)
  await detail(page).getByText('与上月不同之处').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请写明退回原因').waitFor()
  await page.getByRole('combobox', { name: '退回的内容 1' }).selectOption('visualProgress')
  await page.getByRole('textbox', { name: '退回原因 1' }).fill('请写明安装到第几台')
  await page.getByRole('button', { name: '再加一条' }).click()
  await page.getByRole('combobox', { name: '退回的内容 2' }).selectOption('nextSteps')
  await page.getByRole('textbox', { name: '退回原因 2' }).fill('请写下月计划')
  await assertAccessible(t, page, 'a report that is about to be returned')
  await page.keyboard.press('Control+Enter')
  await page.getByText(`已退回：${name}`).waitFor()
  await list(page).locator('li', { hasText: name }).waitFor({ state: 'detached' })
}

async function refiles(t: Test, page: Page, name: string): Promise<void> {
  await goTo(page, '填报清单')
  // Whoever filed the last one stands on the list already.
  await page.reload()
  const row = page.locator('main li.returned', { hasText: name })
  await row.getByText('形象进度：请写明安装到第几台').waitFor()
  await row.getByRole('link', { name: '修改后重报' }).click()
  await page.getByText('审核人退回：请写下月计划').waitFor()
  await page.getByRole('textbox', { name: '形象进度', exact: true }).fill('设备安装至第三台')
  await page.getByRole('textbox', { name: '下一步工作', exact: true }).fill('安装第四台')
  await page.keyboard.press('Control+Enter')
  await filed(page, name)
  t.pass('each reason stands at its field until the report is filed anew')
}

async function approvesWithKeys(t: Test, page: Page, name: string): Promise<void> {
  await page.reload()
  await open(page, name)
  await detail(page).getByText('退回后改了什么').waitFor()
  await detail(page).getByText('设备安装至第三台').first().waitFor()
  const before = await count(page)
  await page.keyboard.press('a')
  await page.getByText(`已通过：${name}`).waitFor()
  await waitFor('the next one in hand', async () => (await nameOf(page)) !== name)
  t.equal(await count(page), before - 1)
  await list(page).locator('li').first().getByRole('button').click()
  const now = await nameOf(page)
  await page.keyboard.press('j')
  await waitFor('the one below', async () => (await nameOf(page)) !== now)
  await page.keyboard.press('k')
  await waitFor('the one above', async () => (await nameOf(page)) === now)
  t.pass('keys walk through the queue and decide')
}

async function approvesMany(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: /^选中无提示的 \d+ 份$/ }).click()
  const chosen = await list(page).getByRole('checkbox', { checked: true }).count()
  t.ok(chosen > 0, `${chosen} without findings are chosen by one click`)
  // Somebody else decides one of them in the meantime: it says so, and the others wait.
  const first = list(page)
    .locator('li', { has: page.getByRole('checkbox', { checked: true }) })
    .first()
  const name = await first.locator('.name').innerText()
  const { items } = await (
    await page.request.get(new URL('/api/v1/reports?awaitingMe=true&limit=200', page.url()).href)
  ).json()
  const { projectId, period } = items.find((one: { projectName: string }) => one.projectName === name)
  const url = new URL(`/api/v1/projects/${projectId}/reports/${period}/approve`, page.url()).href
  t.equal((await page.request.post(url)).status(), 200)
  const approve = async (wanted: number) => {
    await page.getByRole('button', { name: `批量通过（${wanted}）` }).click()
    await page.getByRole('tooltip').getByRole('button', { name: '审核通过' }).click()
  }
  await approve(chosen)
  await page.getByText('其余可以再次提交').waitFor()
  await approve(chosen - 1)
  await page.getByText(`已通过 ${chosen - 1} 份`).waitFor()
  t.pass('many are approved at once; what stands in the way is named and left out')
}

/** A reviewer works through the queue: sees what differs, returns field by field, approves one and many. */
export async function useReview(
  t: Test,
  browser: Browser,
  { url, filer, reviewer }: { url: string; filer: Account; reviewer: Account },
): Promise<void> {
  const writer = await signIn(browser, url, filer.username, filer.password)
  const name = await files(writer)
  const page = await signIn(browser, url, reviewer.username, reviewer.password)
  await goTo(page, '待审清单')
  await detail(page).waitFor()
  await assertAccessible(t, page, 'the queue')
  await narrows(t, page)
  await returnsWithKeys(t, page, name)
  await refiles(t, writer, name)
  await approvesWithKeys(t, page, name)
  await approvesMany(t, page)
  await writer.close()
  await page.close()
}
