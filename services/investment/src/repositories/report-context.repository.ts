import { type Database, prepare } from '@tiaodu/database'
import type { Explanation, ReportEntry, ReturnReason, ReviewLevel, Stage } from '@tiaodu/types'
import { addMonths, yearOf } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { sumOf } from '../domain/checks/check.ts'
import type { LightThresholds } from '../domain/lights.ts'
import type { StoredReport } from '../domain/report.ts'
import type { EarlierReport, ReportContext } from '../domain/report-context.ts'
import { toReviewTerms } from '../domain/review-levels.ts'
import type { Slip } from '../domain/standing.ts'
import type { DB } from '../generated/tables.ts'
import { LIGHT_RULE } from './formulas.repository.ts'
import { isMissed } from './obligations.repository.ts'
import { monthEnd, slipsOf } from './slips.repository.ts'

interface Row {
  id: string
  name: string
  region_code: string
  unit_id: string | null
  unit_name: string | null
  parent_unit_id: string | null
  review_levels: ReviewLevel[]
  stage: Stage
  planned_start_on: string | null
  actual_start_on: string | null
  actual_completion_on: string | null
  total_investment_yuan: number | null
  revised_total_yuan: number | null
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
  slips: Slip[]
  light_rule: LightThresholds
  months: [period: string, completedYuan: number, funds: ReportEntry['fundsReceived']][] | null
  last_progress: string
  last_difficulties: string
  last_next_steps: string
  last_explanations: Explanation[]
  last_submission: ReportEntry | null
  state: StoredReport['state'] | null
  version: number
  revision: number
  completed_yuan: number | null
  funds_received: ReportEntry['fundsReceived']
  visual_progress: string
  difficulties: string
  next_steps: string
  explanations: Explanation[]
  submitted_at: Date | null
  submitted_by: string | null
  is_late: boolean
  return_reasons: ReturnReason[]
  approved_at: Date | null
  approved_by: string | null
  awaits: StoredReport['awaits']
  passed_by: string[]
  is_simulated: boolean
}

const MONTHS_BACK = 12

const toParams = (period: string, now: Date) => ({
  period,
  earliest: addMonths(period, -MONTHS_BACK),
  year: yearOf(period),
  now,
})

type Params = ReturnType<typeof toParams>
type Values = { readonly [K in keyof Params]: RawBuilder<unknown> }

const contextsOf = ({ period, earliest, year, now }: Values, projects: RawBuilder<unknown>) => sql`
  select p.id, p.name, p.region_code, p.unit_id, u.name as unit_name, u.parent_id as parent_unit_id, p.stage,
    p.planned_start_on, p.actual_start_on, p.actual_completion_on, p.total_investment_yuan, v.total_investment_yuan as revised_total_yuan,
    (select f.content -> 'levels' from formulas f where f.subject = 'review' and f.from_period <= ${period}
      order by f.version desc limit 1) as review_levels,
    exists (select from cycles c where c.period = ${period}) as has_cycle,
    o.id as obligation_id, o.due_at, greatest(o.lock_at, o.reopened_until) as lock_at, o.first_submitted_at,
    y.planned_yuan, to_json(y.monthly_targets_yuan) as monthly_targets_yuan,
    to_json(y.completed_by_month) as completed_by_month,
    (select coalesce(sum(b.completed_yuan), 0)::bigint from project_years b
      where b.project_id = p.id and b.year < ${year}) as before_years_yuan,
    (select count(*) from obligations m where m.project_id = p.id and m.period <= ${period}
      and m.due_at <= ${now} and ${isMissed}
      and m.period > coalesce((select max(f.period) from obligations f where f.project_id = p.id
        and f.period <= ${period} and f.first_submitted_at is not null), '')) as missed_reports,
    ${slipsOf(sql`p.id`, { endAt: monthEnd(period), beforeAt: sql`'infinity'::timestamptz` })} as slips,
    (select f.content from formulas f where f.subject = ${sql.lit(LIGHT_RULE)} and f.from_period <= ${period}
      order by f.version desc limit 1) as light_rule,
    l.*,
    case when r.revision > 1 or r.revision = 1 and r.state in ('draft', 'returned') then (
      select h.entry from report_history h where h.project_id = p.id and h.period = ${period} and h.action = 'submitted'
        and h.revision = r.revision - (r.state in ('submitted', 'approved'))::int order by h.at desc limit 1
    ) end as last_submission,
    r.*
  from projects p
  left join project_baselines v on v.project_id = p.id and v.number > 1
  left join units u on u.id = p.unit_id
  left join obligations o on o.project_id = p.id and o.period = ${period}
  left join project_years y on y.project_id = p.id and y.year = ${year}
  left join lateral (
    select json_agg(json_build_array(b.period, coalesce(b.completed_yuan, 0), b.funds_received)) as months,
      (array_agg(b.visual_progress))[1] as last_progress, (array_agg(b.difficulties))[1] as last_difficulties,
      (array_agg(b.next_steps))[1] as last_next_steps, (array_agg(b.explanations))[1] as last_explanations
    from (
      select * from monthly_reports b where b.project_id = p.id and b.period >= ${earliest} and b.period < ${period}
        and b.state in ('submitted', 'approved') order by b.period desc
    ) b
  ) l on true
  left join monthly_reports r on r.project_id = p.id and r.period = ${period}
  where ${projects}`

