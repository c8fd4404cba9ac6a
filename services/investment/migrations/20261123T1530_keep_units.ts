import { type Migration, sql } from 'kysely'

// The names of units stand in one row each, fed by unit.changed; version 0 is what a project's event has said of one.
export const keepUnits: Migration = {
  async up(db) {
    await sql`
      create table units (
        id uuid primary key,
        version integer not null,
        name text not null
      )`.execute(db)
    await sql`
      insert into units
      select distinct on (unit_id) unit_id, 0, unit_name from projects
      where unit_id is not null and unit_name is not null order by unit_id, version desc`.execute(db)
    await sql`alter table projects drop column unit_name`.execute(db)
  },
}
