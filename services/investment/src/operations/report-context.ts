import type { Database } from '@tiaodu/database'
import { assertWithin, type Reach } from '@tiaodu/service'
import { type Report, type ReviewLevel, refuse } from '@tiaodu/types'
import { assessEntry } from '../domain/checks/assess-entry.ts'
import type { CheckFacts } from '../domain/checks/check.ts'
import { toFacts } from '../domain/checks/facts.ts'
import { toChanges } from '../domain/differences.ts'
import type { StoredReport } from '../domain/report.ts'
import type { DueContext, ReportContext } from '../domain/report-context.ts'
import { computeReport, toReportParts } from '../domain/report-view.ts'
import { awaitedLevel, type ReviewTerms } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import { findReportContext } from '../repositories/report-context.repository.ts'

/** Which report is asked for, and how far whoever asks reaches. */
export interface ReportKey {
  readonly id: string
  readonly period: string
  readonly reach: Reach
}

/** What stands about a report. @throws not-found, outside-scope, period-not-open, no-obligation */
export async function getReportContext(
  database: Database<DB>,
  { id, period, reach }: ReportKey,
  now: Date,
): Promise<DueContext> {
  const context = await findReportContext(database, id, period, now)
  assertWithin(reach, context)
  return requireDue(context)
}

/** @throws not-found, period-not-open, no-obligation */
export function requireDue(context: ReportContext | undefined): DueContext {
  if (context === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  if (!context.hasCycle)
    throw refuse('period-not-open', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  const { terms } = context
  if (terms === undefined)
    throw refuse('no-obligation', 'id', {
      zh: '该项目本期无需报送',
      en: 'This project has nothing to report for the period',
    })
  return { ...context, terms }
}

/** What the checks hold an entry against. */
export const factsOf = (context: DueContext): CheckFacts =>
  toFacts(context, context.terms.period, context.previous?.entry.visualProgress ?? null)

/** The level of review that a report waits for; null when it waits for none. */
export const toAwaited = (terms: ReviewTerms, report: StoredReport | undefined): ReviewLevel | null =>
  report?.state === 'submitted' ? awaitedLevel(terms, report) : null

/** The API's answer about a report, as it is or as it has just become. */
export function toReportView(context: DueContext, report: StoredReport | undefined, now: Date): Report {
  const { terms, previous, lastSubmission } = context
  const parts = toReportParts(report, previous?.entry.visualProgress ?? '')
  const firstAt = terms.firstSubmittedAt ?? report?.submittedAt ?? now
  return {
    projectId: terms.projectId,
    projectName: context.projectName,
    regionCode: context.regionCode,
    unitId: context.unitId,
    unitName: context.unitName,
    period: terms.period,
    dueAt: terms.dueAt.toISOString(),
    lockAt: terms.lockAt.toISOString(),
    ...parts,
    reviewLevels: [...terms.review.levels],
    awaits: toAwaited(terms.review, report),
    computed: computeReport(context, terms.period, parts.entry.completedYuan),
    findings: assessEntry(parts.entry, factsOf(context)),
    previous: previous && {
      period: previous.period,
      ...previous.entry,
      completedYuan: previous.entry.completedYuan ?? 0,
    },
    changesSinceLastMonth: report && previous ? toChanges(previous.entry, report.entry) : null,
    changesSinceSubmission: report && lastSubmission ? toChanges(lastSubmission, report.entry) : null,
    isLate: firstAt > terms.dueAt,
  }
}
