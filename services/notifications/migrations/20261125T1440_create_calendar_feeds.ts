import { type Migration, sql } from 'kysely'

/** One secret address per person, found by its hash; and what the deadlines of a person are found by. */
export const createCalendarFeeds: Migration = {
  async up(db) {
    await sql`
      create table calendar_feeds (
        person_id uuid primary key,
        secret_hash text not null unique,
        sealed text not null,
        created_at timestamptz not null,
        last_read_at timestamptz
      )`.execute(db)
    await sql`create index projects_by_unit on projects (unit_id)`.execute(db)
    await sql`create index projects_by_leader on projects (leader_id)`.execute(db)
    await sql`create index obligations_open_of_project on obligations (project_id) where is_open`.execute(db)
  },
}
