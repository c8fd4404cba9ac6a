import { type Loop, startDoorbell, startLoop, type Transport } from '@tiaodu/messaging'
import type { Clock, Logger } from '@tiaodu/service'
import type { Kysely } from 'kysely'
import type { Ways } from './domain/channel-choice.ts'
import type { DB } from './generated/tables.ts'
import { forgetEvents, publishEvents } from './operations/keep-events.ts'
import { sweepDeadlines } from './operations/sweep-deadlines.ts'
import { type DeliveringParts, workLane } from './operations/work-lane.ts'
import { listDueLanes, markLanesRung } from './repositories/lanes.repository.ts'

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
    if (result.messages > 0 || result.alerts > 0) options.logger.info(result, 'swept')
    return false
  })

const LANES_AT_ONCE = 64

/** Sends what is queued, each lane by itself, and takes up again what a killed worker left half sent. */
export function startDelivering(
  options: Omit<DeliveringParts, 'stopping'> & { transport: Transport; logger: Logger },
): { close(): Promise<void> } {
  const { db, channels, transport, logger } = options
  const stopping = new AbortController()
  const names = Object.keys(channels)
  const doorbell = startDoorbell({
    name: 'deliveries',
    transport,
    logger,
    concurrency: LANES_AT_ONCE,
    ledger: {
      listDue: (limit) => listDueLanes(db, names, limit),
      markRung: (lanes) => markLanesRung(db, lanes),
      perform: (lane) => workLane({ ...options, stopping: stopping.signal }, lane),
    },
  })
  return {
    async close() {
      stopping.abort()
      await doorbell.close()
    },
  }
}

const PUBLISH_MS = 200
const FORGET_MS = 3_600_000

/** Publishes business events to integrators, and lets those go that were kept long enough. */
export function startPublishing(options: { db: Kysely<DB>; keptDays: number; logger: Logger }): Loop {
  const { db, keptDays, logger } = options
  const loops = [
    startLoop('publishing events', PUBLISH_MS, logger, () => publishEvents(db)),
    startLoop('forgetting events', FORGET_MS, logger, () => forgetEvents(db, keptDays, new Date())),
  ]
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) }
}
