import { assertMigrated, connect } from '@tiaodu/database'
import { createQueueBoard, createTransport } from '@tiaodu/messaging'
import { createClock, createLogger, createSeal, createTokens, run } from '@tiaodu/service'
import { QUEUES } from '@tiaodu/types'
import { migrations } from '../migrations/index.ts'
import { createNotificationsApp } from './app.ts'
import { createElsewhere } from './channels/elsewhere.channel.ts'
import { readNotificationsConfig } from './config.ts'
import type { DB } from './generated/tables.ts'

await run(async () => {
  const config = readNotificationsConfig()
  const logger = createLogger('notifications', config.LOG_LEVEL)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'notifications' })
  await assertMigrated(database.kysely, 'notifications', migrations)
  const transport = createTransport({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, logger })
  const queues = createQueueBoard({ names: QUEUES.notifications, db: database.kysely, transport, logger })
  const checks = { database: async () => void (await database.pool.query('select 1')) }
  const tokens = createTokens(config.TOKEN_SECRET)
  const parts = {
    logger,
    tokens,
    clock: createClock(config.CLOCK_FILE),
    checks,
    queues,
    askElsewhere: createElsewhere({ projectsUrl: config.PROJECTS_URL, investmentUrl: config.INVESTMENT_URL, tokens }),
    seal: createSeal(config.SEAL_SECRET ?? config.TOKEN_SECRET),
  }
  const app = createNotificationsApp(parts, database, config.SMTP_URL === undefined ? ['sms'] : ['email', 'sms'])
  app.addHook('onClose', async () => {
    await queues.close()
    await database.close()
  })
  await app.listen({ host: config.HOST, port: config.PORT })
  return { logger, close: () => app.close() }
})
