import type { AlertKind } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Makes what is told of the facts of one project wait for each other. */
export const lockFacts = async (trx: Transaction<DB>, projectId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('notifications-facts'), hashtext(${projectId}))`.execute(trx)
}

/** Keeps by which event a fact was settled; ids of events grow, so the newest one stays. */
export const saveSettling = async (
  trx: Transaction<DB>,
  kind: AlertKind,
  subjectId: string,
  eventId: string,
): Promise<void> => {
  await sql`insert into settlings as old values (${kind}, ${subjectId}, ${eventId})
    on conflict (kind, subject_id) do update set event_id = greatest(old.event_id, excluded.event_id)`.execute(trx)
}

/** Which of some facts were settled after an event. */
export async function findSettledSince(
  trx: Transaction<DB>,
  kind: AlertKind,
  subjectIds: readonly string[],
  eventId: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select subject_id as id from settlings where kind = ${kind} and subject_id = any(${subjectIds}::uuid[]) and event_id > ${eventId}`.execute(
    trx,
  )
  return new Set(rows.map(({ id }) => id))
}
