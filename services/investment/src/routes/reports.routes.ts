import type { Database } from '@tiaodu/database'
import { mount, type Reach } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { approveReport } from '../operations/approve-report.ts'
import { getProgress } from '../operations/get-progress.ts'
import { getReport } from '../operations/get-report.ts'
import { getReportSheet } from '../operations/get-sheet.ts'
import { listMonthReports } from '../operations/list-month-reports.ts'
import { listReportPage } from '../operations/list-reports.ts'
import { toReportAct } from '../operations/report-act.ts'
import type { ReportKey } from '../operations/report-context.ts'
import { returnReport } from '../operations/return-report.ts'
import { saveReport } from '../operations/save-report.ts'
import { fileUnchanged, submitReport } from '../operations/submit-report.ts'

export function mountReports(app: FastifyInstance, database: Database<DB>): void {
  const toKey = ({ params, reach }: { params: Pick<ReportKey, 'id' | 'period'>; reach: Reach }): ReportKey => ({
    ...params,
    reach,
  })
  const toAct = toReportAct(app.parts.clock)
  mount(app, routes.getProgress, ({ params, reach }) => getProgress(database, params.id, reach))
  mount(app, routes.getReport, (context) => getReport(database, toKey(context), context.now))
  mount(app, routes.getReportSheet, (context) => getReportSheet(database, toKey(context), context.now))
  mount(app, routes.saveReport, (context) => saveReport(database, toKey(context), context.body, toAct(context)))
  mount(app, routes.submitReport, (context) => submitReport(database, toKey(context), toAct(context)))
  mount(app, routes.fileUnchanged, (context) => fileUnchanged(database, toKey(context), toAct(context)))
  mount(app, routes.returnReport, (context) =>
    returnReport(database, toKey(context), context.body.reasons, toAct(context)),
  )
  mount(app, routes.approveReport, (context) => approveReport(database, toKey(context), toAct(context)))
  mount(app, routes.listMonthReports, ({ params, query, reach, actor, now }) =>
    listMonthReports(database, { ...query, period: params.period }, { reach, actor, now }),
  )
  mount(app, routes.listReports, ({ query, reach, actor }) => listReportPage(database, query, reach, actor))
}
