import type { Database } from '@tiaodu/database'
import type { Report } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { getReportContext, type ReportKey, toReportView } from './report-context.ts'

/** The report of a project for a period, prefilled when nothing is saved. @throws not-found, period-not-open, no-obligation */
export async function getReport(database: Database<DB>, of: ReportKey, now: Date): Promise<Report> {
  const context = await getReportContext(database, of, now)
  return toReportView(context, context.report, now)
}
