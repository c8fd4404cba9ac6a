import type { AnyKysely } from '@tiaodu/database'
import { type ConsumerName, type EventName, events, subscriptions } from '@tiaodu/types'
import type { Queue } from 'bullmq'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { type Loop, startLoop } from './loop.ts'
import type { MessagingTables } from './tables.ts'
import { withTimeLimit } from './time-limit.ts'
import type { Transport } from './transport.ts'

const BATCH = 200
const POLL_MS = 200
const ADD_LIMIT_MS = 2_000
const CONFIRM_MS = 60_000

interface OutboxRow {
  readonly id: string
  readonly name: EventName
  readonly payload: unknown
  readonly occurred_at: Date
  readonly rings: number
}

const consumersOf = (name: EventName): readonly ConsumerName[] => subscriptions[name]

const CONSUMERS = [...new Set(Object.values(subscriptions).flat())]

/** A job id is used once: BullMQ silently ignores one it still keeps. */
const jobIdOf = (row: OutboxRow) => (row.rings === 0 ? row.id : `${row.id}-${row.rings}`)

const toJob = (row: OutboxRow) => {
  const { attempts, backoffMs } = events[row.name].delivery
  return {
    name: row.name,
    data: { id: row.id, name: row.name, occurredAt: row.occurred_at.toISOString(), payload: row.payload },
    opts: { jobId: jobIdOf(row), attempts, backoff: { type: 'exponential', delay: backoffMs } },
  }
}

/**
 * Takes events from the outbox to the queues of the services that subscribed to them.
 * `publish` moves one batch; `confirm` looks after a minute whether each job was done and rings again for those that
 * the queue has lost, so that a flushed Redis costs a minute and loses nothing.
 */
export function createRelay(options: { db: AnyKysely; transport: Transport; logger: Logger }) {
  const { transport, logger } = options
  const db: Kysely<MessagingTables> = options.db
  const queues = new Map<ConsumerName, Queue>()
  const queueOf = (consumer: ConsumerName) => {
    const queue = queues.get(consumer) ?? transport.queue(consumer)
    queues.set(consumer, queue)
    return queue
  }

  const publish = () =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<OutboxRow>`
        select id, name, payload, occurred_at, rings from outbox
        where published_at is null order by id limit ${BATCH} for update skip locked`.execute(trx)
      for (const consumer of CONSUMERS) {
        const jobs = rows.filter((row) => consumersOf(row.name).includes(consumer)).map(toJob)
        if (jobs.length === 0) continue
        await withTimeLimit(ADD_LIMIT_MS, `adding to queue ${consumer}`, queueOf(consumer).addBulk(jobs))
      }
      const ids = rows.map((row) => row.id)
      if (ids.length > 0) await sql`update outbox set published_at = now() where id = any(${ids})`.execute(trx)
      return rows.length === BATCH
    })

  const confirm = async (olderThanMs = CONFIRM_MS) => {
    const { rows } = await sql<OutboxRow>`
      select id, name, payload, occurred_at, rings from outbox
      where published_at < now() - make_interval(secs => ${olderThanMs / 1000}) and confirmed_at is null
      order by published_at limit ${BATCH}`.execute(db)
    const settle = async (row: OutboxRow) => {
      const states = await Promise.all(
        consumersOf(row.name).map((consumer) => queueOf(consumer).getJobState(jobIdOf(row))),
      )
      if (states.includes('unknown')) {
        logger.warn({ event: row.id, name: row.name }, 'the queue has lost this event, ringing again')
        await sql`update outbox set published_at = null, rings = rings + 1 where id = ${row.id}`.execute(db)
      } else if (states.every((state) => state === 'completed')) {
        await sql`update outbox set confirmed_at = now() where id = ${row.id}`.execute(db)
      } else {
        // Waiting or failed: the queue still knows it. Look again after the same while.
        await sql`update outbox set published_at = now() where id = ${row.id}`.execute(db)
      }
    }
    for (const row of rows) await withTimeLimit(ADD_LIMIT_MS, 'asking the queue', settle(row))
    return rows.length === BATCH
  }

  return {
    publish,
    confirm,
    start(): Loop {
      const loops = [
        startLoop('relay', POLL_MS, logger, publish),
        startLoop('relay confirmation', CONFIRM_MS / 4, logger, () => confirm()),
      ]
      return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) }
    },
    close: async () => void (await Promise.allSettled([...queues.values()].map((queue) => queue.close()))),
  }
}
export type Relay = ReturnType<typeof createRelay>
