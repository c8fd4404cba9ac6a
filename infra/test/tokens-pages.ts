import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'
import { closed, refusal, save } from './forms.ts'

interface Answer {
  readonly items: readonly { readonly id: string; readonly regionCode: string }[]
  readonly nextAfter: string
}

const row = (page: Page, name: string) => page.locator('main tbody tr', { hasText: name })

async function makes(t: Test, page: Page): Promise<string> {
  await goTo(page, '接口令牌')
  await page.getByText('还没有接口令牌').waitFor()
  await assertAccessible(t, page, 'no tokens')
  await page.getByRole('button', { name: '新建令牌' }).click()
  await save(page)
  await refusal(page, '请选择')
  await page.getByLabel('对接系统').fill('市数据中台')
  await page.getByLabel('有效期至').fill('2020-01-01')
  await save(page)
  await refusal(page, '应在今天至')
  await assertAccessible(t, page, 'the form of a token')
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  await page.getByLabel('有效期至').fill(today)
  await page.getByRole('combobox', { name: '可访问的区域' }).selectOption('410802')
  await save(page)
  return takesSecret(t, page)
}

/** The secret that is shown this once; the dialog stays until it is closed on purpose. */
async function takesSecret(t: Test, page: Page): Promise<string> {
  await page.getByText('只显示这一次').waitFor()
  await assertAccessible(t, page, 'a token that is shown once')
  await page.keyboard.press('Escape')
  const secret = await page.getByRole('textbox', { name: '接口令牌' }).inputValue()
  t.match(secret, /^tdk_/)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: '复制' }).click()
  await page.getByText('已复制').waitFor()
  t.equal(await page.evaluate('navigator.clipboard.readText()'), secret)
  await page.getByRole('button', { name: '我已保存，关闭' }).click()
  await closed(page)
  t.equal(await page.getByText(secret).count(), 0, 'and never again')
  return secret
}

/** What an integrator does with it: the list of projects and the feed of events of its region, and no more. */
async function calls(t: Test, url: string, secret: string): Promise<void> {
  const call = async (path: string, method = 'GET') => {
    const answer = await fetch(`${url}/api/v1/${path}`, { method, headers: { authorization: `Bearer ${secret}` } })
    return { status: answer.status, body: (await answer.json()) as Answer }
  }
  const projects = await call('projects?limit=200')
  t.equal(projects.status, 200)
  t.ok(projects.body.items.length > 0)
  t.ok(
    projects.body.items.every(({ regionCode }) => regionCode === '410802'),
    'projects of its region alone',
  )
  const first = await call('events?limit=1')
  t.match(first, { status: 200, body: { items: [{ specversion: '1.0' }] } })
  const next = await call(`events?limit=1&after=${first.body.nextAfter}`)
  t.not(next.body.items[0]?.id, first.body.items[0]?.id)
  t.match(await call(`projects/${projects.body.items[0]?.id}/moves`, 'POST'), {
    status: 403,
    body: { code: 'role-not-allowed' },
  })
}

/** What it called, as the operator sees it a few seconds later. */
async function showsCalls(t: Test, page: Page): Promise<void> {
  await waitFor('the counts', () =>
    page.evaluate(async () => {
      const { items } = (await (await fetch('/api/v1/api-tokens')).json()) as { items: [{ lastUsedAt: string | null }] }
      return items[0].lastUsedAt !== null
    }),
  )
  await page.getByRole('button', { name: '调用记录 市数据中台' }).click()
  const calls = page.getByRole('dialog').locator('tbody tr')
  await calls.filter({ hasText: 'GET /api/v1/events' }).waitFor()
  await calls.filter({ hasText: 'POST /api/v1/projects/:id/moves' }).waitFor()
  await assertAccessible(t, page, 'the calls of a token')
  await page.keyboard.press('Escape')
  await closed(page)
}

async function revokes(t: Test, page: Page, url: string, secret: string): Promise<void> {
  await showsCalls(t, page)
  await page.reload()
  const mine = row(page, '市数据中台')
  for (const words of ['解放区', '只读', '即将到期', secret.slice(0, 12)]) await mine.getByText(words).first().waitFor()
  t.equal(await mine.getByText('尚未使用').count(), 0, 'its use shows')
  await assertAccessible(t, page, 'the tokens')
  await page.getByRole('button', { name: '撤销 市数据中台' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '撤销' }).click()
  await mine.getByText('已撤销').waitFor()
  const refused = await fetch(`${url}/api/v1/projects`, { headers: { authorization: `Bearer ${secret}` } })
  t.match([refused.status, await refused.json()], [401, { code: 'token-revoked', title: '接口令牌已被撤销' }])
  t.equal(await page.getByRole('button', { name: '撤销 市数据中台' }).count(), 0)
}

/** Tokens as an operator keeps them and another system uses them. */
export async function useTokens(
  t: Test,
  browser: Browser,
  { url, operator, reader }: { url: string; operator: Account; reader: Account },
): Promise<void> {
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  const secret = await makes(t, page)
  await calls(t, url, secret)
  await revokes(t, page, url, secret)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'API tokens' }).waitFor()
  await row(page, '市数据中台').getByText('Revoked', { exact: true }).waitFor()

  const other = await signIn(browser, url, reader.username, reader.password)
  await other.getByRole('navigation', { name: '主导航' }).waitFor()
  t.equal(await other.locator('a', { hasText: '接口令牌' }).count(), 0, 'tokens are for operators')
  t.same(faults, [])
  await Promise.all([page.close(), other.close()])
}
