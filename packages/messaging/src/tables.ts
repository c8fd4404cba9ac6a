import type { AnyKysely } from '@tiaodu/database'
import { type ColumnType, sql } from 'kysely'

type Timestamp = ColumnType<Date, Date | string, Date | string>

/** The two tables that every service with events carries in its own schema. */
export interface MessagingTables {
  outbox: {
    id: string
    name: string
    payload: ColumnType<unknown, string, never>
    occurred_at: Timestamp
    published_at: Timestamp | null
    confirmed_at: Timestamp | null
    rings: ColumnType<number, number | undefined, number>
  }
  inbox: { consumer: string; event_id: string; processed_at: ColumnType<Date, Date | undefined, never> }
}

/** Creates both tables; a service calls it in a migration of its own. */
export async function createMessagingTables(db: AnyKysely): Promise<void> {
  await sql`
    create table outbox (
      id uuid primary key,
      name text not null,
      payload jsonb not null,
      occurred_at timestamptz not null,
      published_at timestamptz,
      confirmed_at timestamptz,
      rings integer not null default 0
    )`.execute(db)
  await sql`create index outbox_unpublished on outbox (id) where published_at is null`.execute(db)
  await sql`create index outbox_unconfirmed on outbox (published_at) where published_at is not null and confirmed_at is null`.execute(
    db,
  )
  await sql`
    create table inbox (
      consumer text not null,
      event_id uuid not null,
      processed_at timestamptz not null default now(),
      primary key (consumer, event_id)
    )`.execute(db)
}

/** Keeps payloads as they were written: nobody looks into them, so taking them apart and packing them is for nothing. */
export async function keepPayloadsAsWritten(db: AnyKysely): Promise<void> {
  await sql`alter table outbox alter payload type json`.execute(db)
  await sql`alter table outbox alter payload set storage external`.execute(db)
}
