import type { Reach } from '@tiaodu/service'
import { type CorrectionState, monthOf, type ReportEntry, yearOf } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { ApprovedTotals, StoredCorrection } from '../domain/correction.ts'
import type { DB } from '../generated/tables.ts'
import type { PageSpan } from './report-pages.repository.ts'

/** A correction with what a reader calls its project and unit. */
export interface NamedCorrection extends StoredCorrection {
  readonly projectName: string
  readonly unitName: string | null
}

interface Row {
  project_id: string
  project_name: string
  unit_name: string | null
  period: string
  number: number
  state: CorrectionState
  reason: string
  before: ReportEntry
  after: ReportEntry
  asked_by: string | null
  asked_at: Date
  decided_by: string | null
  decided_at: Date | null
  decision_reason: string | null
  is_simulated: boolean
}

const toCorrection = (row: Row): NamedCorrection => ({
  projectId: row.project_id,
  projectName: row.project_name,
  unitName: row.unit_name,
  period: row.period,
  number: row.number,
  state: row.state,
  reason: row.reason,
  before: row.before,
  after: row.after,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  decisionReason: row.decision_reason,
  isSimulated: row.is_simulated,
})

const listWhere = async (db: Kysely<DB>, conditions: RawBuilder<unknown>[], rest: RawBuilder<unknown>) => {
  const { rows } = await sql<Row>`
    select c.*, p.name as project_name, u.name as unit_name
    from corrections c join projects p on p.id = c.project_id left join units u on u.id = p.unit_id
    where ${sql.join(conditions, sql` and `)} ${rest}`.execute(db)
  return rows.map(toCorrection)
}

const ofReport = (projectId: string, period: string) => [
  sql`c.project_id = ${projectId}::uuid`,
  sql`c.period = ${period}`,
]

/** Corrections within reach, newest first, one more than the page holds. */
export const listCorrections = (
  db: Kysely<DB>,
  filter: Partial<Record<'state' | 'period' | 'projectId', string | undefined>>,
  reach: Reach,
  { after, limit }: PageSpan,
): Promise<NamedCorrection[]> =>
  listWhere(
    db,
    [
      sql`p.region_code like ${`${reach.regionPrefix}%`}`,
      sql`(${reach.unitId}::uuid is null or p.unit_id = ${reach.unitId})`,
      ...(filter.state === undefined ? [] : [sql`c.state = ${filter.state}`]),
      ...(filter.period === undefined ? [] : [sql`c.period = ${filter.period}`]),
      ...(filter.projectId === undefined ? [] : [sql`c.project_id = ${filter.projectId}::uuid`]),
      ...(after === undefined
        ? []
        : [
            sql`(c.asked_at, c.project_id, c.period, c.number) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}, ${after[3]}::int)`,
          ]),
    ],
    sql`order by c.asked_at desc, c.project_id desc, c.period desc, c.number desc limit ${sql.lit(limit + 1)}`,
  )

/** The corrections of a report in the order of their numbers; the report is kept from others until the transaction ends. */
export async function lockCorrections(
  trx: Transaction<DB>,
  projectId: string,
  period: string,
): Promise<NamedCorrection[]> {
  await sql`
    select from monthly_reports where project_id = ${projectId} and period = ${period} for update`.execute(trx)
  return listWhere(trx, ofReport(projectId, period), sql`order by c.number`)
}

/** What is approved of a project around a period. */
export async function getApprovedTotals(
  trx: Transaction<DB>,
  projectId: string,
  period: string,
): Promise<ApprovedTotals> {
  const { rows } = await sql<{ total: number | null; sum: number; byMonth: number[] | null }>`
    select case when p.total_investment_yuan is not null then greatest(p.total_investment_yuan, v.total_investment_yuan) end as total,
      (select coalesce(sum(y.completed_yuan), 0)::bigint from project_years y where y.project_id = p.id) as sum,
      (select to_json(y.completed_by_month) from project_years y
        where y.project_id = p.id and y.year = ${yearOf(period)}) as "byMonth"
    from projects p left join project_baselines v on v.project_id = p.id and v.number > 1
    where p.id = ${projectId}`.execute(trx)
  const { total = null, sum = 0, byMonth = null } = rows[0] ?? {}
  let soFar = 0
  const running = (byMonth ?? []).map((yuan) => {
    soFar += yuan
    return soFar
  })
  return { totalInvestmentYuan: total, sinceStartYuan: sum, yearToDateYuan: running.slice(monthOf(period) - 1) }
}

/** Writes a correction as it is asked for or decided. */
export async function saveCorrection(trx: Transaction<DB>, correction: StoredCorrection): Promise<void> {
  const decision = {
    state: correction.state,
    decided_by: correction.decidedBy,
    decided_at: correction.decidedAt,
    decision_reason: correction.decisionReason,
  }
  await trx
    .insertInto('corrections')
    .values({
      ...decision,
      project_id: correction.projectId,
      period: correction.period,
      number: correction.number,
      reason: correction.reason,
      before: JSON.stringify(correction.before),
      after: JSON.stringify(correction.after),
      asked_by: correction.askedBy,
      asked_at: correction.askedAt,
      is_simulated: correction.isSimulated,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'period', 'number']).doUpdateSet(decision))
    .execute()
}
