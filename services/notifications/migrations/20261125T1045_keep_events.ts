import { type Migration, sql } from 'kysely'

/**
 * The business events for integrators. An event gets its number after it was committed, by one transaction at a time, so
 * that whoever has read up to a number has missed nothing below it.
 */
export const keepEvents: Migration = {
  async up(db) {
    await sql`
      create table event_log (
        id text primary key,
        seq bigint unique,
        type text not null,
        occurred_at timestamptz not null,
        logged_at timestamptz not null default now(),
        subject text,
        project_id uuid,
        unit_id uuid,
        region_code text,
        is_for_all boolean not null,
        data json not null
      )`.execute(db)
    await sql`create index event_log_unnumbered on event_log (logged_at) where seq is null`.execute(db)
    await sql`
      create table event_log_head (
        is_single boolean primary key default true check (is_single),
        seq bigint not null default 0,
        deleted_through bigint not null default 0
      )`.execute(db)
    await sql`insert into event_log_head default values`.execute(db)
  },
}
