import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { PersonRole } from '@tiaodu/types'
import type { Page } from 'playwright-core'
import t from 'tap'
import { build } from 'vite'
import { hashPassword } from '../../src/operations/check-password.ts'
import { openBrowser } from '../fixtures/browser.ts'
import { startPortal } from '../fixtures/portal.ts'
import { startUpstreams } from '../fixtures/upstreams/index.ts'
import { PEOPLE } from '../fixtures/upstreams/rows.ts'

const web = resolve(import.meta.dirname, '../../web')
const PASSWORD = 'a long enough password'
const SHOTS = process.env.TIAODU_SCREENSHOTS

/** The page as it was built, or a build of its own where there is none. */
async function builtPage(): Promise<string> {
  const dist = join(web, 'dist')
  if (existsSync(join(dist, 'index.html'))) return dist
  const outDir = mkdtempSync(join(tmpdir(), 'tiaodu-web-'))
  t.teardown(() => rmSync(outDir, { recursive: true, force: true }))
  await build({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'error', build: { outDir } })
  return outDir
}

const { urls, seen } = await startUpstreams(t)
const { app, database } = await startPortal(t, urls, { page: { directory: await builtPage(), isDemo: true } })
const url = await app.listen({ port: 0, host: '127.0.0.1' })
const hash = await hashPassword(PASSWORD)
for (const [role, { id }] of Object.entries(PEOPLE)) {
  await database.pool.query('insert into accounts values ($1, $2, $3, now())', [id, role, hash])
}
const browser = await openBrowser(t)

async function open(width: number): Promise<{ page: Page; faults: string[] }> {
  if (browser === undefined) throw new Error('no browser')
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // A refused request is shown on the page; the browser notes it here as well.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text())
  })
  await page.goto(url)
  return { page, faults }
}

async function signIn(role: PersonRole, width = 1440) {
  const opened = await open(width)
  const { page } = opened
  await page.getByLabel('用户名').fill(role)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '本月调度' }).waitFor()
  return opened
}

const shoot = async (page: Page, name: string, fullPage = true) => {
  if (SHOTS === undefined) return
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage })
}
const section = (page: Page, name: string) => page.locator('section', { has: page.getByRole('heading', { name }) })

