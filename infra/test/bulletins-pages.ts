import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

interface Account {
  readonly username: string
  readonly password: string
}

async function writes(t: Test, page: Page): Promise<string> {
  const link = page.getByRole('link', { name: /^起草 \d{4}-\d\d$/ }).first()
  const period = ((await link.textContent()) ?? '').replace('起草 ', '')
  await link.click()
  await page.getByText('草稿，未签发').waitFor()
  await page.getByText('签发前还须填写：编辑、审核、签发、下步工作').waitFor()
  t.equal(await page.getByRole('button', { name: '签发发布' }).isDisabled(), true, 'not before it is complete')
  await page.getByLabel('发文机关').fill('')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.locator('.el-form-item', { hasText: '发文机关' }).locator('.el-form-item__error').waitFor()
  await page.getByLabel('发文机关').fill('演示重点项目办')
  for (const [label, name] of [
    ['编辑', '演示编辑'],
    ['审核', '演示审核'],
    ['签发', '演示签发'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(name)
  await page.getByLabel('下步工作').fill('盯紧开工<b>不是标记</b>。\n加快入统。')
  await page.getByText('有未保存的修改').waitFor()
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
  await page.locator('.gongwen').getByText('盯紧开工<b>不是标记</b>。').waitFor()
  await assertAccessible(t, page, 'the draft of a bulletin')
  return period
}

async function issues(t: Test, page: Page, period: string): Promise<void> {
  await page.getByRole('button', { name: '签发发布' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '签发发布' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '签发发布' }).click()
  await page.waitForURL(`**/bulletins/${period}`)
  await page.locator('.gongwen').getByText('七、下步工作').waitFor()
  t.equal(await page.getByText('草稿，未签发').count(), 0, 'it is no draft any more')
  await page.getByRole('button', { name: '重建核验' }).click()
  await page.getByText('重建结果与发布时逐字节一致').waitFor()
  await assertAccessible(t, page, 'a bulletin')
}

async function corrects(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '文字勘误' }).click()
  await page.getByLabel('原文').fill('没有这句话')
  await page.getByLabel('更正为').fill('加快入库入统')
  await page.getByLabel('原因').fill('漏字')
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('.el-form-item__error', { hasText: '请照录通报中的原文' }).waitFor()
  await page.getByLabel('原文').fill('加快入统')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText('勘误 1').waitFor()
  await page.locator('.gongwen').getByText('加快入统。').waitFor()
  t.pass('what was wrong is an erratum, the text stays')
}

const MILLIMETRE = 72 / 25.4

/** Prints as the browser does, and looks at the pages that come out. */
async function prints(t: Test, page: Page): Promise<void> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
    [width, height].map((points) => Math.round(Number(points) / MILLIMETRE)),
  )
  t.ok(boxes.length >= 6, `${boxes.length} pages: the text and five annexes`)
  for (const box of boxes) t.same(box, [210, 297], 'A4')
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.getByRole('button', { name: '打印' }).isVisible(), false, 'no button on paper')
  t.equal(await page.locator('header.bar').isVisible(), false, 'no header on paper')
  const width = await page.locator('.gongwen').evaluate((node) => node.getBoundingClientRect().width)
  t.equal(Math.round((width / 96) * 25.4), 156, 'a type area of 156 mm')
  await page.emulateMedia({ media: 'screen' })
}

async function saves(t: Test, page: Page, period: string): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Markdown' }).click(),
  ])
  t.equal(download.suggestedFilename(), `月通报-${period}.md`)
  t.match(await readFile(await download.path(), 'utf8'), /## 一、总体情况/)
}

/** A supervisor writes, issues, corrects and prints a bulletin; everybody reads it. */
export async function useBulletins(
  t: Test,
  browser: Browser,
  { url, supervisor, reader }: { url: string; supervisor: Account; reader: Account },
): Promise<void> {
  const page = await signIn(browser, url, supervisor.username, supervisor.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '月通报')
  await page.getByText('还没有发布过通报').waitFor()
  const period = await writes(t, page)
  await issues(t, page, period)
  await corrects(t, page)
  await prints(t, page)
  await saves(t, page, period)

  const other = await signIn(browser, url, reader.username, reader.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await goTo(other, '月通报')
  t.equal(await other.getByText('待起草').count(), 0, 'others do not write one')
  await assertAccessible(t, other, 'the list of bulletins')
  await other.getByRole('link', { name: /重点项目建设进展情况的通报/ }).click()
  await other.locator('.gongwen').getByText('一、总体情况').waitFor()
  t.equal(await other.getByRole('button', { name: '文字勘误' }).count(), 0)
  await other.getByRole('button', { name: 'English' }).click()
  await other.getByText('Erratum 1').waitFor()
  t.same(faults, [])
}
