import { instantJson } from '@tiaodu/database'
import type { Reconciliation } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Whether it falls to the caller to reconcile a day: nobody has, and nobody is about to. */
export async function takeDay(trx: Transaction<DB>, dateOn: string): Promise<boolean> {
  const { rows } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('reconcile')) and not exists (
      select from reconciliations where reconciled_on = ${dateOn}) as "isMine"`.execute(trx)
  return rows[0]?.isMine === true
}

export async function insertReconciliation(trx: Transaction<DB>, made: Reconciliation): Promise<void> {
  await sql`
    insert into reconciliations (id, reconciled_on, started_at, duration_ms, difference_count, differences)
    values (${made.id}, ${made.reconciledOn}, ${made.startedAt}, ${made.durationMs}, ${made.differenceCount},
      ${JSON.stringify(made.differences)}::json)`.execute(trx)
}

const columns = sql`id, reconciled_on as "reconciledOn", ${instantJson('started_at')} as "startedAt",
  duration_ms as "durationMs", difference_count as "differenceCount", differences`

/** Newest first, one more than the page holds. */
export async function listReconciliationsBefore(
  db: Kysely<DB>,
  beforeId: string | undefined,
  limit: number,
): Promise<Reconciliation[]> {
  const { rows } = await sql<Reconciliation>`
    select ${columns} from reconciliations where ${beforeId ?? null}::uuid is null or id < ${beforeId ?? null}
    order by id desc limit ${limit + 1}`.execute(db)
  return rows
}

/** How many differences the last one found; undefined while there was none. */
export async function countLastDifferences(db: Kysely<DB>): Promise<number | undefined> {
  return (await listReconciliationsBefore(db, undefined, 0))[0]?.differenceCount
}