t.test('in real Chromium', { skip: browser === undefined && 'no Chromium' }, async (t) => {
  t.test('who is not signed in is asked to, and told what was wrong', async (t) => {
    const { page, faults } = await open(1440)
    await page.getByText('.data/demo-accounts.json').waitFor()
    await shoot(page, 'sign-in')
    await page.getByLabel('用户名').fill('supervisor')
    await page.getByLabel('密码', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('用户名或密码不正确').waitFor()
    t.same(faults, [])
  })

  t.test('the month at a glance: totals, regions, lights, overdue reports, ranking', async (t) => {
    const { page, faults } = await signIn('supervisor')
    for (const text of ['137', '427.20', '368.90', '86.35%', '慢于序时进度 5.32 个百分点', '演示数据']) {
      await page.getByText(text).first().waitFor()
    }
    await page.getByText('86.35%').hover()
    await page.getByText('累计完成 368.90 亿元 ÷ 年度计划 427.20 亿元').waitFor()
    await page.locator('.chart svg').waitFor()
    await section(page, '各区域完成率与序时进度').getByText('查看数据表').click()
    t.equal(await page.getByRole('table', { name: '各区域完成率与序时进度' }).getByRole('row').count(), 4)
    const lights = section(page, '亮灯')
    await lights.getByText('连续两个月未报').waitFor()
    t.match(await lights.locator('.counts').innerText(), /95\s*绿灯\s*18\s*黄灯\s*8\s*红灯/)
    const overdue = section(page, '逾期未报')
    await overdue.getByText('共 4 项').waitFor()
    t.same(await overdue.locator('li[aria-current=step]').allInnerTexts(), [
      '填报人',
      '单位负责人',
      '责任领导',
      '督查室',
    ])
    t.equal(await section(page, '我的待办').locator('.todos li').count(), 1)
    await page.getByText('责任单位', { exact: true }).click()
    await page.getByText('示范区发展改革局').waitFor()
    await shoot(page, 'dashboard-1440')
    t.same(faults, [])
  })

  t.test('another period is another month, English is one click away and stays', async (t) => {
    const { page, faults } = await signIn('leader')
    await page.getByLabel('月报期').selectOption('2026-10')
    await page.getByText('已锁定').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Overdue reports' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'This month' }).waitFor()
    await shoot(page, 'dashboard-english')
    t.same(faults, [])
  })

  t.test('messages stand on a page of their own and are marked as read', async (t) => {
    const { page, faults } = await signIn('head')
    await page.getByRole('link', { name: '未读 1' }).click()
    await page.getByText('您是这些项目的填报人').first().waitFor()
    await shoot(page, 'inbox', false)
    await page.getByRole('button', { name: '标为已读' }).click()
    await page.getByRole('status').getByText('未读 0').waitFor()
    await page.getByRole('banner').getByText(/未读/).waitFor({ state: 'detached' })
    t.same(faults, [])
  })

  t.test('the filer files from the to-do list, and a refusal shows at its field', async (t) => {
    const { page, faults } = await signIn('filer')
    const todos = section(page, '我的待办')
    await todos.getByText('2026-10 月报').waitFor()
    t.equal(await todos.getByRole('link', { name: '填报' }).count(), 4, 'three of this month and a late one')
    await todos.getByRole('link', { name: '填报' }).nth(1).click()
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    await field('本月完成投资').fill('12.34567')
    await page.getByText('请填写金额').waitFor()
    await field('本月完成投资').fill('1800.5')
    await page.getByRole('region', { name: '实时计算' }).getByText('69.00%').waitFor()
    await field('形象进度').fill('')
    await page.keyboard.press('Control+Enter')
    await page.getByText('请填写形象进度').waitFor()
    await shoot(page, 'filing', false)
    t.match(seen.at(-1), { saved: { completedYuan: 18_005_000, visualProgress: '' } })
    t.match(
      seen.find((one) => 'saved' in one),
      { expectedVersion: 3 },
    )
    await field('形象进度').fill('主体结构施工至三层')
    await page.getByText('形象进度却与上期完全相同').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('上报前请说明').waitFor()
    await shoot(page, 'filing-checked', false)
    await page.getByLabel(/^情况说明/).fill('同一部位的后续工程量')
    await page.keyboard.press('Control+Enter')
    await page.getByText('已上报：').waitFor()
    t.match(seen.at(-1), { saved: { explanations: [{ code: 'progress-unchanged', text: '同一部位的后续工程量' }] } })
    t.same(faults, [])
  })

  t.test('the reviewer returns a report with a reason', async (t) => {
    const { page, faults } = await signIn('reviewer')
    await section(page, '我的待办').getByRole('link', { name: '审核' }).click()
    await page.getByRole('button', { name: '退回（R）' }).click()
    await page.getByRole('button', { name: '退回', exact: true }).click()
    await page.getByText('请写明退回原因').waitFor()
    await page.getByLabel('退回的内容 1').selectOption('visualProgress')
    await page.getByLabel('退回原因 1').fill('与上月相同，请说明')
    await shoot(page, 'review', false)
    await page.getByRole('button', { name: '退回', exact: true }).click()
    await page.getByText('已退回：').waitFor()
    t.same(seen.at(-1), { returned: { reasons: [{ field: 'visualProgress', reason: '与上月相同，请说明' }] } })
    t.same(faults, [])
  })

  t.test('an operator sees the mail that did not arrive, and signs out', async (t) => {
    const { page, faults } = await signIn('operator')
    await section(page, '我的待办').getByText('550 no such mailbox').waitFor()
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('button', { name: '登录' }).waitFor()
    await page.goto(url)
    await page.getByRole('button', { name: '登录' }).waitFor()
    t.same(faults, [])
  })

  t.test('a phone of 390 pixels shows it all without scrolling sideways', async (t) => {
    const { page, faults } = await signIn('filer', 390)
    await page.locator('.chart svg').waitFor()
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= 390'))
    await shoot(page, 'dashboard-390')
    await section(page, '我的待办').getByRole('link', { name: '填报' }).first().click()
    await page.getByRole('textbox', { name: '下一步工作', exact: true }).waitFor()
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= 390'))
    await shoot(page, 'filing-390', false)
    t.same(faults, [])
  })

  t.test('the pages of the API run under the same policy', async (t) => {
    const { page, faults } = await open(1440)
    await page.goto(`${url}/api/docs`)
    // The page of a large API renders only what is in view.
    await page.getByText('/api/v1/sessions').first().waitFor()
    t.same(faults, [])
  })

  t.test('a part that fails says so and leaves the others standing', async (t) => {
    const { page } = await open(1440)
    await page.route('**/api/v1/alerts*', (route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/problem+json',
        body: '{"code":"not-found","title":"没有找到","status":404}',
      }),
    )
    await page.getByLabel('用户名').fill('leader')
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await section(page, '逾期未报').getByText('没有找到').waitFor()
    await section(page, '逾期未报').getByRole('button', { name: '重试' }).waitFor()
    await page.getByText('137').first().waitFor()
    t.ok(true)
  })
})
