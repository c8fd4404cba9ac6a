import { type Migration, sql } from 'kysely'

const FIRST_YEAR = 2020
const LAST_YEAR = 2040

export const createReports: Migration = {
  async up(db) {
    await sql`
      create table annual_plans (
        project_id uuid not null,
        year integer not null,
        version integer not null,
        planned_yuan bigint not null check (planned_yuan >= 0),
        monthly_targets_yuan bigint[] check (cardinality(monthly_targets_yuan) = 12),
        is_simulated boolean not null,
        created_at timestamptz not null,
        created_by uuid,
        primary key (project_id, year, version)
      )`.execute(db)
    await sql`
      create table monthly_reports (
        project_id uuid not null,
        period text not null,
        state text not null check (state in ('draft', 'submitted', 'returned', 'approved')),
        version integer not null,
        revision integer not null,
        completed_yuan bigint check (completed_yuan >= 0),
        funds_received jsonb not null,
        visual_progress text not null,
        difficulties text not null,
        next_steps text not null,
        submitted_at timestamptz,
        submitted_by uuid,
        is_late boolean not null,
        return_reasons jsonb not null,
        approved_at timestamptz,
        approved_by uuid,
        is_simulated boolean not null,
        primary key (project_id, period)
      ) partition by range (period)`.execute(db)
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      await sql`create table ${sql.id(`monthly_reports_${year}`)} partition of monthly_reports
        for values from (${sql.lit(`${year}-01`)}) to (${sql.lit(`${year + 1}-01`)})`.execute(db)
    }
    await sql`create index monthly_reports_by_period on monthly_reports (period, state, project_id)`.execute(db)
    await sql`
      create table report_history (
        id uuid primary key,
        project_id uuid not null,
        period text not null,
        action text not null check (action in ('submitted', 'returned', 'approved')),
        revision integer not null,
        actor_id uuid,
        at timestamptz not null,
        reasons jsonb not null,
        entry jsonb not null
      )`.execute(db)
    await sql`create index report_history_by_report on report_history (project_id, period, at)`.execute(db)
    // The roll-up: one row per project and year, changed in the transaction of approval and of the plan.
    await sql`
      create table project_years (
        project_id uuid not null,
        year integer not null,
        planned_yuan bigint not null,
        monthly_targets_yuan bigint[],
        completed_by_month bigint[] not null check (cardinality(completed_by_month) = 12),
        completed_yuan bigint not null,
        is_simulated boolean not null,
        primary key (project_id, year)
      )`.execute(db)
    await sql`
      create table bulletins (
        period text primary key references cycles (period),
        number integer not null,
        title text not null,
        published_at timestamptz not null,
        sha256 text not null,
        content text not null,
        is_simulated boolean not null
      )`.execute(db)
  },
}
