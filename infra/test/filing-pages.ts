import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

interface Account {
  readonly username: string
  readonly password: string
}

const amount = (page: Page) => page.getByRole('textbox', { name: '本月完成投资', exact: true })
const progress = (page: Page) => page.getByRole('textbox', { name: '形象进度', exact: true })
const saved = (page: Page) => page.getByRole('status').filter({ hasText: /^已保存 \d\d:\d\d$/ })
const nameOf = (page: Page) => page.getByRole('heading', { level: 1 }).innerText()
const keyOf = (page: Page) => /filing\/([0-9a-f-]{36})\/(\d{4}-\d{2})/.exec(page.url())?.slice(1) ?? []
const reportUrl = (page: Page, [id, period]: string[]) =>
  new URL(`/api/v1/projects/${id}/reports/${period}`, page.url()).href

/** How many are filed, as the list says. */
async function filedCount(page: Page): Promise<number> {
  const text = await page.getByText(/^已报 \d+ \/ \d+$/).innerText()
  return Number(/\d+/.exec(text)?.[0])
}

/** Goes on to the next form, and waits until it is there. */
async function fileWithKeys(page: Page): Promise<void> {
  const before = await nameOf(page)
  await page.keyboard.press('Control+Enter')
  await page.getByText(`已上报：${before}`).waitFor()
  await waitFor('the next project', async () => (await nameOf(page)) !== before)
}

async function filesWithFewKeys(t: Test, page: Page): Promise<string[]> {
  await page.locator('main li', { hasText: '待上报' }).locator('a.name').first().click()
  await amount(page).waitFor()
  await assertAccessible(t, page, 'the form of a month')
  const key = keyOf(page)
  t.equal(await progress(page).inputValue(), await page.locator('dd.text').first().innerText(), 'prefilled')
  await page.evaluate(
    'window.keys = 0, addEventListener("keydown", (event) => { if (event.key !== "Control") window.keys++ }, true)',
  )
  await page.keyboard.type('0')
  await fileWithKeys(page)
  t.equal(await page.evaluate('window.keys'), 2, 'a month without investment is a nought and Ctrl+Enter')
  return key
}

async function computesWhileTyping(t: Test, page: Page): Promise<void> {
  const figures = page.getByRole('region', { name: '实时计算' })
  const before = await figures.innerText()
  await page.keyboard.type('1234.5')
  await waitFor('figures that follow', async () => (await figures.innerText()) !== before)
  await saved(page).waitFor()
  await amount(page).fill('12亿')
  await page.getByText('请填写金额，单位万元，最多四位小数').waitFor()
  await amount(page).fill('1234.5')
  await page.getByText('形象进度却与上期完全相同').waitFor()
  await progress(page).fill('主体结构完成八成')
  await page.getByText('形象进度却与上期完全相同').waitFor({ state: 'detached' })
  t.pass('year-to-date and shares follow each key; the checks follow the draft that saves itself')
}

async function losesNothing(t: Test, page: Page): Promise<void> {
  const url = reportUrl(page, keyOf(page))
  const now = await (await page.request.get(url)).json()
  const put = await page.request.put(url, {
    data: { ...now.entry, difficulties: '他人写的困难' },
    headers: { 'if-match': `"${now.version}"` },
  })
  t.equal(put.status(), 200)
  await progress(page).fill('主体结构封顶')
  await page.getByText('没有保存：他人保存过这份报告').waitFor()
  await page.getByRole('alert').getByText('他人写的困难').waitFor()
  await assertAccessible(t, page, 'a form that somebody else has saved')
  await page.getByRole('button', { name: '保留我的，其余用他人的' }).click()
  await saved(page).waitFor()
  t.equal(await page.getByRole('textbox', { name: '困难和问题', exact: true }).inputValue(), '他人写的困难')
  t.equal(await progress(page).inputValue(), '主体结构封顶')

  await page.context().setOffline(true)
  await page.getByRole('textbox', { name: '下一步工作', exact: true }).fill('二次结构')
  await page.getByText('网络不通，还没有保存').waitFor()
  await page.context().setOffline(false)
  await saved(page).waitFor()
  const stored = await (await page.request.get(url)).json()
  t.match(stored.entry, { difficulties: '他人写的困难', visualProgress: '主体结构封顶', nextSteps: '二次结构' })
  t.pass('what is typed outlives somebody else and the network')
}

