import type { Database } from '@tiaodu/database'
import type { Report } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'
import { decideSubmit } from '../domain/report-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision } from './apply-decision.ts'
import { toTotals } from './report-context.ts'

/** Files the draft. @throws report-incomplete, exceeds-total-investment and those of saveReport */
export const submitReport = (
  database: Database<DB>,
  params: { id: string; period: string },
  act: Act,
): Promise<Report> =>
  applyDecision(database, params, act, {
    action: 'submitted',
    decide: (context) => decideSubmit(context.terms, context.report, toTotals(context), act),
    toEvent: (context, report) => ({
      name: 'report.submitted.v1',
      payload: { ...aboutReport(context, report), submittedAt: act.now.toISOString(), isLate: report.isLate },
    }),
  })
