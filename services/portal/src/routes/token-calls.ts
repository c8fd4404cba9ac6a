import type { Database } from '@tiaodu/database'
import type { FastifyInstance } from 'fastify'
import { isApiToken } from '../domain/api-token.ts'
import type { DB } from '../generated/tables.ts'
import { createAdmission, type KnownToken } from '../operations/admit-token.ts'
import { keepCalls } from '../operations/keep-calls.ts'

declare module 'fastify' {
  interface FastifyRequest {
    apiToken: KnownToken | null
  }
}

/**
 * Before any route: the token of another system becomes the one that the services understand. Each call is written to
 * the log, under the id of the request that the service behind is told, and counted by day.
 */
export function admitApiTokens(app: FastifyInstance, database: Database<DB>): void {
  const admission = createAdmission(database, app.parts.tokens)
  const ledger = keepCalls(database.kysely, (error) => app.log.warn({ err: error }, 'calls are not counted yet'))
  app.decorateRequest('apiToken', null)
  app.addHook('onRequest', async (request) => {
    if (!request.routeOptions.url?.startsWith('/api/v1/')) return
    // Of the header alone: a cookie comes along without anybody wanting it.
    const secret = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (secret === undefined || !isApiToken(secret)) return
    request.apiToken = await admission.find(secret)
    request.headers.authorization = `Bearer ${await admission.admit(request.apiToken, new Date())}`
  })
  app.addHook('onResponse', async ({ apiToken, log, method, routeOptions, params }, { statusCode }) => {
    if (apiToken === null) return
    const { id: tokenId, prefix } = apiToken
    const call = { tokenId, method, route: routeOptions.url ?? '' }
    log.info({ ...call, prefix, of: (params as { id?: string } | null)?.id, statusCode }, 'an API token called')
    ledger.note({ ...call, status: statusCode }, new Date())
  })
  // While the database is there; what is under way after it is in the log alone.
  app.addHook('preClose', () => ledger.close())
}
