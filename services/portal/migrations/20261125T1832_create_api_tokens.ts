import { type Migration, sql } from 'kysely'

export const createApiTokens: Migration = {
  async up(db) {
    // Of a secret only its hash is kept: it has 256 random bits, so that nobody finds it from there.
    await sql`
      create table api_tokens (
        id uuid primary key,
        secret_hash bytea not null unique check (length(secret_hash) = 32),
        prefix text not null,
        name text not null,
        region_code text not null,
        access text not null check (access in ('read', 'keep')),
        expires_on date not null,
        last_used_at timestamptz,
        created_at timestamptz not null,
        created_by text not null,
        revoked_at timestamptz,
        revoked_by_name text,
        check ((revoked_at is null) = (revoked_by_name is null))
      )`.execute(db)
    // What each did, by day and route; the log has the single calls.
    await sql`
      create table api_token_calls (
        token_id uuid not null references api_tokens (id) on delete cascade,
        called_on date not null,
        method text not null,
        route text not null,
        answered integer not null,
        refused integer not null,
        last_at timestamptz not null,
        primary key (token_id, called_on, method, route)
      )`.execute(db)
    await sql`create index api_token_calls_by_day on api_token_calls (called_on)`.execute(db)
  },
}
