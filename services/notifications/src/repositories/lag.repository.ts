import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** What of a channel is not sent, and for how long the oldest that is still tried has waited. */
export interface OpenDeliveries {
  readonly channel: string
  readonly state: 'queued' | 'sending' | 'failed' | 'givenUp'
  readonly count: number
  readonly oldestSeconds: number
}

export async function countOpenDeliveries(db: Kysely<DB>): Promise<OpenDeliveries[]> {
  const { rows } = await sql<OpenDeliveries>`
    select channel, state, count(*) as count, extract(epoch from now() - min(tries_since))::float8 as "oldestSeconds"
    from deliveries where state in ('queued', 'failed') group by channel, state
    union all select channel, state, count(*), extract(epoch from now() - min(tries_since))::float8
    from deliveries where state = 'sending' group by channel, state
    union all select channel, state, count(*), 0 from deliveries where state = 'givenUp' group by channel, state`.execute(
    db,
  )
  return rows
}

/** Up to when deadlines were swept, and for how long the oldest business event has waited for its number. */
export async function findLag(db: Kysely<DB>): Promise<{ sweptThrough: Date | null; eventSeconds: number }> {
  const { rows } = await sql<{ sweptThrough: Date | null; eventSeconds: number }>`
    select (select swept_through from sweeps) as "sweptThrough",
      (select coalesce(extract(epoch from now() - min(logged_at)), 0)::float8 from event_log where seq is null) as "eventSeconds"`.execute(
    db,
  )
  return rows[0] ?? { sweptThrough: null, eventSeconds: 0 }
}
