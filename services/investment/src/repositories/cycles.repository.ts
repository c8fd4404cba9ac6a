import type { Cycle, CycleRule } from '@tiaodu/types'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { LedgerFigures } from '../domain/ledger.ts'
import type { NewObligation } from '../domain/obligation.ts'
import type { DB } from '../generated/tables.ts'
import { timelinessOf } from './obligations.repository.ts'

/** A cycle as it was opened. */
export interface StoredCycle {
  readonly id: string
  readonly period: string
  readonly openedAt: Date
  readonly dueAt: Date
  readonly lockAt: Date
  readonly holidayPolicy: Cycle['holidayPolicy']
  readonly ruleVersion: number
  /** How often projects before construction report by that rule. */
  readonly preliminaryFrequency: CycleRule['preliminaryFrequency']
  readonly isCalendarProvisional: boolean
  readonly isSimulated: boolean
}

type CycleRow = Selectable<DB['cycles']> & Pick<Selectable<DB['cycle_rules']>, 'preliminary_frequency'>

const toCycle = (row: CycleRow): StoredCycle => ({
  id: row.id,
  period: row.period,
  openedAt: row.opened_at,
  dueAt: row.due_at,
  lockAt: row.lock_at,
  holidayPolicy: row.holiday_policy as Cycle['holidayPolicy'],
  ruleVersion: row.rule_version,
  preliminaryFrequency: row.preliminary_frequency as CycleRule['preliminaryFrequency'],
  isCalendarProvisional: row.is_calendar_provisional,
  isSimulated: row.is_simulated,
})

const selectCycles = (db: Kysely<DB>) =>
  db
    .selectFrom('cycles')
    .innerJoin('cycle_rules', 'cycle_rules.version', 'cycles.rule_version')
    .selectAll('cycles')
    .select('cycle_rules.preliminary_frequency')

export async function findCycle(db: Kysely<DB>, period: string): Promise<StoredCycle | undefined> {
  const row = await selectCycles(db).where('period', '=', period).executeTakeFirst()
  return row && toCycle(row)
}

/** The newest period that is locked; undefined when none is. */
export async function findLastLocked(db: Kysely<DB>, now: Date): Promise<string | undefined> {
  const query = db.selectFrom('cycles').select('period').where('lock_at', '<=', now)
  return (await query.orderBy('period', 'desc').limit(1).executeTakeFirst())?.period
}

/** The newest period whose cycle was opened; undefined when none was. */
export async function findLastOpened(db: Kysely<DB>): Promise<string | undefined> {
  const query = db.selectFrom('cycles').select('period')
  return (await query.orderBy('period', 'desc').limit(1).executeTakeFirst())?.period
}

/** Cycles, newest first, before a period. */
export async function listCycles(db: Kysely<DB>, before: string | undefined, limit: number): Promise<StoredCycle[]> {
  let query = selectCycles(db).orderBy('period', 'desc').limit(limit)
  if (before !== undefined) query = query.where('period', '<', before)
  return (await query.execute()).map(toCycle)
}

/** Cycles that are not due yet. */
export const listOpenCycles = async (db: Kysely<DB>, now: Date): Promise<StoredCycle[]> =>
  (await selectCycles(db).where('due_at', '>', now).orderBy('period').execute()).map(toCycle)

/** The cycles of a year that were opened. */
export const listCyclesOfYear = async (db: Kysely<DB>, year: number): Promise<StoredCycle[]> =>
  (await selectCycles(db).where('period', 'like', `${year}-%`).execute()).map(toCycle)

/** @returns false when the period was opened by somebody else meanwhile */
export async function insertCycle(trx: Transaction<DB>, cycle: StoredCycle): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('cycles')
    .values({
      id: cycle.id,
      period: cycle.period,
      opened_at: cycle.openedAt,
      due_at: cycle.dueAt,
      lock_at: cycle.lockAt,
      holiday_policy: cycle.holidayPolicy,
      rule_version: cycle.ruleVersion,
      is_calendar_provisional: cycle.isCalendarProvisional,
      is_simulated: cycle.isSimulated,
    })
    .onConflict((conflict) => conflict.column('period').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** The obligation ledger of a period, counted; `excusedFiled` of the excused were filed all the same. */
export type CycleCounts = LedgerFigures & { readonly approved: number }

/** The obligation ledger of these periods, counted. */
export async function countObligations(
  db: Kysely<DB>,
  periods: readonly string[],
  now: Date,
): Promise<Map<string, CycleCounts>> {
  const { rows } = await sql<CycleCounts & { period: string }>`
    select o.period,
      count(*) as expected,
      count(*) filter (where r.state in ('submitted', 'approved')) as filed,
      count(*) filter (where t.is = 'onTime') as "onTime",
      count(*) filter (where t.is = 'excused') as excused,
      count(*) filter (where t.is = 'excused' and r.state in ('submitted', 'approved')) as "excusedFiled",
      count(*) filter (where t.is = 'late') as late,
      count(*) filter (where t.is = 'missing') as missing,
      count(*) filter (where r.state = 'approved') as approved
    from obligations o cross join lateral (select ${timelinessOf(sql`${now}::timestamptz`)} as is) t
    left join monthly_reports r on r.project_id = o.project_id and r.period = o.period
    where o.period = any(${periods}) group by o.period`.execute(db)
  return new Map(rows.map(({ period, ...counts }) => [period, counts]))
}

const ROWS_PER_INSERT = 5_000

/** Writes the obligations of a cycle with its own due and lock instants. */
export async function insertObligations(
  trx: Transaction<DB>,
  cycle: StoredCycle,
  rows: readonly NewObligation[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const chunk = rows.slice(start, start + ROWS_PER_INSERT)
    await sql`
      insert into obligations (id, period, project_id, unit_id, region_code, due_at, lock_at)
      select id, ${cycle.period}, project_id, unit_id, region_code, ${cycle.dueAt}, ${cycle.lockAt}
      from unnest(${chunk.map((row) => row.id)}::uuid[], ${chunk.map((row) => row.projectId)}::uuid[],
        ${chunk.map((row) => row.unitId)}::uuid[], ${chunk.map((row) => row.regionCode)}::text[])
        as o (id, project_id, unit_id, region_code)`.execute(trx)
  }
}
