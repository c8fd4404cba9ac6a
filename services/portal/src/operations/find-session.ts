import type { Database } from '@tiaodu/database'
import type { DB } from '../generated/tables.ts'
import { isLive } from '../repositories/sessions.repository.ts'

/** Whether a session was opened here and nobody signed out of it; its token says by itself when it expires. */
export const isSessionLive = (database: Database<DB>, sessionId: string): Promise<boolean> =>
  isLive(database, sessionId)
