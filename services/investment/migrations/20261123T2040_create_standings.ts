import { type Migration, sql } from 'kysely'

const FIGURES = sql.raw(
  [
    'project_count',
    'planned_yuan',
    'scheduled_twelfths',
    'month_yuan',
    'year_yuan',
    'assessed_planned_yuan',
    'assessed_year_yuan',
    'expected',
    'filed',
    'on_time',
    'green',
    'yellow',
    'red',
    'simulated',
  ]
    .map((name) => `${name} bigint not null`)
    .join(', '),
)

// What a project counts in a period, the sums of that by place, and the answers made of the sums. A mark says that a
// project's standings from a period on are no longer what they were: it is written with the change, and folded in
// before anybody reads. A month keeps the place that a project had when the month was locked, hence the places.
export const createStandings: Migration = {
  async up(db) {
    await sql`
      create table rollup_marks (
        id bigint generated always as identity primary key,
        project_id uuid not null,
        from_period text not null
      )`.execute(db)
    await sql`
      create table project_places (
        project_id uuid not null,
        ordinal integer not null,
        at timestamptz not null,
        region_code text not null,
        region_name text not null,
        unit_id uuid,
        category text not null,
        tiers text[] not null,
        is_assessed boolean not null,
        is_withdrawn boolean not null,
        primary key (project_id, ordinal)
      )`.execute(db)
    await sql`
      insert into project_places
      select id, 1, '-infinity', region_code, region_name, unit_id, category, tiers, assessment_class = 'assessed', stage = 'withdrawn'
      from projects`.execute(db)
    await sql`
      create table standings (
        period text not null,
        project_id uuid not null,
        region_code text not null,
        region_name text not null,
        unit_id uuid,
        category text not null,
        tiers text[] not null,
        is_assessed boolean not null,
        planned_yuan bigint not null,
        scheduled_twelfths bigint not null,
        month_yuan bigint not null,
        year_yuan bigint not null,
        is_expected boolean not null,
        is_filed boolean not null,
        is_on_time boolean not null,
        missed_reports integer not null,
        light text check (light in ('green', 'yellow', 'red')),
        light_reasons jsonb not null,
        is_simulated boolean not null,
        primary key (period, project_id)
      )`.execute(db)
    await sql`create index standings_by_unit on standings (period, unit_id)`.execute(db)
    await sql`create index standings_by_light on standings (period, light, project_id) where light in ('yellow', 'red')`.execute(
      db,
    )
    await sql`
      create table cells (
        period text not null,
        region_code text not null,
        dimension text not null check (dimension in ('region', 'tier', 'unit', 'category')),
        key text not null,
        name text not null,
        ${FIGURES},
        primary key (period, dimension, region_code, key)
      )`.execute(db)
    await sql`
      create table summaries (
        period text not null,
        dimension text not null,
        region_prefix text not null,
        content text not null,
        primary key (period, dimension, region_prefix)
      )`.execute(db)
    await sql`alter table obligations add column is_overdue_noted boolean not null default false`.execute(db)
    await sql`
      create index obligations_to_note on obligations (due_at)
      where first_submitted_at is null and not is_overdue_noted`.execute(db)
    await sql`
      insert into rollup_marks (project_id, from_period)
      select p.id, c.period from projects p, (select min(period) as period from cycles) c where c.period is not null`.execute(
      db,
    )
  },
}
