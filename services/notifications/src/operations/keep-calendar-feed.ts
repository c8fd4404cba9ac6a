import { createHash, randomBytes } from 'node:crypto'
import type { Seal } from '@tiaodu/service'
import { type Actor, type CalendarAddress, ProblemError, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type Deadline, type KeptElsewhere, toDeadlines } from '../domain/deadlines.ts'
import type { DB } from '../generated/tables.ts'
import { deleteFeed, findFeed, readFeed, type StoredFeed, saveFeed } from '../repositories/calendar-feeds.repository.ts'
import { listDeadlines } from '../repositories/deadlines.repository.ts'

/** What the feeds of people stand on. */
export interface CalendarParts {
  readonly db: Kysely<DB>
  /** An address can be shown again to its person; the table alone gives it to nobody. */
  readonly seal: Seal
  /** What other services keep of what falls due for a person. @throws unavailable */
  askElsewhere(actor: Actor): Promise<KeptElsewhere>
  /** Writes deadlines as a calendar. */
  write(deadlines: readonly Deadline[], now: Date): string
}

const SECRET_BYTES = 32
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

const toAddress = ({ sealed, createdAt, lastReadAt }: StoredFeed, seal: Seal): CalendarAddress => ({
  path: `/api/v1/calendars/${seal.open<string>(sealed)}.ics`,
  createdAt: createdAt.toISOString(),
  lastReadAt: lastReadAt?.toISOString() ?? null,
})

/** Where the caller's calendar subscribes; null when they have no address. */
export async function getAddress({ db, seal }: CalendarParts, { personId }: Actor): Promise<CalendarAddress | null> {
  const feed = personId === null ? undefined : await findFeed(db, personId)
  return feed === undefined ? null : toAddress(feed, seal)
}

/** A new address for the caller; the one before is dead. @throws not-found for an account that is nobody in person */
export async function renewAddress(
  { db, seal }: CalendarParts,
  { personId }: Actor,
  now: Date,
): Promise<CalendarAddress> {
  if (personId === null)
    throw refuse('not-found', 'personId', { zh: '该账号不是人员账号', en: 'This account is nobody in person' })
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const feed = { sealed: seal.close(secret), createdAt: now, lastReadAt: null }
  await saveFeed(db, personId, { hash: hashOf(secret), sealed: feed.sealed }, now)
  return toAddress(feed, seal)
}

/** Ends the caller's feed. */
export const closeFeed = async ({ db }: CalendarParts, { personId }: Actor): Promise<null> => {
  if (personId !== null) await deleteFeed(db, personId)
  return null
}

/** The calendar at a secret address. @throws not-found, also when its person has left; unavailable rather than half of it */
export async function readCalendar(
  { db, askElsewhere, write }: CalendarParts,
  file: string,
  now: Date,
): Promise<string> {
  const reader = await readFeed(db, hashOf(file.replace(/\.ics$/, '')), now)
  if (reader === undefined) throw new ProblemError('not-found')
  const [known, elsewhere] = [await listDeadlines(db, reader.personId, now), await askElsewhere(reader)]
  return write(toDeadlines(known, elsewhere, now), now)
}
