import { type Migration, sql } from 'kysely'

export const createSavedViews: Migration = {
  async up(db) {
    // A view of nobody's is shared with everybody.
    await sql`
      create table saved_views (
        id uuid primary key,
        person_id uuid,
        name text not null,
        filters jsonb not null,
        version integer not null,
        updated_at timestamptz not null,
        updated_by text not null,
        unique nulls not distinct (person_id, name)
      )`.execute(db)
  },
}
