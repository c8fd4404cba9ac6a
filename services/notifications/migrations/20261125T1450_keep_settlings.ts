import { type Migration, sql } from 'kysely'

// By which event a fact was last settled: an older one that arrives later opens nothing.
export const keepSettlings: Migration = {
  async up(db) {
    await sql`
      create table settlings (
        kind text not null,
        subject_id uuid not null,
        event_id uuid not null,
        primary key (kind, subject_id)
      )`.execute(db)
  },
}
