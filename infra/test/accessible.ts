import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'

const GRAVE = ['serious', 'critical']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

/** What stands in the way of people who hear the page or use no mouse, as axe-core finds it: nothing grave. */
export async function assertAccessible(t: Test, page: Page, name: string): Promise<void> {
  // What is still loading is not looked at yet; asked anew, since a page with this policy cannot be made to watch.
  while ((await page.locator('[aria-busy=true]').count()) > 0) await page.waitForTimeout(50)
  // What fades in has the contrast of neither its beginning nor its end.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity).map((one) => one.finished)).then(() => null)',
  )
  // As a script of the page it would be refused by the page's own policy.
  await page.evaluate(axe.source)
  const { violations, passes } = await page.evaluate<AxeResults, string[]>(
    (values) => (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: { type: 'tag', values } }),
    RULES,
  )
  const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ''))
  t.ok(passes.length > 10, `${name}: ${passes.length} rules were looked at`)
  t.same(
    grave.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
    [],
    `${name} is accessible`,
  )
}
