import { type Migration, sql } from 'kysely'

// For text messages; known of each person from the next change of them on.
export const keepMobiles: Migration = {
  async up(db) {
    await sql`alter table people add column mobile text`.execute(db)
  },
}
