import { type Migration, sql } from 'kysely'

export const createProjectsAndCalendar: Migration = {
  async up(db) {
    // What this service keeps of the project library, fed by project.changed events.
    await sql`
      create table projects (
        id uuid primary key,
        version integer not null,
        name text not null,
        region_code text not null,
        region_name text not null,
        category text not null,
        tiers text[] not null,
        stage text not null,
        assessment_class text not null,
        total_investment_yuan bigint,
        unit_id uuid,
        unit_name text
      )`.execute(db)
    await sql`create index projects_by_unit on projects (unit_id)`.execute(db)
    await sql`
      create table calendar_years (
        year integer primary key,
        is_provisional boolean not null
      )`.execute(db)
    await sql`
      create table calendar_days (
        on_date date primary key,
        year integer not null references calendar_years (year),
        is_workday boolean not null
      )`.execute(db)
  },
}
