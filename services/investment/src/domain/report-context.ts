import type { ReportEntry, Stage } from '@tiaodu/types'
import type { PastMonth } from './checks/check.ts'
import type { LightThresholds } from './lights.ts'
import type { StoredReport, Terms } from './report.ts'
import type { Slip } from './standing.ts'

/** What was filed for an earlier month. */
export interface EarlierReport {
  readonly period: string
  readonly entry: ReportEntry
}

/** Everything that a decision about a report, and its view, rest on. */
export interface ReportContext {
  readonly projectName: string
  readonly regionCode: string
  readonly unitId: string | null
  readonly unitName: string | null
  readonly stage: Stage
  readonly plannedStartOn: string | null
  readonly actualStartOn: string | null
  readonly actualCompletionOn: string | null
  readonly totalInvestmentYuan: number | null
  /** What the last revision of its approval (调概) lets it cost; null when there was none. */
  readonly revisedTotalYuan: number | null
  readonly hasCycle: boolean
  readonly terms: (Terms & { readonly obligationId: string }) | undefined
  readonly plan: { readonly plannedYuan: number; readonly monthlyTargetsYuan: number[] | null } | undefined
  /** Approved yuan of months 1 to 12 of the period's year. */
  readonly completedByMonth: readonly number[]
  readonly beforeYearsYuan: number
  readonly missedReports: number
  /** 前期手续 past their due day at the end of the month. */
  readonly slips: readonly Slip[]
  readonly lightRule: LightThresholds
  /** The last one filed before this month, at most 12 months back. */
  readonly previous: EarlierReport | null
  /** Filed or approved of the 12 months before, newest first. */
  readonly months: readonly PastMonth[]
  /** What this month's report said when it was filed before the last time; null when it was filed at most once. */
  readonly lastSubmission: ReportEntry | null
  readonly report: StoredReport | undefined
}

/** A context in which there is something to report. */
export type DueContext = ReportContext & { readonly terms: NonNullable<ReportContext['terms']> }
