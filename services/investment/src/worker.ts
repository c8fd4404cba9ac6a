import { assertMigrated, connect } from '@tiaodu/database'
import { createQueueBoard, createRelay, createTransport, startConsumer, startLoop } from '@tiaodu/messaging'
import { createApp, createClock, createLogger, createTokens, deadLetterGauge, run } from '@tiaodu/service'
import { QUEUES } from '@tiaodu/types'
import { migrations } from '../migrations/index.ts'
import { readInvestmentConfig } from './config.ts'
import { createHandlers } from './consumers/investment.consumer.ts'
import type { DB } from './generated/tables.ts'
import { foldOnce } from './operations/fold-rollups.ts'
import { openDueCycle } from './operations/open-cycle.ts'
import { countDifferences, reconcileDaily } from './operations/reconcile-daily.ts'
import { tellDifficulties } from './operations/tell-difficulties.ts'

// Whoever reads folds what is marked: the worker only sees to it that there is little left to do.
const FOLD_MS = 1_000

await run(async () => {
  const config = readInvestmentConfig()
  const logger = createLogger('investment-worker', config.LOG_LEVEL)
  const clock = createClock(config.CLOCK_FILE)
  const database = connect<DB>({ url: config.DATABASE_URL, schema: 'investment', poolSize: 6 })
  const db = database.kysely
  await assertMigrated(db, 'investment', migrations)
  const transport = createTransport({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL, logger })
  await transport.check()
  const queues = createQueueBoard({ names: QUEUES.investment, db, transport, logger })
  const relay = createRelay({ db, transport, logger })
  const relaying = relay.start()
  const consumer = startConsumer({ name: 'investment', db, transport, handlers: createHandlers(clock), logger })
  const schedule = startLoop('opening cycles', config.SWEEP_SECONDS * 1_000, logger, async () => {
    if (await openDueCycle(db, clock.now(), clock.isSimulated)) logger.info('opened the cycle of the running month')
    return false
  })
  const folding = startLoop('folding roll-ups', FOLD_MS, logger, () => foldOnce(db, clock.now()))
  const telling = startLoop('telling of difficulties', config.SWEEP_SECONDS * 1_000, logger, async () => {
    const difficulties = await tellDifficulties(db, clock.now())
    if (difficulties > 0) logger.info({ difficulties }, 'told of difficulties past their due day')
    return difficulties > 0
  })
  const proving = startLoop('reconciling', config.SWEEP_SECONDS * 1_000, logger, async () => {
    const proof = await reconcileDaily(db, clock.now(), config.RECONCILE_HOUR)
    if (proof === undefined) return false
    const { reconciledOn, differenceCount, durationMs } = proof
    if (differenceCount === 0) logger.info({ reconciledOn, durationMs }, 'every roll-up equals the sum of its reports')
    else logger.error({ reconciledOn, durationMs, differenceCount }, 'roll-ups differ from the sum of their reports')
    return false
  })
  const gauges = [
    {
      name: 'rollup_differences',
      help: 'Roll-ups that were not the sum of their reports when the last daily proof was made',
      read: () => countDifferences(db),
    },
    deadLetterGauge(queues),
  ]
  const checks = { database: async () => void (await database.pool.query('select 1')), queue: transport.check }
  const health = createApp({ logger, tokens: createTokens(config.TOKEN_SECRET), clock, checks, gauges })
  await health.listen({ host: config.HOST, port: config.WORKER_PORT })
  return {
    logger,
    async close() {
      await Promise.all([
        relaying.stop(),
        schedule.stop(),
        folding.stop(),
        telling.stop(),
        proving.stop(),
        consumer.close(),
      ])
      await Promise.all([relay.close(), queues.close(), health.close()])
      await database.close()
    },
  }
})
