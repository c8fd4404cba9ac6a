import { instantJson } from '@tiaodu/database'
import type { InboxItem } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const itemJson = sql`json_build_object('id', m.id, 'kind', m.kind, 'title', m.title, 'body', m.body, 'period', m.period,
  'projectIds', m.project_ids, 'orderIds', m.order_ids, 'why', m.why, 'grounds', m.grounds, 'createdAt', ${instantJson('m.created_at')}, 'readAt', ${instantJson('m.read_at')})`

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

/** A person's newest messages, newest first, and how many of all are unread, as of one moment. */
export async function readNewest(
  db: Kysely<DB>,
  personId: string,
  limit: number,
): Promise<{ unreadCount: number; newest: InboxItem[] }> {
  const { rows } = await sql<{ unreadCount: number; newest: InboxItem[] }>`
    select (select count(*) from messages where person_id = ${personId} and read_at is null) as "unreadCount",
      (select coalesce(json_agg(${itemJson} order by m.id desc), '[]') from
        (select * from messages where person_id = ${personId} order by id desc limit ${limit}) as m) as newest`.execute(
    db,
  )
  return rows[0] ?? { unreadCount: 0, newest: [] }
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
