import { type Migration, sql } from 'kysely'

// DOMAIN's defaults; for procedures, which it does not number, as for starts, and yellow at once.
const RULE = {
  behind: { yellowPoints: 10, redPoints: 30 },
  start: { yellowMonths: 1, redMonths: 3 },
  reports: { yellowMonths: 1, redMonths: 2 },
  procedures: { yellowMonths: 0, redMonths: 3 },
}

// What lights are judged by beside the schedule and missed reports, the light that a unit declares, and exemptions. A
// slip is over at its first settlement that is not older than it: the two may arrive in either order.
export const widenLights: Migration = {
  async up(db) {
    await sql`
      create table step_slips (
        step_id uuid not null,
        told_at timestamptz not null,
        due_on date not null,
        project_id uuid not null,
        kind text not null,
        name text not null,
        primary key (step_id, told_at)
      )`.execute(db)
    await sql`create index step_slips_by_project on step_slips (project_id)`.execute(db)
    await sql`
      create table step_settlements (
        step_id uuid not null,
        at timestamptz not null,
        primary key (step_id, at)
      )`.execute(db)
    await sql`
      create table declared_lights (
        project_id uuid not null,
        period text not null,
        version integer not null,
        light text not null check (light in ('green', 'yellow', 'red')),
        statement text not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        primary key (project_id, period, version)
      )`.execute(db)
    await sql`
      create table light_exemptions (
        id uuid primary key,
        project_id uuid not null,
        ground text not null check (ground in ('justified', 'forceMajeure')),
        reason text not null,
        evidence text not null,
        from_period text not null,
        until_period text not null check (until_period >= from_period),
        state text not null check (state in ('recorded', 'ended', 'withdrawn')),
        recorded_at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        closed_at timestamptz,
        closed_by text,
        closed_reason text,
        version integer not null,
        check ((closed_at is null) = (state = 'recorded'))
      )`.execute(db)
    await sql`create index light_exemptions_by_project on light_exemptions (project_id)`.execute(db)
    await sql`
      insert into formulas values ('lights', 1, '2000-01', ${JSON.stringify(RULE)}::jsonb, '2000-01-01T00:00:00Z', null,
        '系统', '出厂默认')`.execute(db)
    await sql`
      alter table standings add column late_start_months integer not null default 0,
        add column slipped_procedures integer not null default 0, add column slipped_months integer not null default 0,
        add column declared_light text check (declared_light in ('green', 'yellow', 'red')),
        add column is_mismatched boolean not null default false, add column is_exempt boolean not null default false`.execute(
      db,
    )
    await sql`
      alter table cells add column exempt bigint not null default 0, add column mismatched bigint not null default 0`.execute(
      db,
    )
    await sql`truncate summaries`.execute(db)
    await sql`
      insert into rollup_marks (project_id, from_period)
      select p.id, c.period from projects p, (select min(period) as period from cycles) c where c.period is not null`.execute(
      db,
    )
  },
}
