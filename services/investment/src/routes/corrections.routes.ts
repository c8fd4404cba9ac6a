import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { approveCorrection, askCorrection, refuseCorrection, withdrawCorrection } from '../operations/correct-report.ts'
import { listCorrectionPage, listReportActs } from '../operations/list-corrections.ts'
import { toReportAct } from '../operations/report-act.ts'

export function mountCorrections(app: FastifyInstance, database: Database<DB>): void {
  const { kysely } = database
  const toAct = toReportAct(app.parts.clock)
  mount(app, routes.listReportActs, ({ params }) => listReportActs(database, params))
  mount(app, routes.listCorrections, ({ query, reach }) => listCorrectionPage(database, query, reach))
  mount(app, routes.askCorrection, (context) => askCorrection(kysely, context.params, context.body, toAct(context)))
  mount(app, routes.approveCorrection, (context) => approveCorrection(kysely, context.params, toAct(context)))
  mount(app, routes.refuseCorrection, (context) =>
    refuseCorrection(kysely, context.params, context.body.reason, toAct(context)),
  )
  mount(app, routes.withdrawCorrection, (context) => withdrawCorrection(kysely, context.params, toAct(context)))
}
