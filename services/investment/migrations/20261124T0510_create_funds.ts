import { type Migration, sql } from 'kysely'

const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1)

// What is received, by project, year and source: changed in the statement of the approval, so that nobody adds up
// reports. The funding plan of a project is what it is held against; not known until its next event.
export const createFunds: Migration = {
  async up(db) {
    await sql`
      alter table projects add column funding_plan jsonb not null default '[]',
        add column funding_yuan bigint not null default 0`.execute(db)
    await sql`
      create table project_funds (
        project_id uuid not null,
        year integer not null,
        source text not null,
        received_by_month bigint[] not null check (cardinality(received_by_month) = 12),
        received_yuan bigint not null,
        is_simulated boolean not null,
        primary key (project_id, year, source)
      )`.execute(db)
    const byMonth = sql.join(
      MONTHS.map((month) => sql`coalesce(sum(yuan) filter (where month = ${sql.lit(month)}), 0)::bigint`),
    )
    await sql`
      insert into project_funds
      select project_id, year, source, array[${byMonth}], sum(yuan)::bigint, bool_or(is_simulated)
      from (
        select r.project_id, left(r.period, 4)::int as year, right(r.period, 2)::int as month, f ->> 'source' as source,
          (f ->> 'yuan')::bigint as yuan, r.is_simulated
        from monthly_reports r cross join lateral jsonb_array_elements(r.funds_received) as f
        where r.state = 'approved'
      ) as received group by project_id, year, source having bool_or(yuan <> 0)`.execute(db)
    await sql`
      create table funds_rules (
        version integer primary key,
        far_above_percent integer not null check (far_above_percent between 1 and 100),
        least_gap_yuan bigint not null check (least_gap_yuan >= 0),
        reason text not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null
      )`.execute(db)
    // As the check of a report: less than half of what was completed; and 1000 万元 at least.
    await sql`insert into funds_rules values (1, 50, 10000000, '默认', now(), null, '系统')`.execute(db)
    await sql`
      create table policy_targets (
        year integer not null,
        region_code text not null,
        version integer not null,
        targets jsonb not null,
        reason text not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        primary key (year, region_code, version)
      )`.execute(db)
  },
}
