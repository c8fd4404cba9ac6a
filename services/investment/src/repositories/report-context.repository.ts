import { type Database, prepare } from '@tiaodu/database'
import type { ReportEntry, ReturnReason } from '@tiaodu/types'
import { yearOf } from '@tiaodu/types'
import { sql } from 'kysely'
import type { StoredReport, Terms } from '../domain/report.ts'
import type { DB } from '../generated/tables.ts'

/** Everything that a decision about a report, and its view, rest on. */
export interface ReportContext {
  readonly projectName: string
  readonly regionCode: string
  readonly unitId: string | null
  readonly unitName: string | null
  readonly totalInvestmentYuan: number | null
  readonly hasCycle: boolean
  readonly terms: (Terms & { readonly obligationId: string }) | undefined
  readonly plan: { readonly plannedYuan: number; readonly monthlyTargetsYuan: number[] | null } | undefined
  /** Approved yuan of months 1 to 12 of the period's year. */
  readonly completedByMonth: readonly number[]
  readonly beforeYearsYuan: number
  readonly missedReports: number
  readonly previous: { readonly period: string; readonly completedYuan: number; readonly visualProgress: string } | null
  readonly report: StoredReport | undefined
}

interface Row {
  name: string
  region_code: string
  unit_id: string | null
  unit_name: string | null
  total_investment_yuan: number | null
  has_cycle: boolean
  obligation_id: string | null
  due_at: Date
  lock_at: Date
  first_submitted_at: Date | null
  planned_yuan: number | null
  monthly_targets_yuan: number[] | null
  completed_by_month: number[] | null
  before_years_yuan: number
  missed_reports: number
  previous: ReportContext['previous']
  state: StoredReport['state'] | null
  version: number
  revision: number
  completed_yuan: number | null
  funds_received: ReportEntry['fundsReceived']
  visual_progress: string
  difficulties: string
  next_steps: string
  submitted_at: Date | null
  submitted_by: string | null
  is_late: boolean
  return_reasons: ReturnReason[]
  approved_at: Date | null
  approved_by: string | null
  is_simulated: boolean
}

interface Params {
  projectId: string
  period: string
  year: number
  now: Date
}

const contextOf = prepare<Params, Row>(
  'report-context',
  (param) => sql`
    select p.name, p.region_code, p.unit_id, u.name as unit_name, p.total_investment_yuan,
      exists (select from cycles c where c.period = ${param('period')}::text) as has_cycle,
      o.id as obligation_id, o.due_at, o.lock_at, o.first_submitted_at,
      y.planned_yuan, to_json(y.monthly_targets_yuan) as monthly_targets_yuan,
      to_json(y.completed_by_month) as completed_by_month,
      (select coalesce(sum(b.completed_yuan), 0)::bigint from project_years b
        where b.project_id = p.id and b.year < ${param('year')}::int) as before_years_yuan,
      (select count(*) from obligations m where m.project_id = p.id and m.period <= ${param('period')}::text
        and m.due_at <= ${param('now')}::timestamptz and m.first_submitted_at is null
        and m.period > coalesce((select max(f.period) from obligations f where f.project_id = p.id
          and f.period <= ${param('period')}::text and f.first_submitted_at is not null), '')) as missed_reports,
      (select json_build_object('period', b.period, 'completedYuan', coalesce(b.completed_yuan, 0), 'visualProgress', b.visual_progress)
        from monthly_reports b where b.project_id = p.id and b.period < ${param('period')}::text
        and b.state in ('submitted', 'approved') order by b.period desc limit 1) as previous,
      r.*
    from projects p
    left join units u on u.id = p.unit_id
    left join obligations o on o.project_id = p.id and o.period = ${param('period')}::text
    left join project_years y on y.project_id = p.id and y.year = ${param('year')}::int
    left join monthly_reports r on r.project_id = p.id and r.period = ${param('period')}::text
    where p.id = ${param('projectId')}::uuid`,
)

const toReport = (row: Row, projectId: string, period: string): StoredReport | undefined =>
  row.state === null
    ? undefined
    : {
        projectId,
        period,
        state: row.state,
        version: row.version,
        revision: row.revision,
        entry: {
          completedYuan: row.completed_yuan,
          fundsReceived: row.funds_received,
          visualProgress: row.visual_progress,
          difficulties: row.difficulties,
          nextSteps: row.next_steps,
        },
        submittedAt: row.submitted_at,
        submittedBy: row.submitted_by,
        isLate: row.is_late,
        returnReasons: row.return_reasons,
        approvedAt: row.approved_at,
        approvedBy: row.approved_by,
        isSimulated: row.is_simulated,
      }

const NO_MONTHS: readonly number[] = Array.from({ length: 12 }, () => 0)

/** What stands about the report of a project for a period; undefined when there is no such project. */
export async function findReportContext(
  { pool }: Database<DB>,
  projectId: string,
  period: string,
  now: Date,
): Promise<ReportContext | undefined> {
  const [row] = await contextOf(pool, { projectId, period, year: yearOf(period), now })
  if (row === undefined) return undefined
  const { obligation_id: obligationId, due_at: dueAt, lock_at: lockAt, first_submitted_at: firstSubmittedAt } = row
  return {
    projectName: row.name,
    regionCode: row.region_code,
    unitId: row.unit_id,
    unitName: row.unit_name,
    totalInvestmentYuan: row.total_investment_yuan,
    hasCycle: row.has_cycle,
    terms: obligationId === null ? undefined : { obligationId, projectId, period, dueAt, lockAt, firstSubmittedAt },
    plan:
      row.planned_yuan === null
        ? undefined
        : { plannedYuan: row.planned_yuan, monthlyTargetsYuan: row.monthly_targets_yuan },
    completedByMonth: row.completed_by_month ?? NO_MONTHS,
    beforeYearsYuan: row.before_years_yuan,
    missedReports: row.missed_reports,
    previous: row.previous,
    report: toReport(row, projectId, period),
  }
}
