import type { Reach } from '@tiaodu/service'
import { type FundGrouping, type FundsFigure, type FundsRule, yearOf } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import type { MadeOf, MadeOfSpan } from './figure-sources.repository.ts'
import { isFarAbove, wholeOf } from './funds.repository.ts'

/** The row of the funds whose figure is asked about. */
export interface OfFundsRow {
  readonly period: string
  readonly groupBy: FundGrouping
  /** The row of the total when absent. */
  readonly key?: string | undefined
  readonly figure: FundsFigure
}

const member = ({ groupBy, key }: OfFundsRow) =>
  key === undefined
    ? sql`true`
    : {
        region: sql`w.region_code = ${key}`,
        unit: sql`w.unit_key = ${key}`,
        category: sql`w.category = ${key}`,
        source: sql`true`,
      }[groupBy]

const sourceOf = ({ groupBy, key }: OfFundsRow) => (groupBy === 'source' ? key : undefined)

// By source a project counts that has a plan for it, even one of nothing.
const hasPlan = (of: OfFundsRow) => {
  const source = sourceOf(of)
  const plans = sql`exists (select from jsonb_array_elements(w.funding_plan) as f where f ->> 'source' = ${source ?? ''})`
  return source === undefined ? sql`w.funding_yuan > 0` : sql`(w.funding_yuan > 0 or ${plans})`
}

const receipts = (of: OfFundsRow, fromPeriod: string, condition: RawBuilder<unknown>) => {
  const source = sourceOf(of)
  return sql`
    select 'report' as kind, w.project_id, w.name, r.period, f ->> 'source' as source, sum((f ->> 'yuan')::bigint)::bigint as value
    from whole w join monthly_reports r on r.project_id = w.project_id and r.state = 'approved'
      and r.period between ${fromPeriod} and ${of.period}
    cross join lateral jsonb_array_elements(r.funds_received) as f
    where ${member(of)} and ${condition} and (${source ?? null}::text is null or f ->> 'source' = ${source ?? null})
    group by w.project_id, w.name, r.period, f ->> 'source'`
}

const ofProjects = (of: OfFundsRow, value: RawBuilder<unknown>) => sql`
  select 'project' as kind, w.project_id, w.name, null as period, null as source, ${value} as value from whole w where ${member(of)}`

const counted = (of: OfFundsRow) => {
  const source = sourceOf(of)
  if (source === undefined) return ofProjects(of, sql`1::bigint`)
  return ofProjects(
    of,
    sql`(exists (select from jsonb_array_elements(w.funding_plan) as f where f ->> 'source' = ${source})
      or exists (select from received r where r.project_id = w.project_id and r.source = ${source} and r.yuan <> 0))::int::bigint`,
  )
}

const FIRST = '2000-01'

const MADE: Readonly<Record<FundsFigure, (of: OfFundsRow, rule: FundsRule) => RawBuilder<unknown>>> = {
  projectCount: counted,
  fundingYuan: (of) => sql`
    select 'fundingPlan' as kind, w.project_id, w.name, null as period, f ->> 'source' as source,
      sum((f ->> 'yuan')::bigint)::bigint as value
    from whole w cross join lateral jsonb_array_elements(w.funding_plan) as f
    where ${member(of)} and (${sourceOf(of) ?? null}::text is null or f ->> 'source' = ${sourceOf(of) ?? null})
    group by w.project_id, w.name, f ->> 'source'`,
  fundingReceivedYuan: (of) => receipts(of, FIRST, hasPlan(of)),
  receivedYuan: (of) => receipts(of, FIRST, sql`true`),
  yearReceivedYuan: (of) => receipts(of, `${yearOf(of.period)}-01`, sql`true`),
  sinceStartYuan: (of) => sql`
    select 'report' as kind, w.project_id, w.name, r.period, null as source, r.completed_yuan as value
    from whole w join monthly_reports r on r.project_id = w.project_id and r.state = 'approved' and r.period <= ${of.period}
    where ${member(of)}`,
  gapYuan: (of) => ofProjects(of, sql`w.gap::bigint`),
  farAbove: (of, rule) => ofProjects(of, sql`${isFarAbove(rule)}::int::bigint`),
}

/** What makes a figure of the funds, by project, month and source, one more than the page holds. */
export async function listFundsMadeOf(
  db: Kysely<DB>,
  of: OfFundsRow,
  { reach, rule }: { readonly reach: Reach; readonly rule: FundsRule },
  { after, limit }: MadeOfSpan,
): Promise<MadeOf[]> {
  const behind =
    after === undefined
      ? sql``
      : sql`and (project_id, coalesce(period, ''), coalesce(source, '')) > (${after[0]}::uuid, ${after[1]}, ${after[2]})`
  const { rows } = await sql<MadeOf>`
    with ${wholeOf(of.period, reach)}, made as (${MADE[of.figure](of, rule)})
    select kind, project_id as "projectId", name as "projectName", period, source, value from made
    where value <> 0 ${behind} order by project_id, coalesce(period, ''), coalesce(source, '') limit ${sql.lit(limit + 1)}`.execute(
    db,
  )
  return rows
}
