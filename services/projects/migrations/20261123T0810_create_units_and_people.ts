import { type Migration, sql } from 'kysely'

export const createUnitsAndPeople: Migration = {
  async up(db) {
    await sql`
      create table units (
        id uuid primary key,
        name text not null,
        region_code text not null check (region_code ~ '^[1-9][0-9]{5}$'),
        region_name text not null,
        parent_id uuid references units (id),
        is_simulated boolean not null,
        version integer not null,
        unique (region_code, name)
      )`.execute(db)
    await sql`
      create table people (
        id uuid primary key,
        name text not null,
        unit_id uuid not null references units (id),
        role text not null check (role in ('filer', 'head', 'reviewer', 'leader', 'supervisor', 'operator')),
        email text,
        is_simulated boolean not null,
        version integer not null
      )`.execute(db)
    await sql`create index people_by_unit on people (unit_id, role)`.execute(db)
  },
}
