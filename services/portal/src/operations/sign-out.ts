import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { revokeSession } from '../repositories/sessions.repository.ts'

/** Ends a session; a token of a service has none. */
export async function signOut(db: Kysely<DB>, sessionId: string | null, now: Date): Promise<null> {
  if (sessionId !== null) await revokeSession(db, sessionId, now)
  return null
}
