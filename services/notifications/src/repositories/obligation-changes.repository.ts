import type { EventPayload } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** What a change has made of an obligation. */
export interface ChangedObligation {
  readonly isOpen: boolean
  /** It is due at another instant, or was excused until now. */
  readonly isResumed: boolean
}

/** Keeps what a change says of an obligation. @returns undefined when something newer is known */
export async function saveChange(
  trx: Transaction<DB>,
  { obligationId, projectId, unitId, period, dueAt, isExcused, revision }: EventPayload<'obligation.changed.v1'>,
): Promise<ChangedObligation | undefined> {
  const before = await sql<{ due_at: Date; is_excused: boolean }>`
    select due_at, is_excused from obligations where id = ${obligationId} for update`.execute(trx)
  const { rows } = await sql<{ is_open: boolean }>`
    insert into obligations as old (id, project_id, unit_id, period, due_at, overdue_at, is_excused, change_revision)
    values (${obligationId}, ${projectId}, ${unitId}, ${period}, ${dueAt}, ${dueAt}, ${isExcused}, ${revision})
    on conflict (id) do update set due_at = excluded.due_at, is_excused = excluded.is_excused,
      change_revision = excluded.change_revision where old.change_revision < excluded.change_revision
    returning is_open`.execute(trx)
  const [after] = rows
  if (after === undefined) return undefined
  const [was] = before.rows
  const isMoved = was?.due_at.getTime() !== new Date(dueAt).getTime()
  return { isOpen: after.is_open, isResumed: isMoved || (was?.is_excused === true && !isExcused) }
}
