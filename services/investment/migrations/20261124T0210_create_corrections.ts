import { type Migration, sql } from 'kysely'

// After approval only a correction changes a report: who asked for it and why, what it said and is to say, who decided.
// A bulletin that was out already is not touched by it; it is given a numbered erratum.
export const createCorrections: Migration = {
  async up(db) {
    await sql`
      create table corrections (
        project_id uuid not null,
        period text not null,
        number integer not null,
        state text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
        reason text not null,
        before jsonb not null,
        after jsonb not null,
        asked_by uuid,
        asked_at timestamptz not null,
        decided_by uuid,
        decided_at timestamptz,
        decision_reason text,
        is_simulated boolean not null,
        primary key (project_id, period, number)
      )`.execute(db)
    await sql`create unique index corrections_open on corrections (project_id, period) where state = 'asked'`.execute(
      db,
    )
    await sql`create index corrections_by_time on corrections (asked_at, project_id, period, number)`.execute(db)
    await sql`
      create table errata (
        bulletin_period text not null references bulletins (period),
        number integer not null,
        project_id uuid not null,
        period text not null,
        correction_number integer not null,
        at timestamptz not null,
        content json not null,
        primary key (bulletin_period, number)
      )`.execute(db)
    await sql`alter table report_history drop constraint report_history_action_check`.execute(db)
    await sql`
      alter table report_history add constraint report_history_action_check
      check (action in ('submitted', 'returned', 'approved', 'corrected'))`.execute(db)
    // A correction may take a month below zero, a filing may not: the contract of each says so.
    await sql`alter table monthly_reports drop constraint monthly_reports_completed_yuan_check`.execute(db)
  },
}
