import { type Migration, sql } from 'kysely'

export const addLeadersAndParticipants: Migration = {
  async up(db) {
    await sql`
      alter table projects
        add leaders jsonb not null default '[]'::jsonb,
        add participants jsonb not null default '[]'::jsonb`.execute(db)
  },
}
