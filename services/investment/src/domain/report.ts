import type { ReportEntry, ReportState, ReturnReason } from '@tiaodu/types'
import type { Reviewer, ReviewMark, ReviewTerms } from './review-levels.ts'

/** A monthly report as it is stored. */
export interface StoredReport extends ReviewMark {
  readonly projectId: string
  readonly period: string
  readonly state: Exclude<ReportState, 'expected'>
  readonly version: number
  readonly revision: number
  readonly entry: ReportEntry
  readonly submittedAt: Date | null
  readonly submittedBy: string | null
  readonly isLate: boolean
  readonly returnReasons: readonly ReturnReason[]
  readonly approvedAt: Date | null
  readonly approvedBy: string | null
  readonly isSimulated: boolean
}

/** Who does something to a report, and when. */
export interface Act extends Reviewer {
  readonly now: Date
  readonly isSimulated: boolean
  /** The version the actor has seen, undefined when they did not say. */
  readonly expectedVersion: number | undefined
}

/** What the obligation and the review levels say of a report. */
export interface Terms {
  readonly projectId: string
  readonly period: string
  readonly dueAt: Date
  readonly lockAt: Date
  readonly firstSubmittedAt: Date | null
  readonly review: ReviewTerms
}

export const EMPTY_ENTRY: ReportEntry = {
  completedYuan: null,
  fundsReceived: [],
  visualProgress: '',
  difficulties: '',
  nextSteps: '',
  explanations: [],
}
