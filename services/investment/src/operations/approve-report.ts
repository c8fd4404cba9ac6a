import type { Database } from '@tiaodu/database'
import type { Report } from '@tiaodu/types'
import { monthOf } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'
import { decideApprove } from '../domain/report-decisions.ts'
import { yearToDateBefore } from '../domain/report-view.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision } from './apply-decision.ts'
import { toTotals } from './report-context.ts'

/** Approves a filed report; the roll-up changes with it. @throws report-not-submitted, own-report, exceeds-total-investment, version-mismatch */
export const approveReport = (
  database: Database<DB>,
  params: { id: string; period: string },
  act: Act,
): Promise<Report> =>
  applyDecision(database, params, act, {
    action: 'approved',
    decide: (context) => decideApprove(context.report, toTotals(context), act),
    toEvent(context, report) {
      const completedYuan = report.entry.completedYuan ?? 0
      const yearToDateYuan = yearToDateBefore(context, monthOf(report.period)) + completedYuan
      return {
        name: 'report.approved.v1',
        payload: { ...aboutReport(context, report), approvedAt: act.now.toISOString(), completedYuan, yearToDateYuan },
      }
    },
  })
