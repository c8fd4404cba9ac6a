import type { Logger } from 'pino'
import { type Loop, startLoop } from './loop.ts'
import { withTimeLimit } from './time-limit.ts'
import type { Transport } from './transport.ts'

/** A table of work to do; the queue only says that there is some. */
export interface Ledger {
  /** Work that is due and was not rung for, as ids with the number of this attempt. */
  listDue(limit: number): Promise<{ id: string; attempt: number }[]>
  markRung(ids: string[]): Promise<void>
  /** Does one piece; it claims the row first, so that a second ring finds nothing to do. */
  perform(id: string): Promise<void>
}

const BATCH = 200
const POLL_MS = 500
const ADD_LIMIT_MS = 2_000
const CLOSE_MS = 5_000

/** Rings for each due row of a ledger and performs what was rung for, on as many workers as there are processes. */
export function startDoorbell(options: {
  name: string
  ledger: Ledger
  transport: Transport
  concurrency: number
  logger: Logger
}): { close(): Promise<void> } {
  const { name, ledger, transport, concurrency, logger } = options
  const queue = transport.queue(name)
  const ring = async () => {
    const due = await ledger.listDue(BATCH)
    if (due.length === 0) return false
    const jobs = due.map(({ id, attempt }) => ({ name, data: { id }, opts: { jobId: `${id}-${attempt}` } }))
    await withTimeLimit(ADD_LIMIT_MS, `adding to queue ${name}`, queue.addBulk(jobs))
    await ledger.markRung(due.map(({ id }) => id))
    return due.length === BATCH
  }
  const loop: Loop = startLoop(`doorbell ${name}`, POLL_MS, logger, ring)
  const worker = transport.worker(name, (job) => ledger.perform((job.data as { id: string }).id), concurrency)
  worker.on('failed', (job, error) => logger.error({ err: error, job: job?.id }, `${name} failed`))
  return {
    async close() {
      await loop.stop()
      const closing = Promise.all([worker.close(), queue.close()])
      await withTimeLimit(CLOSE_MS, `closing ${name}`, closing).catch((error) => logger.warn({ err: error }))
    },
  }
}
