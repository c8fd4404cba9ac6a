import { type Migration, sql } from 'kysely'

// The outcome of each day's proof; that of a day is made once.
export const createReconciliations: Migration = {
  async up(db) {
    await sql`
      create table reconciliations (
        id uuid primary key,
        reconciled_on date not null unique,
        started_at timestamptz not null,
        duration_ms integer not null,
        difference_count integer not null,
        differences json not null
      )`.execute(db)
  },
}
