import type { Reach } from '@tiaodu/service'
import { type FundGrouping, type FundsGap, type FundsRule, monthOf, yearOf } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { FundsFacts, FundsFigures } from '../domain/funds.ts'
import type { DB } from '../generated/tables.ts'

/** What a month adds up to. */
export interface FundsSums {
  readonly total: FundsFigures
  readonly groups: FundsFigures[]
  readonly gaps: Omit<FundsGap, 'gapPercent'>[]
  readonly isSimulated: boolean
}

const GAPS = 50

/** What every project has received up to the month, beside what it has completed and plans, where it counts. */
export const wholeOf = (period: string, { regionPrefix, unitId }: Reach) => sql`
  received as (
    select f.project_id, f.source, bool_or(f.is_simulated) as is_simulated,
      sum(case when f.year = ${yearOf(period)} then u.yuan else f.received_yuan end)::bigint as yuan,
      sum(case when f.year = ${yearOf(period)} then u.yuan else 0 end)::bigint as year_yuan
    from project_funds f cross join lateral (
      select coalesce(sum(yuan), 0) as yuan from unnest(f.received_by_month[1:${sql.lit(monthOf(period))}]) as m (yuan)
    ) u where f.year <= ${yearOf(period)} group by f.project_id, f.source
  ), whole as (
    select s.project_id, s.region_code, s.region_name, coalesce(s.unit_id::text, '') as unit_key, s.category,
      p.name, p.funding_plan, p.funding_yuan, coalesce(r.yuan, 0) as received, coalesce(r.year_yuan, 0) as year_received,
      coalesce(b.yuan, 0) + s.year_yuan as completed,
      greatest(coalesce(b.yuan, 0) + s.year_yuan - coalesce(r.yuan, 0), 0) as gap,
      s.is_simulated or coalesce(r.is_simulated, false) as is_simulated
    from standings s join projects p on p.id = s.project_id
    left join (
      select project_id, sum(yuan) as yuan, sum(year_yuan) as year_yuan, bool_or(is_simulated) as is_simulated
      from received group by project_id
    ) r on r.project_id = s.project_id
    left join (
      select project_id, sum(completed_yuan) as yuan from project_years
      where year < ${yearOf(period)} group by project_id
    ) b on b.project_id = s.project_id
    where s.period = ${period} and s.region_code like ${`${regionPrefix}%`}
      and (${unitId}::uuid is null or s.unit_id = ${unitId})
  )`

export const isFarAbove = ({ farAbovePercent, leastGapYuan }: FundsRule) => sql`
  (w.gap > 0 and w.gap >= ${leastGapYuan}::bigint and w.gap * 100 >= w.completed * ${farAbovePercent}::int)`

const figuresOf = (rule: FundsRule, key: RawBuilder<unknown>, name: RawBuilder<unknown>) => sql`
  ${key} as key, ${name} as name, count(*)::int as "projectCount",
  coalesce(sum(w.funding_yuan), 0)::bigint as "fundingYuan",
  coalesce(sum(w.received) filter (where w.funding_yuan > 0), 0)::bigint as "fundingReceivedYuan",
  coalesce(sum(w.received), 0)::bigint as "receivedYuan", coalesce(sum(w.year_received), 0)::bigint as "yearReceivedYuan",
  coalesce(sum(w.completed), 0)::bigint as "sinceStartYuan", coalesce(sum(w.gap), 0)::bigint as "gapYuan",
  count(*) filter (where ${isFarAbove(rule)})::int as "farAbove"`

const bySource = sql`
  select coalesce(n.source, r.source) as key, null as name, count(*)::int as "projectCount",
    coalesce(sum(n.yuan), 0)::bigint as "fundingYuan",
    coalesce(sum(r.yuan) filter (where n.has_plan or r.has_plan), 0)::bigint as "fundingReceivedYuan",
    coalesce(sum(r.yuan), 0)::bigint as "receivedYuan", coalesce(sum(r.year_yuan), 0)::bigint as "yearReceivedYuan",
    null::bigint as "sinceStartYuan", null::bigint as "gapYuan", null::int as "farAbove"
  from (
    select w.project_id, f ->> 'source' as source, (f ->> 'yuan')::bigint as yuan, true as has_plan
    from whole w cross join lateral jsonb_array_elements(w.funding_plan) as f
  ) n full join (
    select r.project_id, r.source, r.yuan, r.year_yuan, w.funding_yuan > 0 as has_plan
    from received r join whole w on w.project_id = r.project_id where r.yuan <> 0
  ) r on r.project_id = n.project_id and r.source = n.source
  group by 1`

const GROUPS: Readonly<Record<Exclude<FundGrouping, 'source'>, RawBuilder<unknown>[]>> = {
  region: [sql`w.region_code`, sql`max(w.region_name)`],
  category: [sql`w.category`, sql`w.category`],
  unit: [sql`w.unit_key`, sql`(select u.name from units u where u.id::text = w.unit_key)`],
}

const groupsOf = (groupBy: FundGrouping, rule: FundsRule) => {
  if (groupBy === 'source') return bySource
  const [key = sql`''`, name = sql`''`] = GROUPS[groupBy]
  return sql`select ${figuresOf(rule, key, name)} from whole w group by ${key}`
}

/** What the projects within reach have received up to a month, in groups, with those far above. */
export async function sumFunds(
  db: Kysely<DB>,
  { period, groupBy }: { readonly period: string; readonly groupBy: FundGrouping },
  reach: Reach,
  rule: FundsRule,
): Promise<FundsSums> {
  const { rows } = await sql<FundsSums>`
    with ${wholeOf(period, reach)}
    select
      (select row_to_json(t) from (select ${figuresOf(rule, sql`'total'`, sql`'合计'`)} from whole w) t) as total,
      (select coalesce(json_agg(g order by g.key), '[]') from (${groupsOf(groupBy, rule)}) g) as groups,
      (select coalesce(json_agg(a), '[]') from (
        select w.project_id as "projectId", w.name as "projectName", u.name as "unitName", w.received as "receivedYuan",
          w.completed as "sinceStartYuan", w.gap as "gapYuan"
        from whole w left join units u on u.id::text = w.unit_key
        where ${isFarAbove(rule)} order by w.gap desc, w.project_id limit ${sql.lit(GAPS)}
      ) a) as gaps,
      coalesce((select bool_or(w.is_simulated) from whole w), false) as "isSimulated"`.execute(db)
  return rows[0] as FundsSums
}

/** What is kept of the funds of a project. */
export async function findFunds(db: Kysely<DB>, projectId: string): Promise<FundsFacts | undefined> {
  const { rows } = await sql<FundsFacts>`
    select p.id as "projectId", p.name as "projectName", p.total_investment_yuan as "totalInvestmentYuan",
      p.funding_plan as "fundingPlan",
      (select coalesce(json_agg(json_build_object('year', y.year, 'completedYuan', y.completed_yuan) order by y.year), '[]')
        from project_years y where y.project_id = p.id and y.completed_yuan <> 0) as years,
      (select coalesce(json_agg(json_build_object('year', f.year, 'source', f.source, 'byMonthYuan', f.received_by_month,
          'receivedYuan', f.received_yuan) order by f.year, f.source), '[]')
        from project_funds f where f.project_id = p.id and exists (
          select from unnest(f.received_by_month) as m (yuan) where yuan <> 0)) as received,
      exists (select from project_years y where y.project_id = p.id and y.is_simulated) as "isSimulated"
    from projects p where p.id = ${projectId}`.execute(db)
  return rows[0]
}
