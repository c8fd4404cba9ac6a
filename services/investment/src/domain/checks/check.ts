import { CHECKS, type CheckCode, type Finding, type ReportEntry, type Stage, type Words } from '@tiaodu/types'
import type { Thresholds } from './thresholds.ts'

/** A month of the project that was filed or approved. */
export interface PastMonth {
  readonly period: string
  readonly completedYuan: number
  readonly fundsYuan: number
}

/** What is known of a project when the entry of a month is held against it. */
export interface CheckFacts {
  readonly period: string
  readonly stage: Stage
  readonly actualStartOn: string | null
  readonly actualCompletionOn: string | null
  readonly totalInvestmentYuan: number | null
  /** Approved before this month, from the start on. */
  readonly sinceStartBeforeYuan: number
  /** Filed or approved of this year before this month. */
  readonly yearBeforeYuan: number
  /** What the plan has for this month alone; null without a plan. */
  readonly planShareYuan: number | null
  /** 形象进度 of the last report; null when there is none. */
  readonly lastProgress: string | null
  /** Filed or approved of the 12 months before, newest first. */
  readonly months: readonly PastMonth[]
}

/** One check: what it finds in an entry, or nothing. */
export type Check = (entry: ReportEntry, facts: CheckFacts, thresholds: Thresholds) => Finding | undefined

/** What a check has found; severity and field belong to its code. */
export function toFinding<C extends CheckCode>(code: C, figures: Finding['figures'], words: Words): Finding {
  const { severity, field } = CHECKS[code]
  return { code, severity, field, ...words, figures }
}

export const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const YUAN_IN_WAN = 10_000
// Made once: to make one takes longer than all the checks together.
const inWan = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 })
const inYuan = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** An amount as the sentences tell it. */
export const amount = (yuan: number): Words => ({
  zh: `${inWan.format(yuan / YUAN_IN_WAN)} 万元`,
  en: `${inYuan.format(yuan)} yuan`,
})
