import { existsSync } from 'node:fs'
import type { TestScope } from '@tiaodu/testing'
import { type Browser, chromium, type Page } from 'playwright-core'

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** Real Chromium, or undefined with a loud word when there is none. */
export async function openBrowser(t: TestScope): Promise<Browser | undefined> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) {
    console.error('# SKIPPED: no Chromium (CHROMIUM_PATH or /usr/bin/chromium); the page was not looked at')
    return undefined
  }
  const browser = await chromium.launch({ executablePath, args: FLAGS.split(' ') })
  t.teardown(() => browser.close())
  return browser
}

export interface Account {
  readonly username: string
  readonly password: string
}

/** Types user name and password into the sign-in page. */
export async function signIn(browser: Browser, url: string, username: string, password: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  await page.goto(url)
  await page.locator('input').first().fill(username)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  return page
}

/** Follows a link of the header, in whichever group of it. */
export async function goTo(page: Page, name: string): Promise<void> {
  const named = page.locator('a', { hasText: new RegExp(`^\\s*${name}\\s*$`) })
  const navigation = page.getByRole('navigation', { name: '主导航' })
  const link = navigation.locator(named)
  await link.waitFor({ state: 'attached' })
  if (!(await link.isVisible())) await navigation.locator('.group', { has: named }).getByRole('button').click()
  await link.click()
}
