import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import type { Database } from '@tiaodu/database'
import { type AppParts, createApp } from '@tiaodu/service'
import type { FastifyInstance } from 'fastify'
import { createPeopleChannel } from './channels/people.channel.ts'
import { createRegionsChannel } from './channels/regions.channel.ts'
import type { DB } from './generated/tables.ts'
import { createOpenApi } from './openapi.ts'
import { keepStreams } from './operations/keep-streams.ts'
import { mountAccounts } from './routes/accounts.routes.ts'
import { mountApiTokens } from './routes/api-tokens.routes.ts'
import { mountFrontDoor, type Upstreams } from './routes/front-door.routes.ts'
import { mountOpenApi } from './routes/openapi.routes.ts'
import { mountPage, type PageOptions } from './routes/page.routes.ts'
import { admitSessions } from './routes/session-tokens.ts'
import { mountSessions, SESSION_COOKIE } from './routes/sessions.routes.ts'
import { admitApiTokens } from './routes/token-calls.ts'

export interface PortalParts extends Omit<AppParts, 'findPlace' | 'checks'> {
  readonly upstreams: Upstreams
  readonly page: PageOptions
}

const SECURITY = {
  contentSecurityPolicy: {
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      // Element Plus and ECharts place their pop-ups with style attributes.
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'frame-ancestors': ["'none'"],
      // Over plain http in an office network there is nothing to upgrade to.
      'upgrade-insecure-requests': null,
    },
  },
}

function checksOf(upstreams: Upstreams, { pool }: Database<DB>): NonNullable<AppParts['checks']> {
  const services = Object.entries(upstreams).map(([service, url]) => [
    service,
    async () => {
      const { status } = await fetch(new URL('/healthz', url))
      if (status !== 200) throw new Error(`answered ${status}`)
    },
  ])
  return { database: async () => void (await pool.query('select 1')), ...Object.fromEntries(services) }
}

/** The front door as a value: sign-in, every route of the other services, the API's document, the page. */
export async function createPortalApp(parts: PortalParts, database: Database<DB>): Promise<FastifyInstance> {
  const { upstreams, page, ...rest } = parts
  const app = createApp({ ...rest, checks: checksOf(upstreams, database) })
  await app.register(helmet, SECURITY)
  await app.register(cookie)
  admitApiTokens(app, database)
  admitSessions(app, database, SESSION_COOKIE)
  const findPerson = createPeopleChannel(upstreams.projects, parts.tokens)
  mountSessions(app, database, findPerson)
  mountAccounts(app, database, findPerson)
  mountApiTokens(app, database, createRegionsChannel(upstreams.projects, parts.tokens))
  const streams = keepStreams(database)
  // They end before the front door closes: nobody else waits for them.
  app.addHook('preClose', async () => streams.cutAll())
  app.addHook('onClose', () => streams.close())
  mountFrontDoor(app, upstreams, streams)
  await mountOpenApi(app, await createOpenApi())
  await mountPage(app, page)
  return app
}
