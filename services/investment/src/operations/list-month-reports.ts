import type { Database } from '@tiaodu/database'
import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import type { Actor, QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { listReportContexts } from '../repositories/report-context.repository.ts'
import { listObligations, listReports } from '../repositories/report-pages.repository.ts'
import { requireCycle } from './get-cycle.ts'
import { toReviewer } from './list-reports.ts'
import { requireDue, toReportView } from './report-context.ts'

type Asked = QueryOf<typeof routes.listMonthReports> & { readonly period: string }

/** Who asks, how far they reach, and when. */
interface Caller {
  readonly actor: Actor
  readonly reach: Reach
  readonly now: Date
}

/** Which projects stand on the page: those that have to report, or those whose report waits for the caller. */
async function listProjects(
  database: Database<DB>,
  { cursor, limit = 20, awaitingMe = false, ...filter }: Asked,
  { actor, reach, now }: Caller,
): Promise<{ items: { projectId: string }[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, awaitingMe ? ['text', 'id'] : ['id'])
  if (!awaitingMe) {
    const rows = await listObligations(database, filter, reach, { after, limit }, now)
    return toPage(rows, limit, ({ id }) => [id])
  }
  const waiting = { period: filter.period, unitId: filter.unitId, reviewer: toReviewer(actor) }
  const rows = await listReports(database, waiting, reach, { after, limit })
  return toPage(rows, limit, ({ period, projectId }) => [period, projectId])
}

/** A page of what has to be reported for a period, each report in full. @throws not-found when the cycle was never opened */
export async function listMonthReports(
  database: Database<DB>,
  asked: Asked,
  caller: Caller,
): Promise<ResponseOf<typeof routes.listMonthReports>> {
  await requireCycle(database.kysely, asked.period)
  const { items, nextCursor } = await listProjects(database, asked, caller)
  const ids = items.map(({ projectId }) => projectId)
  const contexts = await listReportContexts(database.kysely, ids, asked.period, caller.now)
  const reports = ids.map((id) => {
    const context = requireDue(contexts.get(id))
    return toReportView(context, context.report, caller.now)
  })
  return { items: reports, nextCursor }
}
