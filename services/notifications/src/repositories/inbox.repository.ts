import { instantJson } from '@tiaodu/database'
import type { Delivery, InboxItem } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const itemJson = sql`json_build_object('id', m.id, 'kind', m.kind, 'title', m.title, 'body', m.body, 'period', m.period,
  'projectIds', m.project_ids, 'why', m.why, 'grounds', m.grounds, 'createdAt', ${instantJson('m.created_at')}, 'readAt', ${instantJson('m.read_at')})`

/** One person's messages, newest first, one more than the page holds. */
export async function listMessages(
  db: Kysely<DB>,
  personId: string,
  isUnreadOnly: boolean,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<InboxItem[]> {
  const { rows } = await sql<{ item: InboxItem }>`
    select ${itemJson} as item from messages m
    where m.person_id = ${personId} and (not ${isUnreadOnly}::boolean or m.read_at is null)
      and (${after?.[1] ?? null}::uuid is null or (m.created_at, m.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by m.created_at desc, m.id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}

export async function countUnread(db: Kysely<DB>, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from messages where person_id = ${personId} and read_at is null`.execute(db)
  return rows[0]?.count ?? 0
}

/** Marks one of a person's messages as read, once; undefined when the person has no such message. */
export async function markRead(
  db: Kysely<DB>,
  personId: string,
  id: string,
  now: Date,
): Promise<InboxItem | undefined> {
  const { rows } = await sql<{ item: InboxItem }>`
    with m as (
      update messages set read_at = coalesce(read_at, ${now}) where id = ${id} and person_id = ${personId} returning *
    ) select ${itemJson} as item from m`.execute(db)
  return rows[0]?.item
}

/** Deliveries, newest first, one more than the page holds. */
export async function listDeliveries(
  db: Kysely<DB>,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<Delivery[]> {
  const { rows } = await sql<{ item: Delivery }>`
    select json_build_object('id', d.id, 'messageId', d.message_id, 'channel', d.channel, 'state', d.state,
      'attempts', d.attempts, 'answer', d.answer, 'queuedAt', ${instantJson('d.queued_at')}, 'sentAt', ${instantJson('d.sent_at')}) as item
    from deliveries d where (${after?.[0] ?? null}::uuid is null or d.id < ${after?.[0] ?? null}::uuid)
    order by d.id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}
