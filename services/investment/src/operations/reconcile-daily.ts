import { appendEvents } from '@tiaodu/messaging/outbox'
import { fromCursor, toPage } from '@tiaodu/service'
import { type QueryOf, type Reconciliation, type routes, toDateOn, toDateTimeText } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { listRegionsOf } from '../repositories/reconciliation.repository.ts'
import {
  countLastDifferences,
  insertReconciliation,
  listReconciliationsBefore,
  takeDay,
} from '../repositories/reconciliations.repository.ts'
import { reconcileWithin } from './reconcile.ts'

const TOLD = 200

const hourOf = (now: Date): number => Number(toDateTimeText(now).slice(11, 13))

/**
 * Once a day, from an hour on (Asia/Shanghai): proves the roll-ups, keeps the outcome and tells when something differs.
 * @returns the outcome, undefined when it was not the caller's to make
 */
export const reconcileDaily = (db: Kysely<DB>, now: Date, fromHour: number): Promise<Reconciliation | undefined> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const reconciledOn = toDateOn(now)
      if (hourOf(now) < fromHour || !(await takeDay(trx, reconciledOn))) return undefined
      // All months of all projects are read: longer than any request may take.
      await sql`set local statement_timeout = 0`.execute(trx)
      const started = performance.now()
      const differences = await reconcileWithin(trx)
      const made: Reconciliation = {
        id: uuidv7({ msecs: now.getTime() }),
        reconciledOn,
        startedAt: now.toISOString(),
        durationMs: Math.round(performance.now() - started),
        differenceCount: differences.length,
        differences: differences.slice(0, TOLD),
      }
      await insertReconciliation(trx, made)
      if (differences.length > 0) {
        const regionCodes = await listRegionsOf(trx, differences)
        const payload = { reconciliationId: made.id, reconciledOn, differenceCount: differences.length, regionCodes }
        await appendEvents(trx, [{ name: 'rollups.diverged.v1', payload }], now)
      }
      return made
    })

/** A page of outcomes, newest first. */
export async function listReconciliationPage(
  db: Kysely<DB>,
  { cursor, limit = 20 }: QueryOf<typeof routes.listReconciliations>,
): Promise<{ items: Reconciliation[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  return toPage(await listReconciliationsBefore(db, before, limit), limit, ({ id }) => [id])
}

/** How many differences the last proof found; undefined before the first. */
export const countDifferences = (db: Kysely<DB>): Promise<number | undefined> => countLastDifferences(db)
