import { createHash } from 'node:crypto'
import type { ReportSheet } from '@tiaodu/types'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { signIn } from './browser.ts'

interface Account {
  readonly username: string
  readonly password: string
}

// One white pixel.
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
)
const A4_POINTS = [595, 842]

/** A draft of the filer, to which a photo is added through the front door. */
async function addPhoto(t: Test, page: Page, origin: string): Promise<{ projectId: string; period: string }> {
  const { items: cycles } = await (await page.request.get(`${origin}/api/v1/cycles`)).json()
  const { period } = cycles.find(({ state }: { state: string }) => state !== 'locked')
  const listed = await page.request.get(`${origin}/api/v1/cycles/${period}/obligations`, { params: { limit: 200 } })
  const { items } = await listed.json()
  // The last one: others file the first ones.
  const draft = items.findLast(({ reportState }: { reportState: string }) =>
    ['expected', 'draft'].includes(reportState),
  )
  const url = `${origin}/api/v1/projects/${draft.projectId}/reports/${period}/photos`
  const params = { place: '1 号楼南立面', takenOn: `${period}-01` }
  const added = await page.request.post(url, { params, headers: { 'content-type': 'image/png' }, data: PHOTO })
  t.equal(added.status(), 201, await added.text())
  const file = await page.request.get(`${url}/${(await added.json()).id}`)
  t.match(file.headers(), {
    'x-content-type-options': 'nosniff',
    'cache-control': /private/,
    'content-type': 'image/png',
  })
  return { projectId: draft.projectId, period }
}

/** How many pages a PDF of Chromium has, and how large they are in points. */
function pagesOf(pdf: Buffer): { count: number; sizes: number[][] } {
  const text = pdf.toString('latin1')
  const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
  return {
    count: [...text.matchAll(/\/Type \/Page\b/g)].length,
    sizes: boxes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]),
  }
}

/** A filer prints a report for signature and seal: one A4 page, whose check code is the hash of what the record says. */
export async function useSheet(
  t: Test,
  browser: Browser,
  { url, filer }: { url: string; filer: Account },
): Promise<void> {
  const page = await signIn(browser, url, filer.username, filer.password)
  await page.getByRole('heading', { name: '我的待办' }).waitFor()
  const { projectId, period } = await addPhoto(t, page, url)
  await page.goto(`${url}/projects/${projectId}/reports/${period}/sheet`)
  await page.getByRole('heading', { name: '重点项目投资与形象进度月报送表' }).waitFor()
  for (const place of ['填报人（签字）', '单位负责人（签字）', '审核人（签字）', '责任单位（盖章）'])
    await page.getByText(place).waitFor()
  await page.getByText('草稿，尚未上报').waitFor()
  await page.getByText(`1 号楼南立面 ${period}-01`).waitFor()
  const { content, sha256 }: ReportSheet = await (
    await page.request.get(`${url}/api/v1/projects/${projectId}/reports/${period}/sheet`)
  ).json()
  t.equal(createHash('sha256').update(JSON.stringify(content)).digest('hex'), sha256, 'anybody can make the hash anew')
  const printed = (await page.getByText('核对码').last().innerText()).replace(/[^0-9a-f]/g, '')
  t.equal(printed, sha256.slice(0, 16), 'the paper shows the hash of the record')
  await assertAccessible(t, page, 'the printed report')

  const sheet = pagesOf(await page.pdf({ preferCSSPageSize: true }))
  t.same(sheet, { count: 1, sizes: [A4_POINTS] }, 'one page of A4')
  await page.getByText('附照片').click()
  await page.getByRole('img', { name: '1 号楼南立面' }).waitFor()
  await page.waitForFunction('[...document.querySelectorAll("figure img")].every((one) => one.naturalWidth > 0)')
  t.equal(pagesOf(await page.pdf({ preferCSSPageSize: true })).count, 2, 'photos follow on pages of their own')
  await page.getByRole('link', { name: '返回项目' }).click()
  await page.waitForURL(`**/projects/${projectId}`)
  await page.close()
}
