import { type Migration, sql } from 'kysely'

/**
 * Endpoints that operators register, and a lane for each: deliveries of one lane never wait for those of another, and one
 * worker at a time has the lease of a lane.
 */
export const createEndpoints: Migration = {
  async up(db) {
    await sql`
      create table endpoints (
        id uuid primary key,
        kind text not null check (kind in ('webhook', 'wecom', 'dingtalk', 'feishu', 'sms')),
        name text not null,
        shown_url text not null,
        sealed text not null,
        region_code text not null,
        event_types text[] not null,
        is_private_allowed boolean not null,
        state text not null default 'active' check (state in ('active', 'disabled')),
        disabled_because text,
        old_secret_until timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        created_by text not null,
        check ((state = 'disabled') = (disabled_because is not null))
      )`.execute(db)
    await sql`
      create table lanes (
        lane text primary key,
        endpoint_id uuid unique references endpoints (id),
        rings integer not null default 0,
        rung_at timestamptz,
        lease uuid,
        leased_until timestamptz,
        last_sent_at timestamptz,
        last_failed_at timestamptz,
        last_answer text
      )`.execute(db)
    await sql`insert into lanes (lane) values ('email')`.execute(db)
    await sql`
      alter table deliveries
        alter column message_id drop not null,
        add column endpoint_id uuid references endpoints (id),
        add column event_id text,
        add column lane text not null generated always as (coalesce(endpoint_id::text, channel)) stored,
        add column tries_since timestamptz not null default now(),
        add column why text,
        drop constraint deliveries_message_id_channel_key,
        drop constraint if exists deliveries_channel_check,
        drop constraint deliveries_state_check,
        add constraint deliveries_state_check check (state in ('queued', 'sending', 'sent', 'failed', 'givenUp')),
        add check (num_nonnulls(message_id, event_id) <= 1),
        add check (channel = 'email' or endpoint_id is not null)`.execute(db)
    await sql`alter table deliveries drop column rung_at, drop column claimed_at`.execute(db)
    await sql`create unique index deliveries_of_message on deliveries (message_id, lane) where message_id is not null`.execute(
      db,
    )
    await sql`create unique index deliveries_of_event on deliveries (event_id, lane) where event_id is not null`.execute(
      db,
    )
    await sql`drop index if exists deliveries_queued`.execute(db)
    await sql`create index deliveries_due on deliveries (lane, next_attempt_at) where state in ('queued', 'failed')`.execute(
      db,
    )
    await sql`drop index if exists deliveries_sending`.execute(db)
    await sql`create index deliveries_sending on deliveries (lane) where state = 'sending'`.execute(db)
    await sql`create index deliveries_given_up on deliveries (id) where state = 'givenUp'`.execute(db)
  },
}