// One dot.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function addsPhotos(t: Test, page: Page): Promise<void> {
  const photos = page.getByRole('region', { name: '现场照片' })
  t.ok(await photos.getByLabel('选择照片').isDisabled(), 'the place comes first')
  await photos.getByLabel('拍摄部位').fill('三号楼')
  await photos.getByLabel('拍摄日期').fill('2026-11-02')
  const file = { name: 'site.png', mimeType: 'image/png', buffer: PNG }
  await photos.getByLabel('选择照片').setInputFiles(file)
  await photos.getByRole('img', { name: '三号楼，2026-11-02' }).waitFor()
  await photos.getByLabel('选择照片').setInputFiles(file)
  await photos.getByRole('alert').waitFor()
  t.equal(await photos.getByRole('img', { name: '三号楼，2026-11-02' }).count(), 1, 'each file once')
}

async function filesMany(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: '← 填报清单' }).click()
  const before = await filedCount(page)
  const boxes = (await page.getByRole('checkbox', { name: /^选择 / }).all()).slice(0, 2)
  for (const box of boxes) await box.check()
  await page.getByRole('button', { name: `按“无变化”上报（${boxes.length}）` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`以下 ${boxes.length} 个可以上报`).waitFor()
  await dialog.getByText('要修改，须由审核人退回').waitFor()
  await assertAccessible(t, page, 'what 无变化 is about to file')
  await dialog.getByRole('button', { name: `上报这 ${boxes.length} 个` }).click()
  await page.getByText(`已上报 ${boxes.length} 个，等待审核`).waitFor()
  await waitFor('the count', async () => (await filedCount(page)) === before + boxes.length)
  t.pass('several projects without news are filed at once, after it was said what that means')
}

/** A filer works through the list of a month with few keys; what they type is safe; what is returned is filed anew. */
export async function useFiling(
  t: Test,
  browser: Browser,
  { url, filer, reviewer }: { url: string; filer: Account; reviewer: Account },
): Promise<void> {
  const page = await signIn(browser, url, filer.username, filer.password)
  await goTo(page, '填报清单')
  await page.getByText(/^已报 \d+ \/ \d+$/).waitFor()
  await assertAccessible(t, page, 'the list of what is to be filed')
  const key = await filesWithFewKeys(t, page)
  await computesWhileTyping(t, page)
  await losesNothing(t, page)
  await addsPhotos(t, page)
  await filesMany(t, page)

  const reader = await signIn(browser, url, reviewer.username, reviewer.password)
  await reader.getByRole('banner').waitFor()
  const reasons = [{ field: 'visualProgress', reason: '请写明本月完成的部位' }]
  t.equal((await reader.request.post(`${reportUrl(page, key)}/return`, { data: { reasons } })).status(), 200)
  await page.reload()
  const returned = page.locator('main li.returned', { hasText: '请写明本月完成的部位' })
  t.match(await page.locator('main section li').first().innerText(), /被退回/, 'returned ones come first')
  await returned.getByRole('link', { name: '修改后重报' }).click()
  await page.getByText('审核人退回：请写明本月完成的部位').waitFor()
  await progress(page).fill('三层梁板浇筑完成')
  await fileWithKeys(page)
  t.equal((await reader.request.post(`${reportUrl(page, key)}/approve`)).status(), 200)
  await reader.close()
  await page.close()
  t.pass('what is returned stands first with its reason, is filed anew and approved')
}
