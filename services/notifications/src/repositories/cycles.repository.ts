import type { EventPayload } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

// Cycle and obligations may arrive at the same moment: one of them must see the other, or nobody plans the first step.
const lockCycle = (trx: Transaction<DB>, cycleId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${cycleId}, 0))`.execute(trx)

export const shareCycle = (trx: Transaction<DB>, cycleId: string) =>
  sql`select pg_advisory_xact_lock_shared(hashtextextended(${cycleId}, 0))`.execute(trx)

/** Keeps a cycle with the workdays around it. */
export async function saveCycle(trx: Transaction<DB>, cycle: EventPayload<'cycle.opened.v1'>): Promise<void> {
  await lockCycle(trx, cycle.cycleId)
  await sql`insert into cycles (id, period, due_at, lock_at, obligation_count, workdays)
    values (${cycle.cycleId}, ${cycle.period}, ${cycle.dueAt}, ${cycle.lockAt}, ${cycle.obligationCount}, ${cycle.workdays})`.execute(
    trx,
  )
}

const CYCLES_BACK = 6

/** The workdays that the newest cycles came with. */
export async function listWorkdays(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct unnest(workdays) as day from (select workdays from cycles order by period desc limit ${CYCLES_BACK}) c
    order by day`.execute(db)
  return rows.map(({ day }) => day)
}
