import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { fromCursor, toPage } from '@tiaodu/service'
import type { QueryOf, routes } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { listReports } from '../repositories/report-pages.repository.ts'

/** A page of saved reports as JSON text. */
export async function listReportPage(
  database: Database<DB>,
  { cursor, limit = 20, period, status, unitId, projectId }: QueryOf<typeof routes.listReports>,
  reach: Reach,
): Promise<{ json: string }> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['text', 'id']), limit }
  const rows = await listReports(database, { period, status, unitId, projectId }, reach, span)
  return { json: JSON.stringify(toPage(rows, limit, (row) => [row.period, row.projectId])) }
}
