import { type Migration, sql } from 'kysely'

// A project is also found by the code that it had before; most have none, and their loading shall not pay for it.
export const indexLocalCodes: Migration = {
  async up(db) {
    await sql`create index projects_by_local_code on projects using gin (local_codes) where local_codes <> '{}'`.execute(
      db,
    )
  },
}
