import { type Migration, sql } from 'kysely'

// Which kinds of messages there are is told by MESSAGE_KINDS of packages/types, which channels by CHANNELS.
export const keepGrounds: Migration = {
  async up(db) {
    await sql`alter table messages drop constraint messages_kind_check, add column grounds jsonb not null default '[]'`.execute(
      db,
    )
    await sql`alter table deliveries drop constraint deliveries_channel_check`.execute(db)
  },
}
