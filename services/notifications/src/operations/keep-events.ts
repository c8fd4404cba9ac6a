import type { EventEnvelope } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { toBusinessEvents } from '../domain/published-events.ts'
import type { DB } from '../generated/tables.ts'
import { deleteEvents, insertEvents, numberEvents, queueWebhooks } from '../repositories/event-log.repository.ts'

const NUMBERED_AT_ONCE = 500
const DELETED_AT_ONCE = 5_000
const DAY_MS = 86_400_000

/** Keeps what integrators hear of an event, in the transaction of its effect. */
export const keepEvent = (trx: Transaction<DB>, event: EventEnvelope): Promise<void> =>
  insertEvents(trx, toBusinessEvents(event))

/** Gives committed events their numbers and queues them for webhooks. @returns whether there may be more */
export const publishEvents = (db: Kysely<DB>): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const ids = await numberEvents(trx, NUMBERED_AT_ONCE)
    if (ids.length > 0) await queueWebhooks(trx, ids)
    return ids.length === NUMBERED_AT_ONCE
  })

/** Lets events go that were kept long enough. @returns whether there may be more */
export const forgetEvents = (db: Kysely<DB>, keptDays: number, now: Date): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const before = new Date(now.getTime() - keptDays * DAY_MS)
    return (await deleteEvents(trx, before, DELETED_AT_ONCE)) === DELETED_AT_ONCE
  })
