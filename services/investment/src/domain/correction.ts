import { type CorrectionState, type EntryChange, ProblemError, type ReportEntry, refuse } from '@tiaodu/types'
import { toChanges } from './differences.ts'
import type { Act, StoredReport } from './report.ts'
import { requireVersion } from './report-decisions.ts'

/** A correction as it is stored. */
export interface StoredCorrection {
  readonly projectId: string
  readonly period: string
  readonly number: number
  readonly state: CorrectionState
  readonly reason: string
  readonly before: ReportEntry
  readonly after: ReportEntry
  readonly askedBy: string | null
  readonly askedAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decisionReason: string | null
  readonly isSimulated: boolean
}

/** Everything that is approved of a project, and what it may cost (yuan). */
export interface ApprovedTotals {
  readonly sinceStartYuan: number
  /** Year to date at the end of the corrected month, and of every later month that has something. */
  readonly yearToDateYuan: readonly number[]
  readonly totalInvestmentYuan: number | null
}

/** What a correction changes the month by. */
export const toDelta = ({ before, after }: Pick<StoredCorrection, 'before' | 'after'>): number =>
  (after.completedYuan ?? 0) - (before.completedYuan ?? 0)

function requireSound(delta: number, { sinceStartYuan, yearToDateYuan, totalInvestmentYuan }: ApprovedTotals): void {
  const sinceStart = sinceStartYuan + delta
  if (totalInvestmentYuan !== null && delta > 0 && sinceStart > totalInvestmentYuan)
    throw refuse('exceeds-total-investment', 'entry.completedYuan', {
      zh: `累计完成投资将达 ${sinceStart} 元，超过总投资 ${totalInvestmentYuan} 元`,
      en: `Completed since start would be ${sinceStart} yuan of a total of ${totalInvestmentYuan}`,
    })
  const least = Math.min(sinceStart, ...yearToDateYuan.map((yuan) => yuan + delta))
  if (delta < 0 && least < 0)
    throw refuse('cumulative-below-zero', 'entry.completedYuan', {
      zh: `累计完成投资将为 ${least} 元，不能小于零`,
      en: `Completed to date would be ${least} yuan; it cannot be below zero`,
    })
}

function requireApproved(report: StoredReport | undefined): StoredReport {
  if (report?.state !== 'approved')
    throw refuse('report-not-approved', 'state', {
      zh: '只有审核通过的报告才能更正；其余请直接修改或请审核人退回',
      en: 'Only an approved report is corrected; others are edited, or returned first',
    })
  return report
}

/** What is asked of an approved report. */
export interface Asking {
  readonly number: number
  readonly entry: Partial<ReportEntry>
  readonly reason: string
  readonly hasOpen: boolean
}

/** The correction that is asked for. @throws report-not-approved, version-mismatch, already-exists, nothing-changed */
export function decideAsk(
  found: StoredReport | undefined,
  { number, entry, reason, hasOpen }: Asking,
  totals: ApprovedTotals,
  act: Act,
): StoredCorrection {
  requireVersion(found, act)
  const { projectId, period, entry: before } = requireApproved(found)
  if (hasOpen)
    throw refuse('already-exists', 'state', {
      zh: '上一项更正尚未审核',
      en: 'An earlier correction is still to be decided',
    })
  const after = { ...before, ...entry }
  if (toChanges(before, after).length === 0)
    throw refuse('nothing-changed', 'entry', { zh: '与现有内容相同', en: 'It says this already' })
  requireSound(toDelta({ before, after }), totals)
  return {
    ...{ projectId, period, number, state: 'asked', reason, before, after },
    askedBy: act.actorId,
    askedAt: act.now,
    ...{ decidedBy: null, decidedAt: null, decisionReason: null },
    isSimulated: act.isSimulated,
  }
}

function requireOpen({ state }: StoredCorrection): void {
  if (state !== 'asked')
    throw refuse('correction-decided', 'state', { zh: '该更正已有结果', en: 'It was decided before' })
}

function requireOther({ askedBy }: StoredCorrection, { actorId }: Act): void {
  if (askedBy !== null && askedBy === actorId) throw new ProblemError('own-report')
}

/** The report as it is corrected, and the correction as it is decided. @throws correction-decided, own-report, version-mismatch */
export function decideCorrection(
  found: StoredReport | undefined,
  correction: StoredCorrection,
  totals: ApprovedTotals,
  act: Act,
): { report: StoredReport; correction: StoredCorrection } {
  requireOpen(correction)
  requireOther(correction, act)
  const report = requireApproved(found)
  requireSound(toDelta(correction), totals)
  return {
    report: { ...report, version: report.version + 1, entry: correction.after },
    correction: { ...correction, state: 'approved', decidedBy: act.actorId, decidedAt: act.now },
  }
}

/** The correction refused; the report stays. @throws correction-decided, own-report */
export function decideRefusal(correction: StoredCorrection, reason: string, act: Act): StoredCorrection {
  requireOpen(correction)
  requireOther(correction, act)
  return { ...correction, state: 'refused', decidedBy: act.actorId, decidedAt: act.now, decisionReason: reason }
}

/** The correction taken back. @throws correction-decided */
export function decideWithdrawal(correction: StoredCorrection, act: Act): StoredCorrection {
  requireOpen(correction)
  return { ...correction, state: 'withdrawn', decidedBy: act.actorId, decidedAt: act.now }
}

/** What was done to a report. */
export interface StoredAct {
  readonly entry: ReportEntry
}

/** Each act with what it changed against the one before. */
export const withChanges = <A extends StoredAct>(acts: readonly A[]): (A & { changes: EntryChange[] | null })[] =>
  acts.map((act, at) => {
    const before = acts[at - 1]
    return { ...act, changes: before === undefined ? null : toChanges(before.entry, act.entry) }
  })
