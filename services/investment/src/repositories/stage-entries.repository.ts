import { type Stage, toDateOn } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Begins the history of a project with the stage it stands in, when there is none yet. */
export async function beginStageEntries(
  trx: Transaction<DB>,
  projectId: string,
  { stage, enteredOn, now }: { readonly stage: Stage; readonly enteredOn: string; readonly now: Date },
): Promise<void> {
  await sql`
    insert into stage_entries (project_id, entered_on, stage, at)
    select ${projectId}, ${enteredOn}, ${stage}, ${now}
    where not exists (select from stage_entries where project_id = ${projectId})`.execute(trx)
}

/** A project came to a stage. */
export async function addStageEntry(
  trx: Transaction<DB>,
  projectId: string,
  { stage, enteredOn, now }: { readonly stage: Stage; readonly enteredOn: string; readonly now: Date },
): Promise<void> {
  await sql`
    insert into stage_entries (project_id, entered_on, stage, at)
    values (${projectId}, ${enteredOn}, ${stage}, ${now})`.execute(trx)
}

/** The day from which on moves are known; null when no project is. */
export async function findHistoryFrom(db: Kysely<DB>): Promise<string | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(at) as at from stage_entries`.execute(db)
  return rows[0]?.at ? toDateOn(rows[0].at) : null
}
