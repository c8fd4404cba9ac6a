import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, signIn } from './browser.ts'

const messages = (page: Page) => page.locator('main li', { has: page.getByRole('heading', { level: 3 }) })
const unreadOnes = (page: Page) => messages(page).filter({ has: page.getByRole('button', { name: '标为已读' }) })

/** How many are unread, as the page says. */
const count = async (page: Page) =>
  Number(
    /\d+/.exec(
      await page
        .getByRole('status')
        .filter({ hasText: /^未读 \d+$/ })
        .innerText(),
    )?.[0],
  )

async function marksRead(t: Test, page: Page): Promise<void> {
  await unreadOnes(page).first().waitFor()
  const before = await count(page)
  t.ok(before > 0, `${before} unread`)
  await page.getByRole('banner').getByText(`未读 ${before}`).waitFor()
  await unreadOnes(page).first().getByRole('button', { name: '标为已读' }).click()
  await waitFor('one fewer', async () => (await count(page)) === before - 1)
  if (before > 1)
    await page
      .getByRole('banner')
      .getByText(`未读 ${before - 1}`)
      .waitFor()
  await page.getByRole('button', { name: '未读', exact: true }).click()
  await waitFor('the unread ones alone', async () => (await messages(page).count()) === Math.min(before - 1, 50))
  t.pass('what is read leaves the count of the header and the list of unread ones')
}

async function saysWhy(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '全部', exact: true }).click()
  const message = messages(page)
    .filter({ has: page.getByText(/^为何收到：/) })
    .first()
  await message.getByText(/^为何收到：/).click()
  await message
    .getByRole('list', { name: '依据' })
    .getByText(/您是.+项（(策略|系统)/)
    .first()
    .waitFor()
  await assertAccessible(t, page, 'the inbox')
  t.pass('a message says why it came: by which policy, and what the reader is to it')
}

/** The count follows while the page may ask nothing: only the stream can have told it. */
export async function followsLive(t: Test, page: Page, act: () => Promise<void>): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: /消息/ }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /^未读 \d+$/ })
    .waitFor()
  await page.route(/\/api\/v1\/inbox\?/, (route) => route.abort())
  const before = await count(page)
  await act()
  await waitFor('more than before', async () => (await count(page)) > before)
  await page.unroute(/\/api\/v1\/inbox\?/)
  t.pass('a message is counted as it comes')
}

/** Messages as somebody reads them who is told of others' overdue reports. */
export async function useInbox(t: Test, browser: Browser, url: string, { username, password }: Account): Promise<void> {
  const page = await signIn(browser, url, username, password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.getByRole('banner').getByRole('link', { name: /消息/ }).click()
  await marksRead(t, page)
  await saysWhy(t, page)
  const about = messages(page)
    .filter({ has: page.getByRole('link', { name: '查看预警' }) })
    .first()
  await about.getByRole('link', { name: '查看预警' }).click()
  await page.getByRole('heading', { name: '预警', exact: true }).waitFor()
  t.pass('a message leads to what it is about')
  t.same(faults, [])
  await page.close()
}
