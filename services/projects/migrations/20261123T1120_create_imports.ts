import { type Migration, sql } from 'kysely'

export const createImports: Migration = {
  async up(db) {
    await sql`
      create table imports (
        id uuid primary key,
        actor_id uuid,
        actor_name text not null,
        idempotency_key text not null,
        digest text not null,
        file_type text not null,
        file_name text not null,
        is_dry_run boolean not null,
        content bytea,
        state text not null check (state in ('queued', 'running', 'loaded', 'refused', 'failed')),
        checked_rows integer not null default 0,
        created integer not null default 0,
        updated integer not null default 0,
        unchanged integer not null default 0,
        problem_count integer not null default 0,
        problems jsonb not null default '[]'::jsonb,
        near_duplicates jsonb not null default '[]'::jsonb,
        ignored_columns text[] not null default '{}',
        failure text,
        created_at timestamptz not null,
        finished_at timestamptz,
        rung_at timestamptz,
        attempts integer not null default 0,
        unique nulls not distinct (actor_id, idempotency_key)
      )`.execute(db)
    await sql`create index imports_open on imports (created_at) where state in ('queued', 'running')`.execute(db)
  },
}
