import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A roll-up that does not equal the sum of its approved reports. */
export interface Difference {
  readonly projectId: string
  readonly year: number
  readonly rolledUpYuan: number
  readonly reportedYuan: number
}

/** Proves roll-up = sum of approved reports, month by month. @returns every project and year where it is not so */
export async function reconcile(db: Kysely<DB>): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with reported as (
      select project_id, left(period, 4)::int as year, right(period, 2)::int as month, completed_yuan
      from monthly_reports where state = 'approved'
    ), rolled as (
      select project_id, year, month::int, yuan from project_years, unnest(completed_by_month) with ordinality as m (yuan, month)
      where yuan <> 0
    )
    select coalesce(r.project_id, s.project_id) as "projectId", coalesce(r.year, s.year) as year,
      sum(coalesce(s.yuan, 0))::bigint as "rolledUpYuan", sum(coalesce(r.completed_yuan, 0))::bigint as "reportedYuan"
    from reported r full join rolled s using (project_id, year, month)
    group by 1, 2 having bool_or(coalesce(s.yuan, 0) <> coalesce(r.completed_yuan, 0))
    union all
    select project_id, year, completed_yuan, (select sum(yuan) from unnest(completed_by_month) as m (yuan))::bigint
    from project_years where completed_yuan <> (select sum(yuan) from unnest(completed_by_month) as m (yuan))`.execute(
    db,
  )
  return rows
}
