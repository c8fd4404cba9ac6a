import type { AnyKysely } from '@tiaodu/database'
import type { NewEvent } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { MessagingTables } from './tables.ts'

const ROWS_PER_INSERT = 500

/** An event as an outbox row; for operations that write everything in one statement. */
export const toOutboxRow = (event: NewEvent, now: Date) => ({
  id: uuidv7(),
  name: event.name,
  payload: JSON.stringify(event.payload),
  occurred_at: now,
})

/** Appends events in the caller's transaction; the relay takes them from there. */
export async function appendEvents(trx: AnyKysely, events: readonly NewEvent[], now: Date): Promise<void> {
  const db: Kysely<MessagingTables> = trx
  for (let start = 0; start < events.length; start += ROWS_PER_INSERT) {
    const rows = events.slice(start, start + ROWS_PER_INSERT).map((event) => toOutboxRow(event, now))
    await db.insertInto('outbox').values(rows).execute()
  }
}
