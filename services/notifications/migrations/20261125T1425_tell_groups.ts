import { type Migration, sql } from 'kysely'

// What a group is told is a message without a person; a robot belongs to the group of a unit, or of a whole region.
export const tellGroups: Migration = {
  async up(db) {
    await sql`alter table messages alter column person_id drop not null`.execute(db)
    await sql`alter table endpoints add column unit_id uuid`.execute(db)
  },
}
