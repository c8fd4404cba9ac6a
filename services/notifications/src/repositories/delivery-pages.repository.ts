import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { Delivery, QueryOf, routes } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const deliveryJson = sql`json_build_object('id', d.id, 'channel', d.channel, 'state', d.state, 'messageId', d.message_id,
  'eventId', d.event_id, 'endpointId', d.endpoint_id, 'recipient', coalesce(p.name, e.name),
  'title', coalesce(m.title, v.type, '测试'), 'why', coalesce(d.why, m.why, '端点“' || e.name || '”订阅了这类事件'), 'attempts', d.attempts, 'answer', d.answer,
  'queuedAt', ${instantJson('d.queued_at')},
  'nextAttemptAt', case when d.state in ('queued', 'failed') then ${instantJson('d.next_attempt_at')} end,
  'sentAt', ${instantJson('d.sent_at')})`

const from = sql`deliveries d left join messages m on m.id = d.message_id left join people p on p.id = m.person_id
  left join endpoints e on e.id = d.endpoint_id left join event_log v on v.id = d.event_id`

// A message is where its person is; what an endpoint is told is where that was registered.
const within = ({ regionPrefix }: Reach) => sql`coalesce(p.region_code, e.region_code, '') like ${`${regionPrefix}%`}`

const is = (column: string, value: string | undefined): RawBuilder<unknown> =>
  value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`

/** Deliveries within reach, newest first, one more than the page holds. */
export async function listDeliveries(
  db: Kysely<DB>,
  { channel, state, endpointId, personId }: Omit<QueryOf<typeof routes.listDeliveries>, 'cursor' | 'limit'>,
  reach: Reach,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<Delivery[]> {
  const { rows } = await sql<{ item: Delivery }>`
    select ${deliveryJson} as item from ${from}
    where ${within(reach)} and ${is('d.channel', channel)} and ${is('d.state', state)}
      and ${is('d.endpoint_id', endpointId)} and ${is('m.person_id', personId)}
      and ${after?.[0] === undefined ? sql`true` : sql`d.id < ${after[0]}`}
    order by d.id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}

export async function findDelivery(db: Kysely<DB>, id: string, reach: Reach): Promise<Delivery | undefined> {
  const { rows } = await sql<{ item: Delivery }>`
    select ${deliveryJson} as item from ${from} where d.id = ${id} and ${within(reach)}`.execute(db)
  return rows[0]?.item
}
