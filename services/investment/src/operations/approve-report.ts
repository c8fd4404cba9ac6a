import type { Database } from '@tiaodu/database'
import { monthOf, type Report } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'
import { decideApprove } from '../domain/report-decisions.ts'
import { yearToDateBefore } from '../domain/report-view.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision, type Decision } from './apply-decision.ts'
import { factsOf, type ReportKey } from './report-context.ts'

/** Approval; the roll-up changes with it. @throws report-not-submitted, own-report, exceeds-total-investment */
export const approval = (act: Act): Decision => ({
  action: 'approved',
  decide: (context) => decideApprove(context.report, factsOf(context), act),
  toEvent(context, report) {
    const completedYuan = report.entry.completedYuan ?? 0
    const yearToDateYuan = yearToDateBefore(context, monthOf(report.period)) + completedYuan
    return {
      name: 'report.approved.v1',
      payload: { ...aboutReport(context, report), approvedAt: act.now.toISOString(), completedYuan, yearToDateYuan },
    }
  },
})

/** Approves a filed report. @throws version-mismatch and those of approval */
export const approveReport = (database: Database<DB>, of: ReportKey, act: Act): Promise<Report> =>
  applyDecision(database, of, act, approval(act))
