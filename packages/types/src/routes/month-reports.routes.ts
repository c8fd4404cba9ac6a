import Type from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, PageOf, Period, pageQuery, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { ReportState } from '../vocabulary.ts'
import { Report } from './reports.routes.ts'

export const listMonthReports = defineRoute({
  operationId: 'listMonthReports',
  method: 'GET',
  url: '/api/v1/cycles/:period/reports',
  service: 'investment',
  summary: 'What has to be reported for a period, each in full: entry or prefill, figures, findings, differences',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    params: Closed({ period: Period }),
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(ReportState),
      late: Type.Optional(Type.Boolean({ description: 'true: only 逾期' })),
      unitId: Type.Optional(Uuid),
      awaitingMe: Type.Optional(
        Type.Boolean({
          description: 'true: only what the caller may review now; of the others only unitId counts then',
        }),
      ),
    }),
    response: { 200: PageOf(Report) },
  },
})
