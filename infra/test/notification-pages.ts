import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { useAlerts } from './alerts-pages.ts'
import type { Account } from './browser.ts'
import { useDeliveries } from './deliveries-pages.ts'
import { useInbox } from './inbox-pages.ts'
import { useOrders } from './orders-pages.ts'
import { usePolicies } from './policies-pages.ts'
import { usePreferences } from './preferences-pages.ts'

/** The pages of the notifications service, one after the other, as those who need them use them. */
export async function useNotifications(
  t: Test,
  browser: Browser,
  {
    url,
    filer,
    head,
    supervisor,
    operator,
  }: { url: string; filer: Account; head: Account; supervisor: Account; operator: Account },
): Promise<void> {
  await useInbox(t, browser, url, supervisor)
  await useAlerts(t, browser, url, { supervisor, operator })
  await useOrders(t, browser, url, { supervisor, head })
  await usePreferences(t, browser, url, filer)
  await usePolicies(t, browser, url, { supervisor, filer })
  await useDeliveries(t, browser, url, { operator, supervisor })
}
