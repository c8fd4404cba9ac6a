import { type Migration, sql } from 'kysely'

// What others were last told of a project's light in the newest month; `revision` counts what they were told.
export const tellLights: Migration = {
  async up(db) {
    await sql`
      create table told_lights (
        project_id uuid primary key,
        period text not null,
        light text,
        reasons jsonb not null,
        revision integer not null
      )`.execute(db)
  },
}
