import { type Migration, sql } from 'kysely'

// What this service keeps of others, fed by events that may arrive in any order.
export const createReadModels: Migration = {
  async up(db) {
    await sql`
      create table projects (
        id uuid primary key,
        version integer not null,
        name text not null,
        region_code text not null,
        unit_id uuid,
        unit_name text,
        filer_id uuid,
        leader_id uuid
      )`.execute(db)
    await sql`
      create table people (
        id uuid primary key,
        version integer not null,
        name text not null,
        unit_id uuid not null,
        role text not null,
        region_code text not null,
        email text
      )`.execute(db)
    await sql`
      create table cycles (
        id uuid primary key,
        period text not null unique,
        due_at timestamptz not null,
        lock_at timestamptz not null,
        obligation_count integer not null,
        workdays text[] not null
      )`.execute(db)
    await sql`
      create table steps (
        cycle_id uuid not null references cycles (id),
        ordinal smallint not null,
        name text not null,
        at timestamptz not null,
        primary key (cycle_id, ordinal)
      )`.execute(db)
    await sql`
      create table obligations (
        id uuid primary key,
        cycle_id uuid,
        project_id uuid not null,
        unit_id uuid,
        period text not null,
        due_at timestamptz not null,
        filed_revision integer not null default 0,
        returned_revision integer not null default 0,
        is_open boolean not null generated always as (filed_revision <= returned_revision) stored,
        next_ordinal smallint not null default 0,
        next_at timestamptz
      )`.execute(db)
    await sql`create index obligations_due on obligations (next_at) where is_open`.execute(db)
    await sql`create index obligations_by_cycle on obligations (cycle_id)`.execute(db)
  },
}
