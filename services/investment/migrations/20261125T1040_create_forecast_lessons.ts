import { type Migration, sql } from 'kysely'

// What earlier months teach for a forecast from the end of a period, as it was learned last; it can be thrown away.
export const createForecastLessons: Migration = {
  async up(db) {
    await sql`
      create table forecast_lessons (
        period text primary key,
        learned_at timestamptz not null,
        content jsonb not null
      )`.execute(db)
  },
}
