import {
  ProblemError,
  REPORT_STATES,
  type ReportEntry,
  type ReturnReason,
  refuse,
  toDateTimeText,
  type Words,
} from '@tiaodu/types'
import { assessEntry } from './checks/assess-entry.ts'
import type { CheckFacts } from './checks/check.ts'
import { requireExplained, requireUnblocked } from './checks/require-checks.ts'
import { type Act, EMPTY_ENTRY, type StoredReport, type Terms } from './report.ts'
import type { EarlierReport } from './report-context.ts'
import { awaitedLevel, nextLevel, requireReviewer } from './review-levels.ts'

/** @throws version-mismatch */
export function requireVersion(report: StoredReport | undefined, { expectedVersion }: Act): void {
  const version = report?.version ?? 0
  if (expectedVersion !== undefined && expectedVersion !== version) {
    throw refuse('version-mismatch', 'If-Match', {
      zh: `报告现在是第 ${version} 版`,
      en: `The report is at version ${version} by now`,
    })
  }
}

function requireUnlocked({ lockAt }: Terms, { now }: Act): void {
  if (now >= lockAt)
    throw refuse('period-locked', 'period', {
      zh: `该月报期已于 ${toDateTimeText(lockAt)} 锁定`,
      en: `The period was locked at ${lockAt.toISOString()}`,
    })
}

const stateOf = (report: StoredReport | undefined): Words =>
  report === undefined
    ? { zh: '尚未上报', en: 'Nothing was filed' }
    : { zh: `报告${REPORT_STATES[report.state]}`, en: `The report is ${report.state}` }

/** Whether the unit may still change what it files. */
export const isEditable = (report: StoredReport | undefined) =>
  report === undefined || report.state === 'draft' || report.state === 'returned'

function requireEditable(report: StoredReport | undefined): void {
  if (!isEditable(report)) throw refuse('report-not-editable', 'state', stateOf(report))
}

/** What is filed with a report changes only as long as that can be edited. @throws period-locked, report-not-editable */
export function requireOpenDraft(terms: Terms, report: StoredReport | undefined, act: Act): void {
  requireUnlocked(terms, act)
  requireEditable(report)
}

/** The draft with the given entry; a returned report stays returned, with its reasons, until it is filed again. */
export function decideSave(
  terms: Terms,
  report: StoredReport | undefined,
  entry: Partial<ReportEntry>,
  act: Act,
): StoredReport {
  requireVersion(report, act)
  requireOpenDraft(terms, report, act)
  return {
    projectId: terms.projectId,
    period: terms.period,
    state: report?.state === 'returned' ? 'returned' : 'draft',
    version: (report?.version ?? 0) + 1,
    revision: report?.revision ?? 0,
    entry: { ...EMPTY_ENTRY, ...entry },
    submittedAt: report?.submittedAt ?? null,
    submittedBy: report?.submittedBy ?? null,
    isLate: report?.isLate ?? false,
    returnReasons: report?.returnReasons ?? [],
    awaits: null,
    passedBy: [],
    approvedAt: null,
    approvedBy: null,
    isSimulated: act.isSimulated,
  }
}

function requireComplete({ completedYuan, visualProgress }: ReportEntry): void {
  const missing = [
    ...(completedYuan === null ? [{ field: 'completedYuan', word: '本月完成投资' }] : []),
    ...(visualProgress.trim() === '' ? [{ field: 'visualProgress', word: '形象进度' }] : []),
  ]
  if (missing.length > 0) {
    const reason = { zh: '上报前须填写', en: 'Needed before the report can be filed' }
    const detail = {
      zh: `还缺：${missing.map(({ word }) => word).join('、')}`,
      en: `Still needed: ${missing.map(({ field }) => field).join(', ')}`,
    }
    throw new ProblemError(
      'report-incomplete',
      detail,
      missing.map(({ field }) => ({ field, reason })),
    )
  }
}

const NOT_REVIEWED = { awaits: null, passedBy: [] }

/** The filed report, which waits for the first level of review. The first submission decides whether it was late, however often it is returned. */
export function decideSubmit(
  terms: Terms,
  report: StoredReport | undefined,
  facts: CheckFacts,
  act: Act,
): StoredReport {
  requireVersion(report, act)
  requireOpenDraft(terms, report, act)
  if (report === undefined)
    throw refuse('report-incomplete', 'report', { zh: '请先保存草稿', en: 'Save a draft first' })
  requireComplete(report.entry)
  const findings = assessEntry(report.entry, facts)
  requireUnblocked(findings)
  requireExplained(findings, report.entry.explanations)
  return {
    ...report,
    state: 'submitted',
    version: report.version + 1,
    revision: report.revision + 1,
    submittedAt: act.now,
    submittedBy: act.actorId,
    isLate: (terms.firstSubmittedAt ?? act.now) > terms.dueAt,
    returnReasons: [],
    awaits: awaitedLevel(terms.review, NOT_REVIEWED).reviewer,
    passedBy: [],
  }
}

/** Saved and filed in one act. */
export function decideFile(
  terms: Terms,
  report: StoredReport | undefined,
  entry: Partial<ReportEntry>,
  facts: CheckFacts,
  act: Act,
): StoredReport {
  const draft = decideSave(terms, report, entry, act)
  const filed = decideSubmit(terms, draft, facts, { ...act, expectedVersion: draft.version })
  return { ...filed, version: draft.version }
}

/** 无变化: nothing completed and nothing received, in the words of last month. */
export function toUnchangedEntry(previous: EarlierReport | null): ReportEntry {
  if (previous === null)
    throw refuse('report-incomplete', 'visualProgress', {
      zh: '近 12 个月没有上报过，无从沿用，请填写形象进度',
      en: 'Nothing was filed in the last 12 months that could be repeated',
    })
  return { ...previous.entry, completedYuan: 0, fundsReceived: [], explanations: [] }
}

function requireReviewable({ review }: Terms, report: StoredReport | undefined, act: Act): StoredReport {
  requireVersion(report, act)
  if (report?.state !== 'submitted') {
    throw refuse('report-not-submitted', 'state', stateOf(report))
  }
  if (report.submittedBy !== null && report.submittedBy === act.actorId) throw new ProblemError('own-report')
  requireReviewer(review, report, act)
  return report
}

/** The report sent back to its filer with a reason per field. */
export function decideReturn(
  terms: Terms,
  report: StoredReport | undefined,
  reasons: readonly ReturnReason[],
  act: Act,
): StoredReport {
  const submitted = requireReviewable(terms, report, act)
  const version = submitted.version + 1
  return { ...submitted, state: 'returned', version, returnReasons: reasons, awaits: null, passedBy: [] }
}

/** The report approved at the level that it waits for: it waits for the next one, or is approved with the last. */
export function decideApprove(
  terms: Terms,
  report: StoredReport | undefined,
  facts: CheckFacts,
  act: Act,
): StoredReport {
  const submitted = requireReviewable(terms, report, act)
  requireUnblocked(assessEntry(submitted.entry, facts))
  const next = nextLevel(terms.review, submitted)
  const passedBy = act.actorId === null ? submitted.passedBy : [...submitted.passedBy, act.actorId]
  if (next !== undefined) return { ...submitted, version: submitted.version + 1, awaits: next.reviewer, passedBy }
  return {
    ...submitted,
    state: 'approved',
    version: submitted.version + 1,
    awaits: null,
    passedBy,
    approvedAt: act.now,
    approvedBy: act.actorId,
  }
}