const contextOf = prepare<Params & { projectId: string }, Row>('report-context', (p) =>
  contextsOf(
    {
      period: sql`${p('period')}::text`,
      earliest: sql`${p('earliest')}::text`,
      year: sql`${p('year')}::int`,
      now: sql`${p('now')}::timestamptz`,
    },
    sql`p.id = ${p('projectId')}::uuid`,
  ),
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
          explanations: row.explanations,
        },
        submittedAt: row.submitted_at,
        submittedBy: row.submitted_by,
        isLate: row.is_late,
        returnReasons: row.return_reasons,
        awaits: row.awaits,
        passedBy: row.passed_by,
        approvedAt: row.approved_at,
        approvedBy: row.approved_by,
        isSimulated: row.is_simulated,
      }

function toPrevious({ months, ...row }: Row): EarlierReport | null {
  const [last] = months ?? []
  if (last === undefined) return null
  const [period, completedYuan, fundsReceived] = last
  return {
    period,
    entry: {
      completedYuan,
      fundsReceived,
      visualProgress: row.last_progress,
      difficulties: row.last_difficulties,
      nextSteps: row.last_next_steps,
      explanations: row.last_explanations,
    },
  }
}

const NO_MONTHS: readonly number[] = Array.from({ length: 12 }, () => 0)

function toContext(row: Row, period: string): ReportContext {
  const { id, obligation_id: obligationId, due_at: dueAt, lock_at: lockAt, first_submitted_at: firstSubmittedAt } = row
  const review = toReviewTerms(row.review_levels, row.region_code, row.parent_unit_id)
  return {
    projectName: row.name,
    regionCode: row.region_code,
    unitId: row.unit_id,
    unitName: row.unit_name,
    stage: row.stage,
    plannedStartOn: row.planned_start_on,
    actualStartOn: row.actual_start_on,
    actualCompletionOn: row.actual_completion_on,
    totalInvestmentYuan: row.total_investment_yuan,
    revisedTotalYuan: row.revised_total_yuan,
    hasCycle: row.has_cycle,
    terms:
      obligationId === null
        ? undefined
        : { obligationId, projectId: id, period, dueAt, lockAt, firstSubmittedAt, review },
    plan:
      row.planned_yuan === null
        ? undefined
        : { plannedYuan: row.planned_yuan, monthlyTargetsYuan: row.monthly_targets_yuan },
    completedByMonth: row.completed_by_month ?? NO_MONTHS,
    beforeYearsYuan: row.before_years_yuan,
    missedReports: row.missed_reports,
    slips: row.slips,
    lightRule: row.light_rule,
    previous: toPrevious(row),
    months: (row.months ?? []).map(([period, completedYuan, funds]) => ({
      period,
      completedYuan,
      fundsYuan: sumOf(funds.map(({ yuan }) => yuan)),
    })),
    lastSubmission: row.last_submission,
    report: toReport(row, id, period),
  }
}

/** What stands about the report of a project for a period; undefined when there is no such project. */
export async function findReportContext(
  { pool }: Database<DB>,
  projectId: string,
  period: string,
  now: Date,
): Promise<ReportContext | undefined> {
  const [row] = await contextOf(pool, { projectId, ...toParams(period, now) })
  return row && toContext(row, period)
}

/** The same for many projects, by project. */
export async function listReportContexts(
  db: Kysely<DB>,
  projectIds: readonly string[],
  period: string,
  now: Date,
): Promise<Map<string, ReportContext>> {
  const { earliest, year } = toParams(period, now)
  const values = {
    period: sql`${period}::text`,
    earliest: sql`${earliest}::text`,
    year: sql`${year}::int`,
    now: sql`${now}::timestamptz`,
  }
  const { rows } = await contextsOf(values, sql`p.id = any(${projectIds}::uuid[])`).execute(db)
  return new Map((rows as Row[]).map((row) => [row.id, toContext(row, period)]))
}
