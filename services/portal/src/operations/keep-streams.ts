import type { ServerResponse } from 'node:http'
import type { Database } from '@tiaodu/database'
import type { Claims } from '@tiaodu/service'
import { ProblemError } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { isSessionLive } from './find-session.ts'

/** Streams that go through this process. */
export interface LiveStreams {
  /** Cuts a stream when its session is signed out of, wherever that happens, or runs out. @throws not-signed-in */
  keep(stream: ServerResponse, claims: Claims): Promise<void>
  /** Cuts all of them: their readers come back. */
  cutAll(): void
  close(): Promise<void>
}

const DAY_MS = 86_400_000

export function keepStreams(database: Database<DB>): LiveStreams {
  const open = new Map<ServerResponse, string | null>()
  const cut = (sessionId: string) => {
    for (const [stream, its] of open) if (its === sessionId) stream.destroy()
  }
  const cutUnlessLive = async (sessionId: string) => {
    if (!(await isSessionLive(database, sessionId))) cut(sessionId)
  }
  const listening = database.listen('portal_sessions', {
    onWord: cut,
    onGap() {
      // While the database is away nobody signs out; the next gap asks again.
      for (const sessionId of new Set(open.values())) if (sessionId !== null) cutUnlessLive(sessionId).catch(() => {})
    },
  })
  return {
    async keep(stream, { sessionId, expiresAt }) {
      open.set(stream, sessionId)
      const expiry = setTimeout(() => stream.destroy(), Math.min(expiresAt * 1_000 - Date.now(), DAY_MS))
      stream.once('close', () => {
        clearTimeout(expiry)
        open.delete(stream)
      })
      // Whoever signed out before it was kept was not heard.
      if (sessionId !== null && !(await isSessionLive(database, sessionId))) throw new ProblemError('not-signed-in')
    },
    cutAll() {
      for (const stream of open.keys()) stream.destroy()
    },
    close: () => listening.close(),
  }
}
