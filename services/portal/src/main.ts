import { basename, dirname, resolve } from 'node:path'
import { assertMigrated, connect } from '@tiaodu/database'
import { createClock, createLogger, createTokens, run } from '@tiaodu/service'
import { migrations } from '../migrations/index.ts'
import { createPortalApp } from './app.ts'
import { readPortalConfig } from './config.ts'
import type { DB } from './generated/tables.ts'

// From dist/src, where the build puts this file, and from src alike.
const isBuilt = basename(dirname(import.meta.dirname)) === 'dist'
const service = resolve(import.meta.dirname, isBuilt ? '../..' : '..')

await run(async () => {
  const config = readPortalConfig()
  const logger = createLogger('portal', config.LOG_LEVEL)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'portal' })
  await assertMigrated(database.kysely, 'portal', migrations)
  const app = await createPortalApp(
    {
      logger,
      tokens: createTokens(config.TOKEN_SECRET),
      clock: createClock(config.CLOCK_FILE),
      trustProxy: config.TRUST_PROXY?.split(',') ?? false,
      upstreams: {
        projects: config.PROJECTS_URL,
        investment: config.INVESTMENT_URL,
        notifications: config.NOTIFICATIONS_URL,
      },
      page: { directory: resolve(service, 'web/dist'), isDemo: config.DEMO },
    },
    database,
  )
  app.addHook('onClose', () => database.close())
  await app.listen({ host: config.HOST, port: config.PORT })
  return { logger, close: () => app.close() }
})
