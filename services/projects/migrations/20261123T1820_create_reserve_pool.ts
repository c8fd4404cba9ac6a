import { type Migration, sql } from 'kysely'

export const createReservePool: Migration = {
  async up(db) {
    await sql`
      create table reserve_entries (
        id uuid primary key,
        year integer not null check (year between 2000 and 2099),
        project_id uuid not null references projects (id),
        number integer not null check (number > 0),
        state text not null check (state in ('proposed', 'listed', 'notListed', 'added', 'withdrawn')),
        decided_on date not null,
        reason text check (reason is not null or state not in ('notListed', 'added', 'withdrawn')),
        document text check (document is not null or state not in ('listed', 'added')),
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        is_current boolean not null,
        unique (project_id, year, number)
      )`.execute(db)
    await sql`
      create unique index reserve_entries_current on reserve_entries (year, project_id) where is_current`.execute(db)
    await sql`
      create index reserve_entries_by_state on reserve_entries (year, state, id desc) where is_current`.execute(db)
  },
}
