import { type Migration, sql } from 'kysely'

/** What a person wants of each kind of message, and how far the lights of each project have been told. */
export const keepPreferences: Migration = {
  async up(db) {
    await sql`
      create table preferences (
        person_id uuid not null,
        kind text not null,
        channels text[] not null,
        digest_time text,
        quiet_from text,
        quiet_to text,
        updated_at timestamptz not null,
        primary key (person_id, kind),
        check ((quiet_from is null) = (quiet_to is null))
      )`.execute(db)
    await sql`create table project_lights (project_id uuid primary key, revision integer not null)`.execute(db)
  },
}
