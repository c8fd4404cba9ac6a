import type { Light, LightReason, Tier } from '@tiaodu/types'
import { assessDates, type DatedDuties, type KnownDates } from './dated-duties.ts'
import { assessLight } from './lights.ts'
import { type Plan, scheduledTwelfths } from './schedule.ts'

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
  readonly missedReports: number
  readonly isSimulated: boolean
}

/** What a project counts in a period. */
export interface Standing
  extends Omit<StandingFacts, 'completedByMonth' | 'totalInvestmentYuan' | Exclude<keyof KnownDates, 'stage'>>,
    DatedDuties {
  /** 0 when it is not known. */
  readonly totalInvestmentYuan: number
  readonly scheduledTwelfths: number
  readonly monthYuan: number
  readonly yearYuan: number
  readonly light: Light | null
  readonly lightReasons: readonly LightReason[]
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** A project's standing as it follows from its reports, its plan and what it owes. */
export function toStanding(known: StandingFacts): Standing {
  const { completedByMonth, plannedStartOn, actualStartOn, plannedCompletionOn, actualCompletionOn, ...rest } = known
  const { statisticalEntryOn, ...facts } = rest
  const month = Number(facts.period.slice(5))
  const yearYuan = sum(completedByMonth.slice(0, month))
  const { light, reasons } = assessLight({
    plan: facts.plan,
    month,
    yearToDateYuan: yearYuan,
    missedReports: facts.missedReports,
  })
  return {
    ...facts,
    ...assessDates(known, facts.period),
    totalInvestmentYuan: facts.totalInvestmentYuan ?? 0,
    scheduledTwelfths: scheduledTwelfths(facts.plan, month),
    monthYuan: completedByMonth[month - 1] ?? 0,
    yearYuan,
    light,
    lightReasons: reasons,
  }
}
