import type { Reach } from '@tiaodu/service'
import { ProblemError, type QueryOf, type ResponseOf, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toCloudEvent } from '../domain/published-events.ts'
import type { DB } from '../generated/tables.ts'
import { findHead, listEvents } from '../repositories/event-log.repository.ts'

// Somebody who reaches little of what happens is answered after so many events, and asks again.
const MOST_LOOKED_AT = 10_000

/** Business events within reach after a position, oldest first. @throws cursor-expired */
export async function readEvents(
  db: Kysely<DB>,
  { after, limit = 100, type }: QueryOf<typeof routes.listEvents>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listEvents>> {
  const head = await findHead(db)
  const from = after === undefined ? head.deletedThrough : Number(after)
  if (from < head.deletedThrough) throw new ProblemError('cursor-expired')
  const upTo = Math.min(head.seq, from + MOST_LOOKED_AT)
  const rows = await listEvents(db, { after: from, upTo, limit: limit + 1 }, reach, type)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1)?.seq : undefined
  const nextAfter = last ?? Math.max(upTo, from)
  return { items: items.map(toCloudEvent), nextAfter: String(nextAfter), hasMore: nextAfter < head.seq }
}
