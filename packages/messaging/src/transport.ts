import {
  type ConnectionOptions,
  createPostgresBackend,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'

/** Where the queues run: on Redis when `redisUrl` is given, else on PostgreSQL. */
export interface TransportOptions {
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  readonly logger: Logger
}

export interface Transport {
  readonly kind: 'redis' | 'postgres'
  queue(name: string): Queue
  worker(name: string, process: (job: { name: string; data: unknown }) => Promise<void>, concurrency: number): Worker
  /** @throws when the transport does not answer, or is a Redis that may evict jobs */
  check(): Promise<void>
}

const SCHEMA = 'bullmq'
const RECONNECT_MS = 2_000
const DAY_SECONDS = 86_400

// A job whose worker was killed is taken up again after at most lock + interval; 5 such crashes make it fail.
const STALLED = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 5 }
const KEPT = { removeOnComplete: { age: DAY_SECONDS }, removeOnFail: { age: 30 * DAY_SECONDS } }
const prefixOf = (name: string) => `{tiaodu-${name}}`

function onRedis(url: string, logger: Logger): Transport {
  const log = (error: Error) => logger.warn({ err: error }, 'redis')
  const { hostname, port, username, password, pathname, protocol } = new URL(url)
  // Options, not a client: BullMQ closes only the connections that it has opened itself.
  const connect = (forWorker: boolean, owner: () => { closing: unknown }): ConnectionOptions => ({
    host: hostname,
    port: Number(port || 6379),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
    maxRetriesPerRequest: forWorker ? null : 1,
    enableOfflineQueue: forWorker,
    // BullMQ's close leaves a client that has lost its server reconnecting, which would keep the process alive.
    retryStrategy: (attempt) => (owner().closing === undefined ? Math.min(attempt * 100, RECONNECT_MS) : null),
    reconnectOnError: (error: Error) => /^(READONLY|LOADING)/.test(error.message),
  })
  return {
    kind: 'redis',
    queue(name) {
      const connection = connect(false, () => queue)
      const options: QueueOptions = { connection, prefix: prefixOf(name), defaultJobOptions: KEPT }
      const queue: Queue = new Queue(name, options)
      queue.on('error', log)
      return queue
    },
    worker(name, process, concurrency) {
      const connection = connect(true, () => worker)
      const options: WorkerOptions = { connection, prefix: prefixOf(name), concurrency, ...STALLED }
      const worker: Worker = new Worker(name, process, options)
      worker.on('error', log)
      return worker
    },
    async check() {
      const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null })
      redis.on('error', () => {})
      try {
        await redis.connect()
        const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1]
        if (policy !== 'noeviction') throw new Error(`Redis must run with maxmemory-policy noeviction, not ${policy}`)
      } finally {
        redis.disconnect()
      }
    },
  }
}

function onPostgres(url: string, logger: Logger): Transport {
  const log = (error: Error) => logger.warn({ err: error }, 'queue')
  const connection = { connectionString: url, schema: SCHEMA, migrate: true, max: 4 } as never
  return {
    kind: 'postgres',
    queue(name) {
      const queue = new Queue(name, { connection, defaultJobOptions: KEPT }, createPostgresBackend)
      queue.on('error', log)
      return queue as unknown as Queue
    },
    worker(name, process, concurrency) {
      const worker = new Worker(name, process, { connection, concurrency, ...STALLED }, createPostgresBackend)
      worker.on('error', log)
      return worker as unknown as Worker
    },
    async check() {},
  }
}

/** One line of configuration decides: the same queues and workers on Redis or on PostgreSQL. */
export const createTransport = ({ databaseUrl, redisUrl, logger }: TransportOptions): Transport =>
  redisUrl === undefined ? onPostgres(databaseUrl, logger) : onRedis(redisUrl, logger)
