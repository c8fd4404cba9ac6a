import { type Migration, sql } from 'kysely'

// The filer's sentences on what the checks found, kept with the report: [{ code, text }].
export const keepExplanations: Migration = {
  async up(db) {
    await sql`alter table monthly_reports add column explanations jsonb not null default '[]'`.execute(db)
  },
}
