import { type Kysely, sql } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { createDirectory } from '../domain/recipients.ts'
import { decideSweep } from '../domain/sweep.ts'
import { wordDigest, wordMissingContacts } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { raiseAlerts } from '../repositories/alerts.repository.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { type Addressed, insertMessages } from '../repositories/messages.repository.ts'
import { advanceObligations, lockDueObligations } from '../repositories/obligations.repository.ts'

export interface SweepResult {
  readonly obligations: number
  readonly messages: number
}

/**
 * Looks at everything that has fallen due up to `now`, in one transaction: steps advance, alerts open and climb, and
 * each person gets one digest. Repeating it does nothing; two at once wait for each other.
 */
export const sweepDeadlines = (db: Kysely<DB>, ways: Ways, now: Date): Promise<SweepResult> =>
  db.transaction().execute(async (trx) => {
    // A sweep may have tens of thousands of rows to move after a long sleep.
    await sql`set local statement_timeout = '60s'`.execute(trx)
    await sql`select pg_advisory_xact_lock(hashtext('notifications-sweep'))`.execute(trx)
    const due = await lockDueObligations(trx, now)
    const messages: Addressed[] = []
    if (due.length > 0) {
      const directory = createDirectory(await listPeople(trx))
      const plan = decideSweep(due, directory)
      for (const [personId, lines] of plan.digests) messages.push({ personId, wording: wordDigest(lines, now) })
      if (plan.missing.length > 0) {
        const wording = wordMissingContacts(plan.missing)
        messages.push(...directory.withRole('operator').map(({ id }) => ({ personId: id, wording })))
      }
      await advanceObligations(trx, due)
      await raiseAlerts(trx, plan.alerts, now)
      await insertMessages(trx, messages, ways, now)
    }
    await sql`insert into sweeps (swept_through) values (${now})
      on conflict (is_single) do update set swept_through = greatest(sweeps.swept_through, excluded.swept_through)`.execute(
      trx,
    )
    return { obligations: due.length, messages: messages.length }
  })
