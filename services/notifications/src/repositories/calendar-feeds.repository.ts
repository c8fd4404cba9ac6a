import type { Actor } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** The address of one person as it is kept. */
export interface StoredFeed {
  readonly sealed: string
  readonly createdAt: Date
  readonly lastReadAt: Date | null
}

/** The person whose feed it is, as they sign in. */
type FeedReader = Actor & { readonly personId: string }

export async function findFeed(db: Kysely<DB>, personId: string): Promise<StoredFeed | undefined> {
  const { rows } = await sql<StoredFeed>`
    select sealed, created_at as "createdAt", last_read_at as "lastReadAt" from calendar_feeds where person_id = ${personId}`.execute(
    db,
  )
  return rows[0]
}

/** Keeps the address of a person in place of the one before. */
export const saveFeed = async (
  db: Kysely<DB>,
  personId: string,
  { hash, sealed }: { readonly hash: string; readonly sealed: string },
  now: Date,
): Promise<void> => {
  await sql`insert into calendar_feeds (person_id, secret_hash, sealed, created_at) values (${personId}, ${hash}, ${sealed}, ${now})
    on conflict (person_id) do update set secret_hash = excluded.secret_hash, sealed = excluded.sealed,
      created_at = excluded.created_at, last_read_at = null`.execute(db)
}

export const deleteFeed = async (db: Kysely<DB>, personId: string): Promise<void> => {
  await sql`delete from calendar_feeds where person_id = ${personId}`.execute(db)
}

/** The person in office whose address has this hash; notes, once an hour, that it was read. */
export async function readFeed(db: Kysely<DB>, hash: string, now: Date): Promise<FeedReader | undefined> {
  const { rows } = await sql<FeedReader>`
    with feed as (
      select p.* from calendar_feeds f join people p on p.id = f.person_id and not p.has_left where f.secret_hash = ${hash}
    ), noted as (
      update calendar_feeds c set last_read_at = ${now} from feed f
      where c.person_id = f.id and (c.last_read_at is null or c.last_read_at <= ${now}::timestamptz - interval '1 hour')
    )
    select id as "personId", name, role, unit_id as "unitId", region_code as "regionCode" from feed`.execute(db)
  return rows[0]
}
