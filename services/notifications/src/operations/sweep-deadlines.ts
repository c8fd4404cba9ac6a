import { type Kysely, sql } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { toSending, wordDigest } from '../domain/digest-wording.ts'
import { whyGroup } from '../domain/groups.ts'
import { createDirectory } from '../domain/recipients.ts'
import { decideSweep } from '../domain/sweep.ts'
import type { DB } from '../generated/tables.ts'
import { openOverdue } from '../repositories/alerts.repository.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { listReadyCycles } from '../repositories/due-obligations.repository.ts'
import { insertGroupMessages, listGroups } from '../repositories/groups.repository.ts'
import { insertMessages } from '../repositories/messages.repository.ts'
import { markSwept } from '../repositories/sweeps.repository.ts'
import { readTiming } from './read-timing.ts'
import { sweepOrders } from './sweep-orders.ts'
import { moveAlerts, remind } from './sweep-steps.ts'
import { toOperators } from './tell.ts'

export interface SweepResult {
  readonly reminded: number
  /** Alerts of missing reports that opened. */
  readonly opened: number
  /** Alerts that were looked at, those that opened among them. */
  readonly alerts: number
  readonly messages: number
}

/**
 * Looks at everything that has fallen due up to `now`, in one transaction: reminders are due, alerts open and climb, and
 * each person gets one digest. Repeating it does nothing; two at once wait for each other.
 */
export const sweepDeadlines = (db: Kysely<DB>, ways: Ways, now: Date): Promise<SweepResult> =>
  db.transaction().execute(async (trx) => {
    // A sweep may have tens of thousands of rows to move after a long sleep.
    await sql`set local statement_timeout = '60s'`.execute(trx)
    await sql`select pg_advisory_xact_lock(hashtext('notifications-sweep'))`.execute(trx)
    const timing = await readTiming(trx)
    const cycles = await listReadyCycles(trx, now)
    const reminders = cycles.length === 0 ? [] : await remind(trx, cycles, timing, now)
    const opened = cycles.length === 0 ? 0 : await openOverdue(trx, cycles, now)
    const moved = await moveAlerts(trx, timing, now)
    const tellings = [...moved.tellings, ...reminders.filter(({ steps }) => steps.length > 0)]
    const orders = await sweepOrders(trx, timing, ways, now)
    await insertMessages(trx, orders, ways, now)
    let sent = orders.length
    if (tellings.length > 0) {
      const directory = createDirectory(await listPeople(trx))
      const { bundles, groups, missing } = decideSweep(tellings, directory, await listGroups(trx))
      const messages = [
        ...bundles.map(({ personId, lines }) => ({
          personId,
          wording: wordDigest(lines, now),
          sending: toSending(lines),
        })),
        ...toOperators(missing, directory.withRole('operator')),
      ]
      await insertMessages(trx, messages, ways, now)
      const spoken = groups.map(({ group, lines }) => ({
        ...{ group, wording: wordDigest(lines, now, whyGroup(group)), sending: toSending(lines) },
      }))
      await insertGroupMessages(trx, spoken, ways, now)
      sent += messages.length + spoken.length
    }
    await markSwept(trx, now)
    return { reminded: reminders.length, opened, alerts: moved.count, messages: sent }
  })
