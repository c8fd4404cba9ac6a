import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { signIn } from './browser.ts'

interface Account {
  readonly username: string
  readonly password: string
}

/** A filer reports money with the words of last month: asked for a sentence, they give it, and the reviewer reads it. */
export async function useChecks(
  t: Test,
  browser: Browser,
  { url, filer, reviewer }: { url: string; filer: Account; reviewer: Account },
): Promise<void> {
  const page = await signIn(browser, url, filer.username, filer.password)
  const todos = page.locator('section', { has: page.getByRole('heading', { name: '我的待办' }) })
  const todo = todos.locator('li', { hasText: '待上报' }).first()
  const name = (await todo.locator('.name').innerText()).trim()
  await todo.getByRole('link', { name: '填报' }).click()
  await page.getByRole('textbox', { name: '本月完成投资', exact: true }).fill('1234.5')
  await page.getByText('形象进度却与上期完全相同').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('上报前请说明').first().waitFor()
  await assertAccessible(t, page, 'what the checks find')
  for (const sentence of await page.getByLabel(/^情况说明/).all()) await sentence.fill('同一部位的后续工程量')
  await page.keyboard.press('Control+Enter')
  await page.getByText(`已上报：${name}`).waitFor()
  await page.close()

  const reader = await signIn(browser, url, reviewer.username, reviewer.password)
  const waiting = reader.locator('section', { has: reader.getByRole('heading', { name: '我的待办' }) })
  await waiting.locator('li', { hasText: name }).first().getByRole('link', { name: '审核' }).click()
  const detail = reader.getByRole('region', { name: /月报$/ })
  await detail.getByText('情况说明：同一部位的后续工程量').first().waitFor()
  await assertAccessible(t, reader, 'the queue of the reviewer')
  t.pass('the reviewer reads what was found and the sentence on it')
  await reader.close()
}
