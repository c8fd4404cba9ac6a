import type { Database } from '@tiaodu/database'
import type { Report, ReturnReason } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'
import { decideReturn } from '../domain/report-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision, type Decision } from './apply-decision.ts'
import type { ReportKey } from './report-context.ts'

/** Return with a reason per field. @throws report-not-submitted, own-report, other-review-level, reviewed-before */
export const sendingBack = (reasons: readonly ReturnReason[], act: Act): Decision => ({
  actionOf: () => 'returned',
  decide: ({ terms, report }) => decideReturn(terms, report, reasons, act),
  toEvent: (context, report) => ({
    name: 'report.returned.v1',
    payload: { ...aboutReport(context, report), returnedAt: act.now.toISOString(), reasons: [...reasons] },
  }),
})

/** Sends a filed report back. @throws version-mismatch and those of sendingBack */
export const returnReport = (
  database: Database<DB>,
  of: ReportKey,
  reasons: readonly ReturnReason[],
  act: Act,
): Promise<Report> => applyDecision(database, of, act, sendingBack(reasons, act))
