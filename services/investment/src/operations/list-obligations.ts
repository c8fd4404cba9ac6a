import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { fromCursor, toPage } from '@tiaodu/service'
import type { QueryOf, routes } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { listObligations } from '../repositories/report-pages.repository.ts'
import { requireCycle } from './get-cycle.ts'

/** A page of the obligation ledger as JSON text. @throws not-found when the cycle was never opened */
export async function listObligationPage(
  database: Database<DB>,
  period: string,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listObligations>,
  reach: Reach,
  now: Date,
): Promise<{ json: string }> {
  await requireCycle(database.kysely, period)
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['id']), limit }
  const rows = await listObligations(database, { period, ...filter }, reach, span, now)
  return { json: JSON.stringify(toPage(rows, limit, ({ id }) => [id])) }
}
