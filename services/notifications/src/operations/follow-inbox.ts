import type { EventStream } from '@tiaodu/service'
import type { InboxNews } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { readNewest } from '../repositories/inbox.repository.ts'
import type { InboxWatch } from './watch-inboxes.ts'

const MOST_ITEMS = 20

/** Reads what is new since the time before; the first time, since the message that the reader had last over an earlier connection. */
function createNews(db: Kysely<DB>, personId: string, lastId: string | undefined) {
  let known: ReadonlySet<string> | undefined
  return async (): Promise<{ id: string | undefined; data: InboxNews }> => {
    const { unreadCount, newest } = await readNewest(db, personId, MOST_ITEMS)
    const before = known
    // By what was told and not by the order of ids: two messages may be committed in another order than they were numbered.
    const isNew = (id: string) => (before === undefined ? lastId !== undefined && id > lastId : !before.has(id))
    known = new Set(newest.map(({ id }) => id))
    return { id: newest[0]?.id, data: { unreadCount, items: newest.filter(({ id }) => isNew(id)).reverse() } }
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
        stream.send({ name: 'inbox', ...(await read()) })
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
