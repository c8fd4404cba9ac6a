import { type Migration, sql } from 'kysely'

export const createProgrammes: Migration = {
  async up(db) {
    await sql`
      create table programmes (
        id uuid primary key,
        code text not null unique,
        name text not null unique,
        level text not null check (level in ('province', 'city', 'county')),
        document text,
        from_year integer not null,
        to_year integer check (to_year >= from_year),
        version integer not null
      )`.execute(db)
    await sql`
      create table programme_versions (
        programme_id uuid not null references programmes (id),
        version integer not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text,
        changes jsonb not null,
        primary key (programme_id, version)
      )`.execute(db)
    await sql`
      create table programme_members (
        id uuid primary key,
        programme_id uuid not null references programmes (id),
        year integer not null check (year between 2000 and 2099),
        project_id uuid not null references projects (id),
        document text,
        joined_at timestamptz not null,
        joined_by_id uuid,
        joined_by text not null,
        left_at timestamptz,
        left_by_id uuid,
        left_by text,
        left_reason text,
        check ((left_at is null) = (left_reason is null) and (left_at is null) = (left_by is null))
      )`.execute(db)
    // A project that left may come back: only what is current stands once.
    await sql`
      create unique index programme_members_current on programme_members (project_id, programme_id, year)
        where left_at is null`.execute(db)
    await sql`create index programme_members_by_year on programme_members (programme_id, year, id desc)`.execute(db)

    // What 焦作's documents name; an operator registers others.
    await sql`
      with shipped as (
        insert into programmes
        select uuidv7(), code, name, level, document, from_year, null, 1 from (values
          ('province-key', '省重点项目', 'province', null, 2024),
          ('city-key', '市重点项目', 'city', null, 2024),
          ('thirty', '三十工程', 'city', null, 2024),
          ('three-plus-ten', '“3+10”项目', 'city', null, 2025)
        ) as known (code, name, level, document, from_year)
        returning *
      )
      insert into programme_versions
      select id, 1, now(), null, 'migration', null, (
        select jsonb_agg(jsonb_build_object('field', field, 'from', null, 'to', value)) from jsonb_each(jsonb_build_object(
          'code', code, 'name', name, 'level', level, 'fromYear', from_year)) as known (field, value)
      ) from shipped`.execute(db)
  },
}
