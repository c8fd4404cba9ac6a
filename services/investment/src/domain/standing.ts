import type { Light, LightReason, Tier } from '@tiaodu/types'
import { assessDates, type DatedDuties, type KnownDates, monthsAfter, toLateStart } from './dated-duties.ts'
import { assessLight, type LightThresholds } from './lights.ts'
import { type Plan, scheduledTwelfths } from './schedule.ts'

/** A procedure past its due day. */
export interface Slip {
  readonly name: string
  readonly dueOn: string
}

/** How many procedures have slipped, and how long the first of them has waited. */
export const toSlipFigures = (slips: readonly Slip[], period: string) => ({
  slips: slips.map(({ name }) => name),
  slippedMonths: Math.max(0, ...slips.map(({ dueOn }) => monthsAfter(dueOn, period))),
})

/** What is known of a project in a period before anything is made of it. */
export interface StandingFacts extends KnownDates {
  readonly period: string
  readonly projectId: string
  /** false when the project was withdrawn: it counts nowhere. */
  readonly isCounted: boolean
  readonly regionCode: string
  readonly regionName: string
  readonly unitId: string | null
  readonly category: string
  readonly tiers: readonly Tier[]
  readonly isAssessed: boolean
  readonly totalInvestmentYuan: number | null
  readonly plan: Plan
  /** Approved yuan of months 1 to 12; empty when there are none. */
  readonly completedByMonth: readonly number[]
  readonly isExpected: boolean
  readonly isFiled: boolean
  readonly isOnTime: boolean
  /** Not on time, and excused. */
  readonly isExcused: boolean
  /** Filed late, and not excused. */
  readonly isLate: boolean
  /** Past due without a report, and not excused. */
  readonly isMissing: boolean
  readonly missedReports: number
  /** 前期手续 that were past their due day at the end of the month. */
  readonly slips: readonly Slip[]
  /** What the unit itself says; null when it has said nothing. */
  readonly declaredLight: Light | null
  readonly isExempt: boolean
  readonly isSimulated: boolean
}

/** What a project counts in a period. */
export interface Standing
  extends Omit<
      StandingFacts,
      'completedByMonth' | 'totalInvestmentYuan' | 'slips' | Exclude<keyof KnownDates, 'stage'>
    >,
    DatedDuties {
  /** 0 when it is not known. */
  readonly totalInvestmentYuan: number
  readonly scheduledTwelfths: number
  readonly monthYuan: number
  readonly yearYuan: number
  readonly lateStartMonths: number
  readonly slippedProcedures: number
  readonly slippedMonths: number
  readonly light: Light | null
  readonly lightReasons: readonly LightReason[]
  /** The unit says something else than what is computed. */
  readonly isMismatched: boolean
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** A project's standing as it follows from its reports, its plan and what it owes, by the thresholds of the month. */
export function toStanding(known: StandingFacts, rule: LightThresholds): Standing {
  const { completedByMonth, plannedStartOn, actualStartOn, plannedCompletionOn, actualCompletionOn, ...rest } = known
  const { statisticalEntryOn, slips, ...facts } = rest
  const month = Number(facts.period.slice(5))
  const yearYuan = sum(completedByMonth.slice(0, month))
  const slipped = toSlipFigures(slips, facts.period)
  const lateStartMonths = toLateStart(known, facts.period)
  const { plan, missedReports, declaredLight } = facts
  const judged = { plan, month, yearToDateYuan: yearYuan, missedReports, lateStartMonths, ...slipped }
  const { light, reasons } = assessLight(judged, rule)
  return {
    ...facts,
    ...assessDates(known, facts.period),
    totalInvestmentYuan: facts.totalInvestmentYuan ?? 0,
    scheduledTwelfths: scheduledTwelfths(plan, month),
    monthYuan: completedByMonth[month - 1] ?? 0,
    yearYuan,
    lateStartMonths,
    slippedProcedures: slips.length,
    slippedMonths: slipped.slippedMonths,
    light,
    lightReasons: reasons,
    isMismatched: light !== null && declaredLight !== null && declaredLight !== light,
  }
}
