import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listFactDifferences, listLightDifferences } from '../repositories/light-reconciliation.repository.ts'
import {
  type Difference,
  listCellDifferences,
  listFundDifferences,
  listStandingDifferences,
  listYearDifferences,
} from '../repositories/reconciliation.repository.ts'

/** Where a roll-up does not equal the sum of what lies beneath it: reports, years, standings with their lights, cells. */
export const reconcileWithin = async (trx: Transaction<DB>): Promise<Difference[]> => [
  ...(await listYearDifferences(trx)),
  ...(await listFundDifferences(trx)),
  ...(await listStandingDifferences(trx)),
  ...(await listFactDifferences(trx)),
  ...(await listLightDifferences(trx)),
  ...(await listCellDifferences(trx)),
]

/** Proves that every roll-up equals the sum of what lies beneath it, as of one instant. @returns where it is not so */
export const reconcile = (db: Kysely<DB>): Promise<Difference[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      // All months of all projects are read: longer than any request may take.
      await sql`set local statement_timeout = 0`.execute(trx)
      return reconcileWithin(trx)
    })
