import type { Database } from '@tiaodu/database'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { isSessionLive } from '../operations/find-session.ts'

/**
 * Before any route: the cookie of a browser becomes the token that the services understand, and the token of a session
 * that was signed out of is taken away, so that the route finds nobody signed in.
 */
export function admitSessions(app: FastifyInstance, database: Database<DB>, cookieName: string): void {
  const { tokens } = app.parts
  app.addHook('onRequest', async (request) => {
    // By the route and not by the address, which can be written in many ways.
    if (!request.routeOptions.url?.startsWith('/api/v1/')) return
    const cookie = request.cookies[cookieName]
    if (request.headers.authorization === undefined && cookie !== undefined) {
      request.headers.authorization = `Bearer ${cookie}`
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const claims = token === undefined ? undefined : await tokens.verify(token)
    if (claims === undefined || claims.sessionId === null) return
    if (!(await isSessionLive(database, claims.sessionId))) delete request.headers.authorization
  })
}
