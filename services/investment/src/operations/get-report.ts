import type { Database } from '@tiaodu/database'
import type { Report } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { getReportContext, toReportView } from './report-context.ts'

/** The report of a project for a period, prefilled when nothing is saved. @throws not-found, period-not-open, no-obligation */
export async function getReport(
  database: Database<DB>,
  params: { id: string; period: string },
  now: Date,
): Promise<Report> {
  const context = await getReportContext(database, params, now)
  return toReportView(context, context.report, now)
}
