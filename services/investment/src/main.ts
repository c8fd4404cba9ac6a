import { assertMigrated, connect } from '@tiaodu/database'
import { createQueueBoard, createTransport } from '@tiaodu/messaging'
import { createClock, createLogger, createTokens, run } from '@tiaodu/service'
import { QUEUES } from '@tiaodu/types'
import { migrations } from '../migrations/index.ts'
import { createInvestmentApp } from './app.ts'
import { readInvestmentConfig } from './config.ts'
import type { DB } from './generated/tables.ts'

await run(async () => {
  const config = readInvestmentConfig()
  const logger = createLogger('investment', config.LOG_LEVEL)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'investment' })
  await assertMigrated(database.kysely, 'investment', migrations)
  const transport = createTransport({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, logger })
  const queues = createQueueBoard({ names: QUEUES.investment, db: database.kysely, transport, logger })
  const checks = { database: async () => void (await database.pool.query('select 1')) }
  const parts = {
    logger,
    tokens: createTokens(config.TOKEN_SECRET),
    clock: createClock(config.CLOCK_FILE),
    checks,
    queues,
  }
  const app = createInvestmentApp(parts, database)
  app.addHook('onClose', async () => {
    await queues.close()
    await database.close()
  })
  await app.listen({ host: config.HOST, port: config.PORT })
  return { logger, close: () => app.close() }
})
