import { type Migration, sql } from 'kysely'

export const createCycles: Migration = {
  async up(db) {
    await sql`
      create table cycles (
        id uuid primary key,
        period text not null unique check (period ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
        opened_at timestamptz not null,
        due_at timestamptz not null,
        lock_at timestamptz not null check (lock_at >= due_at),
        holiday_policy text not null check (holiday_policy in ('postpone', 'bringForward', 'fixed')),
        is_calendar_provisional boolean not null,
        is_simulated boolean not null
      )`.execute(db)
    await sql`
      create table obligations (
        id uuid primary key,
        period text not null references cycles (period),
        project_id uuid not null,
        unit_id uuid,
        region_code text not null,
        due_at timestamptz not null,
        lock_at timestamptz not null,
        first_submitted_at timestamptz,
        unique (project_id, period)
      )`.execute(db)
    await sql`create index obligations_by_period on obligations (period, id)`.execute(db)
  },
}
