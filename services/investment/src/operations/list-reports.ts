import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { fromCursor, toPage } from '@tiaodu/service'
import type { Actor, QueryOf, routes } from '@tiaodu/types'
import { gradeOf } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import { listReports, type QueueOf } from '../repositories/report-pages.repository.ts'

/** Whose queue is asked for; nobody's for one who does not review. */
export const toReviewer = ({ role, personId, regionCode, unitId }: Actor): QueueOf | null =>
  role === 'reviewer' ? { personId, grade: gradeOf(regionCode), unitId } : null

/** A page of saved reports as JSON text. */
export async function listReportPage(
  database: Database<DB>,
  { cursor, limit = 20, awaitingMe = false, ...filter }: QueryOf<typeof routes.listReports>,
  reach: Reach,
  actor: Actor,
): Promise<{ json: string }> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['text', 'id']), limit }
  const rows = await listReports(
    database,
    { ...filter, reviewer: awaitingMe ? toReviewer(actor) : undefined },
    reach,
    span,
  )
  return { json: JSON.stringify(toPage(rows, limit, (row) => [row.period, row.projectId])) }
}
