import type { AlertKind } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { closeAlerts, type OpenFact, openAlerts } from '../repositories/alerts.repository.ts'
import { findSettledSince, lockFacts, saveSettling } from '../repositories/settlings.repository.ts'

/** An event about facts of one project, by its id. */
export interface About {
  readonly projectId: string
  readonly eventId: string
}

/** Opens the alerts of facts of a kind, but for those of which a newer event has said that they are settled. */
export async function openFacts(
  trx: Transaction<DB>,
  kind: AlertKind,
  facts: readonly Omit<OpenFact, 'kind' | 'projectId'>[],
  { projectId, eventId }: About,
  now: Date,
): Promise<void> {
  await lockFacts(trx, projectId)
  const ids = facts.map(({ subjectId }) => subjectId)
  const settled = await findSettledSince(trx, kind, ids, eventId)
  const open = facts.filter(({ subjectId }) => !settled.has(subjectId))
  await openAlerts(
    trx,
    open.map((fact) => ({ ...fact, kind, projectId })),
    now,
  )
}

/** A fact is settled: its alert closes by itself, and an older event that comes later does not open it again. */
export async function settleFact(
  trx: Transaction<DB>,
  kind: AlertKind,
  subjectId: string,
  { projectId, eventId }: About,
  at: Date,
): Promise<void> {
  await lockFacts(trx, projectId)
  await saveSettling(trx, kind, subjectId, eventId)
  await closeAlerts(trx, kind, [subjectId], at)
}
