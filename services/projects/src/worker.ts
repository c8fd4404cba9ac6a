import { assertMigrated, connect } from '@tiaodu/database'
import { createQueueBoard, createRelay, createTransport, startDoorbell, startLoop } from '@tiaodu/messaging'
import { createApp, createClock, createLogger, createTokens, deadLetterGauge, run } from '@tiaodu/service'
import { QUEUES } from '@tiaodu/types'
import { migrations } from '../migrations/index.ts'
import { readProjectsConfig } from './config.ts'
import type { DB } from './generated/tables.ts'
import { runImport } from './operations/run-import.ts'
import { tellSlips } from './operations/tell-slips.ts'
import { isUnreadable, readRows } from './readers/index.ts'
import { listDueImports, markRung } from './repositories/imports.repository.ts'

await run(async () => {
  const config = readProjectsConfig()
  const logger = createLogger('projects-worker', config.LOG_LEVEL)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'projects', poolSize: 6 })
  const db = database.kysely
  const clock = createClock(config.CLOCK_FILE)
  await assertMigrated(db, 'projects', migrations)
  const transport = createTransport({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, logger })
  await transport.check()
  const queues = createQueueBoard({ names: QUEUES.projects, db, transport, logger })
  const relay = createRelay({ db, transport, logger })
  const relaying = relay.start()
  const importing = startDoorbell({
    name: 'imports',
    transport,
    logger,
    concurrency: 1,
    ledger: {
      listDue: (limit) => listDueImports(db, limit),
      markRung: (ids) => markRung(db, ids),
      perform: (id) => runImport(database, id, { readRows, isUnreadable }, clock.now),
    },
  })
  const telling = startLoop('telling slips', config.SWEEP_SECONDS * 1_000, logger, async () => {
    const steps = await tellSlips(db, clock.now())
    if (steps > 0) logger.info({ steps }, 'told of steps that have slipped')
    return steps > 0
  })
  const checks = { database: async () => void (await database.pool.query('select 1')), queue: transport.check }
  const health = createApp({
    logger,
    tokens: createTokens(config.TOKEN_SECRET),
    clock,
    checks,
    gauges: [deadLetterGauge(queues)],
  })
  await health.listen({ host: config.HOST, port: config.WORKER_PORT })
  return {
    logger,
    async close() {
      await Promise.all([relaying.stop(), importing.close(), telling.stop()])
      await Promise.all([relay.close(), queues.close(), health.close()])
      await database.close()
    },
  }
})
