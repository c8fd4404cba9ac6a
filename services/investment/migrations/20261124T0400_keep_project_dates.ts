import { type Migration, sql } from 'kysely'

// When a project was to start and to be completed, and when it was: what reports, lights and lists are held against.
// Not known of a project until its next event.
export const keepProjectDates: Migration = {
  async up(db) {
    await sql`
      alter table projects add column planned_start_on date, add column actual_start_on date,
        add column planned_completion_on date, add column actual_completion_on date`.execute(db)
  },
}
