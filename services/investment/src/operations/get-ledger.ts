import type { Reach } from '@tiaodu/service'
import { type Grouping, type Ledger, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toLedger } from '../domain/ledger.ts'
import type { DB } from '../generated/tables.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { isMarked } from '../repositories/marks.repository.ts'
import { foldRollups } from './fold-rollups.ts'
import { readFigures } from './get-summary.ts'

/** The obligation ledger of a period within reach, from the roll-ups. @throws not-found */
export async function getLedger(
  db: Kysely<DB>,
  period: string,
  groupBy: Grouping,
  reach: Reach,
  now: Date,
): Promise<Ledger> {
  if ((await findCycle(db, period)) === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  if (await isMarked(db, now)) await foldRollups(db, now)
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { total, groups } = await readFigures(trx, { period, groupBy }, reach)
      return toLedger({ period, groupBy }, total, groups)
    })
}
