import { type ConsumerName, type EventEnvelope, type EventName, events, type SubscribedEvent } from '@tiaodu/types'
import { UnrecoverableError } from 'bullmq'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import Schema from 'typebox/schema'
import type { MessagingTables } from './tables.ts'
import { withTimeLimit } from './time-limit.ts'
import type { Transport } from './transport.ts'

/** One handler per subscribed event; a missing one does not compile. It runs inside the inbox transaction. */
export type Handlers<C extends ConsumerName, Tables> = {
  readonly [N in SubscribedEvent<C>]: (trx: Transaction<Tables>, event: EventEnvelope<N>) => Promise<void>
}

const CLOSE_MS = 5_000
const CONCURRENCY = 4

/** Compiled when a consumer starts: who only writes events does not wait for it. */
const createParse = () => {
  const parsers = new Map(Object.values(events).map((event) => [event.name as string, Schema.Compile(event.payload)]))
  /** @throws UnrecoverableError when the job is not an event we know: it goes to the failed set, never round and round. */
  return (data: unknown): EventEnvelope => {
    const envelope = data as EventEnvelope
    const parser = parsers.get(envelope?.name)
    if (parser === undefined) throw new UnrecoverableError(`Unknown event ${String(envelope?.name)}`)
    if (!parser.Check(envelope.payload))
      throw new UnrecoverableError(`The payload of ${envelope.name} ${envelope.id} is not as declared`)
    return envelope
  }
}

/**
 * Consumes a service's queue with exactly-once effect: the event's id goes into the inbox in the transaction of its
 * effect, so a repeated job changes nothing.
 */
export function startConsumer<C extends ConsumerName, Tables extends MessagingTables>(options: {
  name: C
  db: Kysely<Tables>
  transport: Transport
  handlers: Handlers<C, Tables>
  logger: Logger
}): { close(): Promise<void> } {
  const { name, db, transport, handlers, logger } = options
  const handle = async (event: EventEnvelope) => {
    const handler = handlers[event.name as SubscribedEvent<C>] as
      | ((trx: Transaction<Tables>, event: EventEnvelope<EventName>) => Promise<void>)
      | undefined
    if (handler === undefined) throw new UnrecoverableError(`${name} has not subscribed to ${event.name}`)
    await db.transaction().execute(async (trx) => {
      const { numAffectedRows } = await sql`
        insert into inbox (consumer, event_id) values (${name}, ${event.id}) on conflict do nothing`.execute(trx)
      if (numAffectedRows === 0n) return logger.debug({ event: event.id }, 'seen before')
      await handler(trx, event)
    })
  }
  const parse = createParse()
  const worker = transport.worker(name, async (job) => handle(parse(job.data)), CONCURRENCY)
  worker.on('failed', (job, error) => logger.error({ err: error, job: job?.id, event: job?.name }, 'an event failed'))
  return {
    close: () =>
      withTimeLimit(CLOSE_MS, `closing consumer ${name}`, worker.close()).catch((error) => logger.warn({ err: error })),
  }
}
