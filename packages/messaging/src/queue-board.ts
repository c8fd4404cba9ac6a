import type { AnyKysely } from '@tiaodu/database'
import {
  type DeadLetter,
  MOST_LETTERS_SHOWN,
  ProblemError,
  type QueueState,
  refuse,
  type ServiceQueues,
} from '@tiaodu/types'
import type { Job, Queue } from 'bullmq'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { withTimeLimit } from './time-limit.ts'
import type { Transport } from './transport.ts'

/** What an operator sees of the queues of a service, and does about them. */
export interface QueueBoard {
  /** @throws unavailable when the queues do not answer */
  read(): Promise<ServiceQueues>
  /** Tries one dead letter again, or all of a queue up to 1,000. @throws not-found for one that is none; unavailable */
  replay(queue: string, id?: string): Promise<{ replayed: number; left: number }>
  /** Dead letters of all of its queues; undefined when the queues do not answer. */
  countDeadLetters(): Promise<number | undefined>
  close(): Promise<void>
}

const ANSWER_MS = 2_000
const MOST_REPLAYED = 1_000
const AT_ONCE = 50
const MOST_TEXT = 4_000
// Of BullMQ: there is no such job, or it is not among the failed any more.
const GONE: readonly unknown[] = [-1, -3]

const cut = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text)
const toInstant = (ms: number): string => new Date(ms).toISOString()

const toLetter = (job: Job): DeadLetter => ({
  id: job.id ?? '',
  name: job.name,
  reason: cut(job.failedReason ?? ''),
  attempts: job.attemptsMade,
  addedAt: toInstant(job.timestamp),
  failedAt: toInstant(job.finishedOn ?? job.timestamp),
  payload: cut(JSON.stringify(job.data)),
})

async function readQueue(queue: Queue): Promise<QueueState> {
  const [counts, first, dead] = await Promise.all([
    queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
    queue.getJobs(['waiting', 'active', 'delayed'], 0, 0, true),
    queue.getJobs(['failed'], 0, MOST_LETTERS_SHOWN - 1, false),
  ])
  // One that was taken away in between comes as nothing.
  const waits = first.flatMap((job) => job?.timestamp ?? [])
  const { waiting = 0, active = 0, delayed: retrying = 0, failed = 0 } = counts
  const oldestAt = waits.length === 0 ? null : toInstant(Math.min(...waits))
  const deadLetters = dead.filter((job) => job !== undefined).map(toLetter)
  return { name: queue.name, waiting, active, retrying, failed, oldestAt, deadLetters }
}

/** All of its attempts are to come; false when somebody else has replayed it. */
async function retry(job: Job): Promise<boolean> {
  try {
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
    return true
  } catch (error) {
    if (GONE.includes((error as { code?: unknown }).code)) return false
    throw error
  }
}

async function readOutbox(db: AnyKysely): Promise<ServiceQueues['outbox']> {
  const { rows } = await sql<{ waiting: number; oldest: Date | null }>`
    select count(*)::int as waiting, min(occurred_at) as oldest from outbox where published_at is null`.execute(db)
  const { waiting = 0, oldest = null } = rows[0] ?? {}
  return { waiting, oldestAt: oldest?.toISOString() ?? null }
}

/**
 * The queues of a service as its operators see them, on Redis or on PostgreSQL. Nothing is opened before somebody looks,
 * and nobody who looks waits for a store that is down.
 */
export function createQueueBoard(options: {
  names: readonly string[]
  db: AnyKysely
  transport: Transport
  logger: Logger
}): QueueBoard {
  const { names, db, transport, logger } = options
  const queues = new Map<string, Queue>()
  /** What a queue says in time; one that does not is opened anew for the next question. */
  const ask = async <T>(name: string, question: (queue: Queue) => Promise<T>): Promise<T> => {
    const queue = queues.get(name) ?? transport.queue(name)
    queues.set(name, queue)
    try {
      return await withTimeLimit(ANSWER_MS, `asking queue ${name}`, question(queue))
    } catch (error) {
      logger.warn({ err: error, queue: name }, 'a queue does not answer')
      queues.delete(name)
      queue.close().catch(() => {})
      throw new ProblemError('unavailable', { zh: '队列没有应答', en: 'The queues do not answer' })
    }
  }
  const countFailed = (name: string) => ask(name, async (queue) => (await queue.getJobCounts('failed')).failed ?? 0)
  const replayAll = async (name: string) => {
    let replayed = 0
    // What fails anew goes behind those that were there, so it is not taken twice.
    for (let left = Math.min(await countFailed(name), MOST_REPLAYED); left > 0; left -= AT_ONCE) {
      const last = Math.min(left, AT_ONCE) - 1
      const done = await ask(name, async (queue) => {
        const jobs = await queue.getJobs(['failed'], 0, last, true)
        return Promise.all(jobs.map((job) => job !== undefined && retry(job)))
      })
      replayed += done.filter((isDone) => isDone).length
    }
    return replayed
  }
  const replayOne = async (name: string, id: string) => {
    const isDone = await ask(name, async (queue) => {
      const job = await queue.getJob(id)
      return job !== undefined && retry(job)
    })
    if (isDone) return 1
    throw refuse('not-found', 'id', { zh: '没有这条死信，可能已重放', en: 'There is no such dead letter any more' })
  }
  return {
    async read() {
      const [outbox, ...items] = await Promise.all([readOutbox(db), ...names.map((name) => ask(name, readQueue))])
      return { backend: transport.kind, outbox, items }
    },
    async replay(name, id) {
      if (!names.includes(name))
        throw refuse('not-found', 'queue', { zh: '没有这个队列', en: 'There is no such queue' })
      const replayed = id === undefined ? await replayAll(name) : await replayOne(name, id)
      return { replayed, left: await countFailed(name) }
    },
    async countDeadLetters() {
      const counts = await Promise.all(names.map(countFailed)).catch(() => undefined)
      return counts?.reduce((sum, count) => sum + count, 0)
    },
    async close() {
      const closing = [...queues.values()].map((queue) => queue.close())
      await withTimeLimit(ANSWER_MS, 'closing the queues', Promise.all(closing)).catch((err) => logger.warn({ err }))
    },
  }
}
