import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import {
  type Difference,
  listCellDifferences,
  listFundDifferences,
  listStandingDifferences,
  listYearDifferences,
} from '../repositories/reconciliation.repository.ts'

/** Proves that every roll-up equals the sum of what lies beneath it: reports, years, standings, cells. @returns where it is not so */
export const reconcile = (db: Kysely<DB>): Promise<Difference[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => [
      ...(await listYearDifferences(trx)),
      ...(await listFundDifferences(trx)),
      ...(await listStandingDifferences(trx)),
      ...(await listCellDifferences(trx)),
    ])
