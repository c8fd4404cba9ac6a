import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { figuresOf, spread } from './cells.repository.ts'

/** A roll-up that does not equal the sum of what lies beneath it. */
export interface Difference {
  readonly of: 'project-year' | 'project-funds' | 'standing' | 'cell'
  /** What it is of: a project and a year or month, or a place and a month. */
  readonly key: string
  readonly figure: string
  readonly rolledUp: number | string | null
  readonly summed: number | string | null
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
    select 'project-year' as of, project_id || ' ' || year as key, 'completedYuan' as figure,
      sum(coalesce(s.yuan, 0))::bigint as "rolledUp", sum(coalesce(r.completed_yuan, 0))::bigint as summed
    from reported r full join rolled s using (project_id, year, month)
    group by project_id, year having bool_or(coalesce(s.yuan, 0) <> coalesce(r.completed_yuan, 0))
    union all
    select 'project-year', project_id || ' ' || year, 'completedYuan', completed_yuan,
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
    select 'project-funds' as of, project_id || ' ' || year || ' ' || source as key, 'receivedYuan' as figure,
      sum(coalesce(k.yuan, 0))::bigint as "rolledUp", sum(coalesce(r.yuan, 0))::bigint as summed
    from reported r full join kept k using (project_id, year, month, source)
    group by project_id, year, source having bool_or(coalesce(k.yuan, 0) <> coalesce(r.yuan, 0))
    union all
    select 'project-funds', project_id || ' ' || year || ' ' || source, 'receivedYuan', received_yuan,
      (select sum(yuan) from unnest(received_by_month) as m (yuan))::bigint
    from project_funds where received_yuan <> (select sum(yuan) from unnest(received_by_month) as m (yuan))`.execute(db)
  return rows
}

/** Where a standing does not say what its project's year says. Marked ones are about to. */
export async function listStandingDifferences(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    select 'standing' as of, s.project_id || ' ' || s.period as key, 'yearYuan' as figure, s.year_yuan as "rolledUp",
      t.yuan as summed
    from standings s
    left join project_years y on y.project_id = s.project_id and y.year = left(s.period, 4)::int
    cross join lateral (
      select coalesce(sum(m), 0)::bigint as yuan from unnest(y.completed_by_month[1:right(s.period, 2)::int]) as m
    ) t
    where (s.year_yuan <> t.yuan or s.month_yuan <> coalesce(y.completed_by_month[right(s.period, 2)::int], 0))
      and not exists (select from rollup_marks k where k.project_id = s.project_id)`.execute(db)
  return rows
}

/** Where a figure of a cell is not the sum of the standings that count there, in every group. */
export async function listCellDifferences(db: Kysely<DB>): Promise<Difference[]> {
  // Those who count in the same cells are added up first: spreading every standing over its groups takes ten times as long.
  const { rows } = await sql<Difference>`
    with alike as (
      select s.period, s.region_code, s.unit_id, s.category, s.stage, s.tiers, ${figuresOf('sum')}
      from standings s group by s.period, s.region_code, s.unit_id, s.category, s.stage, s.tiers
    ), summed as (
      select s.period, s.region_code, g.dimension, g.key, ${figuresOf('sumOfSums')}
      from (select *, null::text as region_name from alike) s cross join lateral ${spread}
      group by s.period, s.region_code, g.dimension, g.key
    ), told as (
      select period, region_code, dimension, key, to_jsonb(s) as figures from summed s
    ), kept as (
      select period, region_code, dimension, key, to_jsonb(c) - 'name' as figures from cells c
    )
    select 'cell' as of, concat_ws(' ', period, region_code, dimension, key) as key, f.name as figure,
      (k.figures ->> f.name)::bigint as "rolledUp", (t.figures ->> f.name)::bigint as summed
    from told t full join kept k using (period, region_code, dimension, key)
    cross join lateral jsonb_object_keys(coalesce(t.figures, k.figures)) as f (name)
    where t.figures is distinct from k.figures and t.figures -> f.name is distinct from k.figures -> f.name`.execute(db)
  return rows
}

/** The regions that differences are in, each once; one of a project that is not known any more is in none. */
export async function listRegionsOf(db: Kysely<DB>, differences: readonly Difference[]): Promise<string[]> {
  const keysOf = (isCell: boolean) => [
    ...new Set(differences.filter((one) => (one.of === 'cell') === isCell).map(({ key }) => key)),
  ]
  const { rows } = await sql<{ regionCode: string }>`
    select split_part(key, ' ', 2) as "regionCode" from unnest(${keysOf(true)}::text[]) as c (key)
    union select p.region_code from unnest(${keysOf(false)}::text[]) as d (key)
      join projects p on p.id = split_part(d.key, ' ', 1)::uuid
    order by 1`.execute(db)
  return rows.map(({ regionCode }) => regionCode)
}
