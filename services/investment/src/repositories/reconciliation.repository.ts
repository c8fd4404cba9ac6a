import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A roll-up that does not equal the sum of what lies beneath it. */
export interface Difference {
  readonly of: 'project-year' | 'project-funds' | 'standing' | 'cell'
  /** What it is of: a project and a year or month, or a place and a month. */
  readonly key: string
  readonly rolledUpYuan: number
  readonly summedYuan: number
}

/** Where a project's year is not the sum of its approved reports, month by month. */
export async function listYearDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with reported as (
      select project_id, left(period, 4)::int as year, right(period, 2)::int as month, completed_yuan
      from monthly_reports where state = 'approved'
    ), rolled as (
      select project_id, year, month::int, yuan from project_years, unnest(completed_by_month) with ordinality as m (yuan, month)
      where yuan <> 0
    )
    select 'project-year' as of, project_id || ' ' || year as key,
      sum(coalesce(s.yuan, 0))::bigint as "rolledUpYuan", sum(coalesce(r.completed_yuan, 0))::bigint as "summedYuan"
    from reported r full join rolled s using (project_id, year, month)
    group by project_id, year having bool_or(coalesce(s.yuan, 0) <> coalesce(r.completed_yuan, 0))
    union all
    select 'project-year', project_id || ' ' || year, completed_yuan,
      (select sum(yuan) from unnest(completed_by_month) as m (yuan))::bigint
    from project_years where completed_yuan <> (select sum(yuan) from unnest(completed_by_month) as m (yuan))`.execute(
    db,
  )
  return rows
}

/** Where what a project received in a year from a source is not the sum of its approved reports, month by month. */
export async function listFundDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with reported as (
      select project_id, left(period, 4)::int as year, right(period, 2)::int as month, f ->> 'source' as source,
        sum((f ->> 'yuan')::bigint)::bigint as yuan
      from monthly_reports cross join lateral jsonb_array_elements(funds_received) as f
      where state = 'approved' and funds_received <> '[]' group by 1, 2, 3, 4
    ), kept as (
      select project_id, year, month::int, source, yuan
      from project_funds, unnest(received_by_month) with ordinality as m (yuan, month) where yuan <> 0
    )
    select 'project-funds' as of, project_id || ' ' || year || ' ' || source as key,
      sum(coalesce(k.yuan, 0))::bigint as "rolledUpYuan", sum(coalesce(r.yuan, 0))::bigint as "summedYuan"
    from reported r full join kept k using (project_id, year, month, source)
    group by project_id, year, source having bool_or(coalesce(k.yuan, 0) <> coalesce(r.yuan, 0))
    union all
    select 'project-funds', project_id || ' ' || year || ' ' || source, received_yuan,
      (select sum(yuan) from unnest(received_by_month) as m (yuan))::bigint
    from project_funds where received_yuan <> (select sum(yuan) from unnest(received_by_month) as m (yuan))`.execute(db)
  return rows
}

/** Where a standing does not say what its project's year says. Marked ones are about to. */
export async function listStandingDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    select 'standing' as of, s.project_id || ' ' || s.period as key, s.year_yuan as "rolledUpYuan", t.yuan as "summedYuan"
    from standings s
    left join project_years y on y.project_id = s.project_id and y.year = left(s.period, 4)::int
    cross join lateral (
      select coalesce(sum(m), 0)::bigint as yuan from unnest(y.completed_by_month[1:right(s.period, 2)::int]) as m
    ) t
    where (s.year_yuan <> t.yuan or s.month_yuan <> coalesce(y.completed_by_month[right(s.period, 2)::int], 0))
      and not exists (select from rollup_marks k where k.project_id = s.project_id)`.execute(db)
  return rows
}

/** Where the cells of a period are not the sum of its standings. */
export async function listCellDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with summed as (
      select period, region_code, sum(month_yuan) as month_yuan, sum(year_yuan)::bigint as year_yuan,
        sum(planned_yuan) as planned_yuan, count(*) as project_count, count(*) filter (where is_filed) as filed
      from standings group by period, region_code
    ), rolled as (select * from cells where dimension = 'region')
    select 'cell' as of, coalesce(c.region_code, s.region_code) || ' ' || coalesce(c.period, s.period) as key,
      coalesce(c.year_yuan, 0) as "rolledUpYuan", coalesce(s.year_yuan, 0) as "summedYuan"
    from summed s full join rolled c on c.period = s.period and c.region_code = s.region_code
    where (s.year_yuan, s.month_yuan, s.planned_yuan, s.project_count, s.filed)
      is distinct from (c.year_yuan, c.month_yuan, c.planned_yuan, c.project_count, c.filed)`.execute(db)
  return rows
}
