import { type Migration, sql } from 'kysely'

/** The supervision orders that a message is about, so that it leads to them; messages of before lead to the list. */
export const keepOrdersOfMessages: Migration = {
  async up(db) {
    await sql`alter table messages add column order_ids uuid[] not null default '{}'`.execute(db)
  },
}
