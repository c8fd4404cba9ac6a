import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A claimed delivery with what its channel needs. */
export interface ClaimedDelivery {
  readonly id: string
  readonly attempts: number
  readonly address: string
  readonly title: string
  readonly body: string
  readonly why: string
}

const RING_AGAIN_SECONDS = 60
const STUCK_SECONDS = 30

/** Deliveries that are due and were not rung for within the last minute. */
export async function listDueDeliveries(db: Kysely<DB>, limit: number): Promise<{ id: string; attempt: number }[]> {
  const { rows } = await sql<{ id: string; attempt: number }>`
    select id, attempts as attempt from deliveries
    where state = 'queued' and next_attempt_at <= now()
      and (rung_at is null or rung_at < greatest(next_attempt_at, now() - make_interval(secs => ${RING_AGAIN_SECONDS})))
    order by next_attempt_at limit ${limit}`.execute(db)
  return rows
}

export const markRung = async (db: Kysely<DB>, ids: string[]): Promise<void> => {
  await sql`update deliveries set rung_at = now() where id = any(${ids})`.execute(db)
}

/** Takes a queued delivery, so that nobody else sends it; undefined when it is not there to be taken. */
export async function claimDelivery(db: Kysely<DB>, id: string): Promise<ClaimedDelivery | undefined> {
  const { rows } = await sql<ClaimedDelivery>`
    with claimed as (
      update deliveries set state = 'sending', attempts = attempts + 1, claimed_at = now()
      where id = ${id} and state = 'queued' and next_attempt_at <= now() returning id, message_id, attempts
    )
    select c.id, c.attempts, p.email as address, m.title, m.body, m.why
    from claimed c join messages m on m.id = c.message_id join people p on p.id = m.person_id`.execute(db)
  return rows[0]
}

export const markSent = async (db: Kysely<DB>, id: string, answer: string): Promise<void> => {
  await sql`update deliveries set state = 'sent', sent_at = now(), answer = ${answer} where id = ${id}`.execute(db)
}

/** Back to the queue after a pause, or given up when `pauseSeconds` is null. */
export const markFailed = async (
  db: Kysely<DB>,
  id: string,
  answer: string,
  pauseSeconds: number | null,
): Promise<void> => {
  await sql`update deliveries set answer = ${answer},
      state = case when ${pauseSeconds}::int is null then 'givenUp' else 'queued' end,
      next_attempt_at = now() + make_interval(secs => coalesce(${pauseSeconds}::int, 0))
    where id = ${id}`.execute(db)
}

/** Puts back what a killed worker had claimed. @returns how many */
export async function requeueStuck(db: Kysely<DB>): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update deliveries set state = 'queued', next_attempt_at = now(), rung_at = null
    where state = 'sending' and claimed_at < now() - make_interval(secs => ${STUCK_SECONDS})`.execute(db)
  return Number(numAffectedRows)
}
