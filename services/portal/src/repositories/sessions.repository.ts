import { type Database, prepare } from '@tiaodu/database'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

export interface SessionRow {
  readonly id: string
  readonly personId: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export const insertSession = async (db: Kysely<DB>, session: SessionRow): Promise<void> => {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      person_id: session.personId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** A person's sessions whose tokens have run out say nothing any more. */
export const deleteExpired = async (db: Kysely<DB>, personId: string, now: Date): Promise<void> => {
  await db.deleteFrom('sessions').where('person_id', '=', personId).where('expires_at', '<', now).execute()
}

export const revokeSession = async (db: Kysely<DB>, id: string, now: Date): Promise<void> => {
  // Every front door hears of it: streams of the session may go through any.
  await sql`
    with revoked as (update sessions set revoked_at = ${now} where id = ${id} and revoked_at is null returning id)
    select pg_notify('portal_sessions', id::text) from revoked`.execute(db)
}

const selectLive = prepare<{ id: string }, { id: string }>(
  'portal_session_live',
  (param) => sql`select id from sessions where id = ${param('id')}::uuid and revoked_at is null`,
)

/** Asked for every request that comes through the front door. */
export const isLive = async ({ pool }: Pick<Database<DB>, 'pool'>, id: string): Promise<boolean> =>
  (await selectLive(pool, { id })).length === 1
