import { assertMigrated, connect } from '@tiaodu/database'
import { createRelay, createTransport } from '@tiaodu/messaging'
import { createApp, createClock, createLogger, createTokens, run } from '@tiaodu/service'
import { migrations } from '../migrations/index.ts'
import { readProjectsConfig } from './config.ts'
import type { DB } from './generated/tables.ts'

await run(async () => {
  const config = readProjectsConfig()
  const logger = createLogger('projects-worker', config.LOG_LEVEL)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'projects', poolSize: 3 })
  await assertMigrated(database.kysely, 'projects', migrations)
  const transport = createTransport({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, logger })
  await transport.check()
  const relay = createRelay({ db: database.kysely, transport, logger })
  const relaying = relay.start()
  const checks = { database: async () => void (await database.pool.query('select 1')), queue: transport.check }
  const health = createApp({
    logger,
    tokens: createTokens(config.TOKEN_SECRET),
    clock: createClock(config.CLOCK_FILE),
    checks,
  })
  await health.listen({ host: config.HOST, port: config.WORKER_PORT })
  return {
    logger,
    async close() {
      await relaying.stop()
      await Promise.all([relay.close(), health.close()])
      await database.close()
    },
  }
})
