import { type RankingFormulaFields, type RankingMeasure, type RankingRate, toPercent } from '@tiaodu/types'
import { TWELFTHS } from './schedule.ts'
import type { Figures } from './summary.ts'

/** What a measure counts, and out of what; `percent` where exact twelfths say more than whole yuan. */
type Counted = Pick<RankingRate, 'numerator' | 'denominator'> & { readonly percent?: number | null }

const MEASURES: Readonly<Record<RankingMeasure, (figures: Figures) => Counted>> = {
  completionRate: (f) => ({ numerator: f.assessedYearYuan, denominator: f.assessedPlannedYuan }),
  scheduleRate: (f) => ({
    numerator: f.assessedYearYuan,
    denominator: Math.round(f.assessedScheduledTwelfths / TWELFTHS),
    percent: toPercent(f.assessedYearYuan * TWELFTHS, f.assessedScheduledTwelfths),
  }),
  startRate: (f) => ({ numerator: f.assessedStarted, denominator: f.assessedStartDue }),
  finishRate: (f) => ({ numerator: f.assessedCompleted, denominator: f.assessedCompletionDue }),
  statisticsRate: (f) => ({ numerator: f.assessedInStatistics, denominator: f.assessedStatisticsDue }),
  onTimeRate: (f) => ({ numerator: f.assessedOnTime, denominator: f.assessedExpected }),
  onTimeExcusedRate: (f) => ({ numerator: f.assessedOnTime, denominator: f.assessedExpected - f.assessedExcused }),
}

/** A rate of a group's figures. */
export function toRate(measure: RankingMeasure, figures: Figures) {
  const { numerator, denominator, percent = toPercent(numerator, denominator) } = MEASURES[measure](figures)
  return { measure, numerator, denominator, percent }
}

/** The rates of a formula. */
export const toRates = ({ measures }: Pick<RankingFormulaFields, 'measures'>, figures: Figures): RankingRate[] =>
  measures.map(({ measure, weight }) => ({ ...toRate(measure, figures), weight }))

const HUNDREDTHS = 100

/**
 * The weighted mean of the rates that have one, to two decimals; null when none has. A rate with nothing to divide by
 * says nothing, so its weight goes to the others in proportion.
 */
export function toScore(rates: readonly Pick<RankingRate, 'weight' | 'percent'>[]): {
  score: number | null
  coveredWeight: number
} {
  let [sum, coveredWeight] = [0, 0]
  for (const { weight, percent } of rates) {
    if (percent === null) continue
    sum += weight * Math.round(percent * HUNDREDTHS)
    coveredWeight += weight
  }
  return { score: toPercent(sum, coveredWeight * HUNDREDTHS * HUNDREDTHS), coveredWeight }
}
