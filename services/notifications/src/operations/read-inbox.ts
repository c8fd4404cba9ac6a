import { fromCursor, toPage } from '@tiaodu/service'
import { type Actor, type InboxItem, type QueryOf, type ResponseOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { countUnread, listMessages, markRead } from '../repositories/inbox.repository.ts'

// Whoever is not a person has no inbox: the nil UUID is nobody's.
const NOBODY = '00000000-0000-0000-0000-000000000000'
export const readerOf = ({ personId }: Actor) => personId ?? NOBODY

/** A page of the caller's own messages, with the count of unread ones. */
export async function listInboxPage(
  db: Kysely<DB>,
  actor: Actor,
  { cursor, limit = 20, unread = false }: QueryOf<typeof routes.listInbox>,
): Promise<ResponseOf<typeof routes.listInbox>> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'id']), limit }
  const items = await listMessages(db, readerOf(actor), unread, span)
  const page = toPage(items, limit, (item) => [item.createdAt, item.id])
  return { ...page, unreadCount: await countUnread(db, readerOf(actor)) }
}

/** Marks one of the caller's own messages as read. @throws not-found, also for somebody else's */
export async function readInboxItem(db: Kysely<DB>, actor: Actor, id: string, now: Date): Promise<InboxItem> {
  const item = await markRead(db, readerOf(actor), id, now)
  if (item === undefined) throw refuse('not-found', 'id', { zh: '您没有这条消息', en: 'You have no such message' })
  return item
}
