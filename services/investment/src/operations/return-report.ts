import type { Database } from '@tiaodu/database'
import type { Report, ReturnReason } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'
import { decideReturn } from '../domain/report-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision } from './apply-decision.ts'

/** Sends a filed report back with a reason per field. @throws report-not-submitted, own-report, version-mismatch */
export const returnReport = (
  database: Database<DB>,
  params: { id: string; period: string },
  reasons: readonly ReturnReason[],
  act: Act,
): Promise<Report> =>
  applyDecision(database, params, act, {
    action: 'returned',
    decide: ({ report }) => decideReturn(report, reasons, act),
    toEvent: (context, report) => ({
      name: 'report.returned.v1',
      payload: { ...aboutReport(context, report), returnedAt: act.now.toISOString(), reasons: [...reasons] },
    }),
  })
