import type { AnyKysely, Bulk, Copy } from '@tiaodu/database'
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
    const rows = events.slice(start, start + ROWS_PER_INSERT)
    const [ids, names] = [rows.map(() => uuidv7()), rows.map(({ name }) => name)]
    const payloads = rows.map(({ payload }) => JSON.stringify(payload))
    await sql`
      insert into outbox (id, name, payload, occurred_at)
      select id, name, payload::json, ${now}::timestamptz
      from unnest(${ids}::uuid[], ${names}::text[], ${payloads}::text[]) as e (id, name, payload)`.execute(trx)
  }
}

/** As appendEvents, for a transaction that writes very many rows. */
export const copyEvents = <Tables>({ copy }: Bulk<Tables>, now: Date): Copy<NewEvent> =>
  copy('outbox', ['id', 'name', 'payload', 'occurred_at'], ({ name, payload }) => [
    uuidv7(),
    name,
    JSON.stringify(payload),
    now,
  ])
