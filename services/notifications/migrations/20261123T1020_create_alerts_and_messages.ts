import { type Migration, sql } from 'kysely'

export const createAlertsAndMessages: Migration = {
  async up(db) {
    await sql`
      create table alerts (
        id uuid primary key,
        obligation_id uuid not null unique,
        project_id uuid not null,
        period text not null,
        due_at timestamptz not null,
        state text not null check (state in ('open', 'closed')),
        rung text not null check (rung in ('filer', 'head', 'leader', 'supervisor')),
        opened_at timestamptz not null,
        closed_at timestamptz
      )`.execute(db)
    await sql`create index alerts_newest on alerts (opened_at desc, id desc)`.execute(db)
    await sql`
      create table alert_steps (
        id bigint generated always as identity primary key,
        alert_id uuid not null references alerts (id),
        at timestamptz not null,
        what text not null check (what in ('opened', 'escalated', 'closed', 'reopened')),
        rung text
      )`.execute(db)
    await sql`create index alert_steps_by_alert on alert_steps (alert_id, id)`.execute(db)
    await sql`
      create table messages (
        id uuid primary key,
        person_id uuid not null,
        kind text not null check (kind in ('reminder', 'overdue', 'returned', 'bulletin', 'contactMissing')),
        title text not null,
        body text not null,
        period text,
        project_ids uuid[] not null,
        why text not null,
        created_at timestamptz not null,
        read_at timestamptz
      )`.execute(db)
    await sql`create index messages_by_person on messages (person_id, created_at desc, id desc)`.execute(db)
    await sql`create index messages_unread on messages (person_id) where read_at is null`.execute(db)
    await sql`
      create table deliveries (
        id uuid primary key,
        message_id uuid not null references messages (id),
        channel text not null check (channel in ('email')),
        state text not null check (state in ('queued', 'sending', 'sent', 'givenUp')),
        attempts integer not null default 0,
        rung_at timestamptz,
        next_attempt_at timestamptz not null default now(),
        claimed_at timestamptz,
        answer text,
        queued_at timestamptz not null default now(),
        sent_at timestamptz,
        unique (message_id, channel)
      )`.execute(db)
    await sql`create index deliveries_queued on deliveries (next_attempt_at) where state = 'queued'`.execute(db)
    await sql`create index deliveries_sending on deliveries (claimed_at) where state = 'sending'`.execute(db)
    await sql`
      create table sweeps (
        is_single boolean primary key default true check (is_single),
        swept_through timestamptz not null
      )`.execute(db)
  },
}
