import { type Migration, sql } from 'kysely'

// The ledger of 困难和问题: a difficulty as it stands, and every move with how it stood afterwards, so that a month can
// be told as it was.
export const createDifficulties: Migration = {
  async up(db) {
    await sql`
      create table difficulties (
        id uuid primary key,
        project_id uuid not null,
        period text not null,
        reported_text text not null,
        description text not null,
        category text not null,
        subcategory text,
        coordination_level integer not null check (coordination_level between 1 and 4),
        unit_in_charge_id uuid not null,
        due_on date not null,
        state text not null check (state in ('registered', 'coordinating', 'resolved', 'closed')),
        outcome text,
        registered_at timestamptz not null,
        resolved_at timestamptz,
        told_due_on date,
        version integer not null,
        is_simulated boolean not null,
        check ((resolved_at is null) = (state in ('registered', 'coordinating')))
      )`.execute(db)
    // The same sentence sent twice is not a second difficulty.
    await sql`create unique index difficulties_once on difficulties (project_id, period, md5(description))`.execute(db)
    await sql`create index difficulties_by_due on difficulties (due_on, id)`.execute(db)
    await sql`create index difficulties_by_unit on difficulties (unit_in_charge_id)`.execute(db)
    await sql`create index difficulties_open on difficulties (due_on, id) where resolved_at is null`.execute(db)
    await sql`
      create table difficulty_moves (
        difficulty_id uuid not null references difficulties (id),
        version integer not null,
        action text not null check (action in ('register', 'accept', 'resolve', 'close', 'return', 'raise', 'reschedule', 'reassign')),
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text,
        state text not null,
        coordination_level integer not null,
        unit_in_charge_id uuid not null,
        due_on date not null,
        outcome text,
        primary key (difficulty_id, version)
      )`.execute(db)
  },
}
