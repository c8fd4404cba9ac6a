import { type Migration, sql } from 'kysely'

export const noteSheetOfImport: Migration = {
  async up(db) {
    await sql`alter table imports add column sheet jsonb`.execute(db)
  },
}
