import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { closeAlerts } from '../repositories/alerts.repository.ts'
import { saveChange } from '../repositories/obligation-changes.repository.ts'
import { resumeObligation } from './plan-obligations.ts'

/**
 * An extension moves reminders with the due time and closes the alert until it is due anew; an excuse ends both, and when
 * it is revoked they go on from there. A change that arrives after a newer one says nothing any more.
 */
export async function noteObligationChange(
  trx: Transaction<DB>,
  change: EventPayload<'obligation.changed.v1'>,
): Promise<void> {
  const { obligationId } = change
  const [dueAt, changedAt] = [new Date(change.dueAt), new Date(change.changedAt)]
  const changed = await saveChange(trx, change)
  if (changed === undefined) return
  const { isOpen, isResumed } = changed
  if (!isOpen || (isResumed && dueAt > changedAt)) await closeAlerts(trx, 'report-overdue', [obligationId], changedAt)
  if (isOpen && isResumed) await resumeObligation(trx, { obligationId, dueAt }, changedAt)
}
