import { type Loop, startDoorbell, startLoop, type Transport } from '@tiaodu/messaging'
import type { Clock, Logger } from '@tiaodu/service'
import type { Kysely } from 'kysely'
import type { Ways } from './domain/channel-choice.ts'
import type { DB } from './generated/tables.ts'
import { type Channel, deliver } from './operations/deliver.ts'
import { sweepDeadlines } from './operations/sweep-deadlines.ts'
import { listDueDeliveries, markRung, requeueStuck } from './repositories/deliveries.repository.ts'

const MAILS_AT_ONCE = 4
const REQUEUE_MS = 10_000

/** Looks at what has fallen due, again and again; the table decides what that is, not the timer. */
export const startSweeping = (options: {
  db: Kysely<DB>
  clock: Clock
  ways: Ways
  logger: Logger
  everySeconds: number
}): Loop =>
  startLoop('sweep', options.everySeconds * 1_000, options.logger, async () => {
    const result = await sweepDeadlines(options.db, options.ways, options.clock.now())
    if (result.obligations > 0) options.logger.info(result, 'swept')
    return false
  })

/** Sends what is queued, and takes up again what a killed worker left half sent. */
export function startDelivering(options: { db: Kysely<DB>; transport: Transport; logger: Logger; channel: Channel }) {
  const { db, transport, logger, channel } = options
  const doorbell = startDoorbell({
    name: 'deliveries',
    transport,
    logger,
    concurrency: MAILS_AT_ONCE,
    ledger: {
      listDue: (limit) => listDueDeliveries(db, limit),
      markRung: (ids) => markRung(db, ids),
      perform: (id) => deliver(db, channel, id),
    },
  })
  const requeueing = startLoop('requeue', REQUEUE_MS, logger, async () => (await requeueStuck(db)) > 0)
  return {
    close: async () => {
      await Promise.all([doorbell.close(), requeueing.stop()])
    },
  }
}
