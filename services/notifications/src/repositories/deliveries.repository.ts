import { instantJson } from '@tiaodu/database'
import { type Kysely, sql } from 'kysely'
import type { ClaimedDelivery } from '../domain/delivery.ts'
import { type NumberedEvent, toCloudEvent } from '../domain/published-events.ts'
import type { DB } from '../generated/tables.ts'

/** What became of one attempt. */
export interface Outcome {
  readonly id: string
  /** Which attempt it was: the outcome of one that another worker has repeated since changes nothing. */
  readonly attempts: number
  readonly answer: string
  readonly state: 'sent' | 'failed' | 'givenUp'
  readonly pauseSeconds: number
}

/** Takes due deliveries of a lane, oldest first, so that nobody else sends them. */
export async function claimDeliveries(db: Kysely<DB>, lane: string, limit: number): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<Omit<ClaimedDelivery, 'event'> & { event: NumberedEvent | null }>`
    with claimed as (
      update deliveries set state = 'sending', attempts = attempts + 1
      where id in (
        select id from deliveries where lane = ${lane} and state in ('queued', 'failed') and next_attempt_at <= now()
        order by next_attempt_at limit ${limit} for update skip locked
      )
      returning id, channel, message_id, event_id, attempts, queued_at, extract(epoch from now() - tries_since)::float8 as age
    )
    select c.id, c.channel, c.attempts, c.age as "ageSeconds", c.queued_at as "queuedAt",
      case when m.id is not null
        then json_build_object('kind', m.kind, 'email', p.email, 'mobile', p.mobile, 'title', m.title, 'body', m.body, 'why', m.why) end as message,
      c.event_id as "eventId", case when v.id is not null
        then json_build_object('id', v.id, 'seq', v.seq, 'type', v.type, 'occurredAt', ${instantJson('v.occurred_at')},
          'subject', v.subject, 'data', v.data) end as event
    from claimed c left join messages m on m.id = c.message_id left join people p on p.id = m.person_id
    left join event_log v on v.id = c.event_id`.execute(db)
  return rows.map((row) => ({ ...row, event: row.event && toCloudEvent(row.event) }))
}

/** Puts back what was claimed and not tried. */
export const putBack = async (db: Kysely<DB>, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await sql`update deliveries set state = 'queued', attempts = attempts - 1 where id = any(${ids}) and state = 'sending'`.execute(
    db,
  )
}

/** Notes outcomes of a lane, and what its other side answered last. */
export async function saveOutcomes(db: Kysely<DB>, lane: string, outcomes: readonly Outcome[]): Promise<void> {
  const last = outcomes.at(-1)
  if (last === undefined) return
  const [hasSent, hasFailed] = [
    outcomes.some(({ state }) => state === 'sent'),
    outcomes.some(({ state }) => state !== 'sent'),
  ]
  await sql`
    with settled as (
      update deliveries d set state = o.state, answer = o.answer,
        sent_at = case when o.state = 'sent' then now() end,
        next_attempt_at = now() + make_interval(secs => o.pause)
      from unnest(${outcomes.map(({ id }) => id)}::uuid[], ${outcomes.map(({ attempts }) => attempts)}::int[],
        ${outcomes.map(({ state }) => state)}::text[], ${outcomes.map(({ answer }) => answer)}::text[],
        ${outcomes.map(({ pauseSeconds }) => pauseSeconds)}::int[]) as o (id, attempts, state, answer, pause)
      where d.id = o.id and d.attempts = o.attempts and d.state = 'sending'
    )
    update lanes set last_answer = ${last.answer},
      last_sent_at = case when ${hasSent} then now() else last_sent_at end,
      last_failed_at = case when ${hasFailed} then now() else last_failed_at end
    where lane = ${lane}`.execute(db)
}

/** Queues a test of an endpoint. */
export const insertTest = async (db: Kysely<DB>, id: string, endpointId: string, why: string): Promise<void> => {
  await sql`insert into deliveries (id, channel, endpoint_id, state, why)
    select ${id}, kind, id, 'queued', ${why} from endpoints where id = ${endpointId}`.execute(db)
}

/** Queues again what was given up, with all of its attempts to come. @returns how many */
export async function replayDeliveries(
  db: Kysely<DB>,
  which: { readonly id: string } | { readonly endpointId: string; readonly since: string },
): Promise<number> {
  const chosen =
    'id' in which ? sql`id = ${which.id}` : sql`endpoint_id = ${which.endpointId} and queued_at >= ${which.since}`
  const { numAffectedRows = 0n } = await sql`
    update deliveries set state = 'queued', attempts = 0, tries_since = now(), next_attempt_at = now()
    where state = 'givenUp' and ${chosen}`.execute(db)
  return Number(numAffectedRows)
}
