import type { Database } from '@tiaodu/database'
import { monthOf, type NewEvent, type Report } from '@tiaodu/types'
import type { Act, StoredReport } from '../domain/report.ts'
import type { DueContext } from '../domain/report-context.ts'
import { decideApprove } from '../domain/report-decisions.ts'
import { yearToDateBefore } from '../domain/report-view.ts'
import { awaitedLevel } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision, type Decision } from './apply-decision.ts'
import { factsOf, type ReportKey } from './report-context.ts'

function toApproved(context: DueContext, report: StoredReport, { now }: Act): NewEvent {
  const completedYuan = report.entry.completedYuan ?? 0
  const yearToDateYuan = yearToDateBefore(context, monthOf(report.period)) + completedYuan
  return {
    name: 'report.approved.v1',
    payload: { ...aboutReport(context, report), approvedAt: now.toISOString(), completedYuan, yearToDateYuan },
  }
}

function toPassed(context: DueContext, report: StoredReport, { now }: Act): NewEvent {
  const { review } = context.terms
  const level = awaitedLevel(review, context.report ?? report).reviewer
  const awaits = awaitedLevel(review, report).reviewer
  return {
    name: 'report.passed.v1',
    payload: { ...aboutReport(context, report), passedAt: now.toISOString(), level, awaits },
  }
}

/**
 * Approval at the level that the report waits for; the roll-up changes with the last one.
 * @throws report-not-submitted, own-report, other-review-level, reviewed-before, exceeds-total-investment
 */
export const approval = (act: Act): Decision => ({
  actionOf: ({ state }) => (state === 'approved' ? 'approved' : 'passed'),
  decide: (context) => decideApprove(context.terms, context.report, factsOf(context), act),
  toEvent: (context, report) =>
    report.state === 'approved' ? toApproved(context, report, act) : toPassed(context, report, act),
})

/** Approves a filed report. @throws version-mismatch and those of approval */
export const approveReport = (database: Database<DB>, of: ReportKey, act: Act): Promise<Report> =>
  applyDecision(database, of, act, approval(act))
