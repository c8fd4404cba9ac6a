import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { createToken, endToken, type KnowsRegion, listCallPage, listTokenPage } from '../operations/manage-tokens.ts'

/** As sessions, tokens live by the machine's clock, also where time is simulated. */
export function mountApiTokens(app: FastifyInstance, { kysely }: Database<DB>, knowsRegion: KnowsRegion): void {
  const parts = { db: kysely, knowsRegion }
  mount(app, routes.listApiTokens, ({ query, reach }) => listTokenPage(kysely, query, reach, new Date()))
  mount(app, routes.createApiToken, ({ body, ...caller }) => createToken(parts, uuidv7(), body, caller, new Date()))
  mount(app, routes.listApiTokenCalls, ({ params, query, reach }) => listCallPage(kysely, params.id, query, reach))
  mount(app, routes.revokeApiToken, ({ params, ...caller }) => endToken(kysely, params.id, caller, new Date()))
}
