import type { EventStream } from '@tiaodu/service'
import type { InboxNews } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { readNewest } from '../repositories/inbox.repository.ts'
import type { InboxWatch } from './watch-inboxes.ts'

const MOST_ITEMS = 20

/** Reads what is new since the time before, if anything is; the first time, since the message that the reader had last over an earlier connection. */
function createNews(db: Kysely<DB>, personId: string, lastId: string | undefined) {
  let told: { readonly ids: ReadonlySet<string>; readonly unreadCount: number } | undefined
  return async (): Promise<{ id: string | undefined; data: InboxNews } | undefined> => {
    const { unreadCount, newest } = await readNewest(db, personId, MOST_ITEMS)
    const before = told
    // By what was told and not by the order of ids: two messages may be committed in another order than they were numbered.
    const isNew = (id: string) => (before === undefined ? lastId !== undefined && id > lastId : !before.ids.has(id))
    const items = newest.filter(({ id }) => isNew(id)).reverse()
    if (before?.unreadCount === unreadCount && items.length === 0) return undefined
    told = { ids: new Set(newest.map(({ id }) => id)), unreadCount }
    return { id: newest[0]?.id, data: { unreadCount, items } }
  }
}

/**
 * Tells a reader of their inbox at once and at every change: how many messages are unread, and those that are new.
 * @throws too-many-requests when the person reads over too many connections already
 */
export async function followInbox(
  db: Kysely<DB>,
  inboxes: InboxWatch,
  { personId, lastId }: { personId: string; lastId: string | undefined },
  open: () => EventStream,
): Promise<void> {
  const read = createNews(db, personId, lastId)
  let stream: EventStream | undefined
  let isReading = false
  let isStale = false
  const tell = async () => {
    isStale = true
    if (isReading || stream === undefined) return
    isReading = true
    try {
      while (isStale && !stream.closed.aborted) {
        isStale = false
        const news = await read()
        if (news !== undefined) stream.send({ name: 'inbox', ...news })
      }
    } catch {
      // Without the database nobody is told anything; once it is back everybody is asked to look again.
    } finally {
      isReading = false
    }
  }
  const end = inboxes.add(personId, () => void tell())
  stream = open()
  stream.closed.addEventListener('abort', end)
  await tell()
}
