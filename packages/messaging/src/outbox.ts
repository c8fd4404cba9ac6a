import type { AnyKysely } from '@tiaodu/database'
import type { NewEvent } from '@tiaodu/types'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'

const ROWS_PER_INSERT = 5_000

/** An event as an outbox row; for operations that write everything in one statement. */
export const toOutboxRow = (event: NewEvent, now: Date) => ({
  id: uuidv7(),
  name: event.name,
  payload: JSON.stringify(event.payload),
  occurred_at: now,
})

/** Appends events in the caller's transaction; the relay takes them from there. */
export async function appendEvents(trx: AnyKysely, events: readonly NewEvent[], now: Date): Promise<void> {
  for (let start = 0; start < events.length; start += ROWS_PER_INSERT) {
    const rows = events.slice(start, start + ROWS_PER_INSERT).map((event) => ({ ...event, id: uuidv7() }))
    await sql`
      insert into outbox (id, name, payload, occurred_at)
      select id, name, payload, ${now}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as e (id uuid, name text, payload jsonb)`.execute(trx)
  }
}
