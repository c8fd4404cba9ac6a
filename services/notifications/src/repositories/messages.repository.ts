import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { chooseWays, type Reader, type Sending, type Ways } from '../domain/channel-choice.ts'
import type { Wording } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { listReaders } from './preferences.repository.ts'

/** A message for one person, and how it may go out. */
export interface Addressed {
  readonly personId: string
  readonly wording: Wording
  readonly sending: Sending
}

interface QueuedDelivery {
  readonly id: string
  readonly messageId: string
  readonly channel: string
  readonly waitSeconds: number
}

const ROWS_PER_INSERT = 500
const NOBODY: Reader = { role: 'filer', preferences: [] }

// The gateway for text messages that is nearest to a person: registered for their own region, else for one above it.
const prefix = sql`regexp_replace(e.region_code, '(00){1,2}$', '')`
const gateway = sql`(select e.id from endpoints e where e.kind = 'sms' and e.state = 'active' and p.region_code like ${prefix} || '%'
  order by length(${prefix}) desc, e.id limit 1)`

/** Queues deliveries, each where its person has an address and this installation a way to it. */
async function queueDeliveries(db: Kysely<DB>, deliveries: readonly QueuedDelivery[]): Promise<void> {
  await sql`
    insert into deliveries (id, message_id, endpoint_id, channel, state, next_attempt_at)
    select d.id, d.message_id, g.id, d.channel, 'queued', now() + make_interval(secs => d.wait)
    from unnest(${deliveries.map(({ id }) => id)}::uuid[], ${deliveries.map(({ messageId }) => messageId)}::uuid[],
      ${deliveries.map(({ channel }) => channel)}::text[], ${deliveries.map(({ waitSeconds }) => waitSeconds)}::int[])
      as d (id, message_id, channel, wait)
    join messages m on m.id = d.message_id join people p on p.id = m.person_id
    left join lateral (select ${gateway} as id where d.channel = 'sms' and p.mobile is not null) g on true
    where (d.channel = 'email' and p.email is not null) or g.id is not null`.execute(db)
}

/** Puts messages into inboxes and queues what goes out by the ways that each person prefers. */
export async function insertMessages(
  trx: Transaction<DB>,
  messages: readonly Addressed[],
  ways: Ways,
  now: Date,
): Promise<void> {
  for (let start = 0; start < messages.length; start += ROWS_PER_INSERT) {
    const batch = messages.slice(start, start + ROWS_PER_INSERT).map((message) => ({ ...message, id: uuidv7() }))
    const rows = batch.map(({ id, personId, wording }) => ({
      id,
      person_id: personId,
      kind: wording.kind,
      title: wording.title,
      body: wording.body,
      period: wording.period,
      project_ids: wording.projectIds,
      order_ids: wording.orderIds ?? [],
      why: wording.why,
      grounds: JSON.stringify(wording.grounds),
      created_at: now,
      read_at: null,
    }))
    await trx.insertInto('messages').values(rows).execute()
    const readers = await listReaders(trx, [...new Set(batch.map(({ personId }) => personId))])
    const deliveries = batch.flatMap(({ id: messageId, personId, wording, sending }) =>
      chooseWays(wording.kind, sending, readers.get(personId) ?? NOBODY, ways, now).map((way) => ({
        ...way,
        id: uuidv7(),
        messageId,
      })),
    )
    if (deliveries.length > 0) await queueDeliveries(trx, deliveries)
  }
}
