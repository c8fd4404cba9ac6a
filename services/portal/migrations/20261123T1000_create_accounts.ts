import { type Migration, sql } from 'kysely'

export const createAccounts: Migration = {
  async up(db) {
    await sql`
      create table accounts (
        person_id uuid primary key,
        username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
        password_hash text not null,
        created_at timestamptz not null
      )`.execute(db)
    await sql`
      create table sessions (
        id uuid primary key,
        person_id uuid not null references accounts (person_id) on delete cascade,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz
      )`.execute(db)
    await sql`create index sessions_by_person on sessions (person_id)`.execute(db)
  },
}
