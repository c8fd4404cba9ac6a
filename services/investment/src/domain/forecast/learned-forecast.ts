import type { ForecastBasis, ForecastError } from '@tiaodu/types'
import { toPercent } from '@tiaodu/types'
import type { Backtest, MonthResult } from './backtest.ts'
import { INTERVAL_PERCENT } from './interval.ts'

/** All that forecasts from the end of a month are made with. */
export interface LearnedForecast extends Backtest {
  readonly basis: ForecastBasis
  readonly month: number
  readonly horizon: number
  /** RFC 3339. */
  readonly learnedAt: string
}

/** Two decimals, as every rate has. */
export const toHundredths = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100

/** What the total of a month was missed by, of what came. */
export const toMissedPercent = ({ forecastYuan, actualYuan }: MonthResult): number | null =>
  toPercent(actualYuan - forecastYuan, actualYuan)

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** The error that was measured on held-out months. */
export function toForecastError(months: readonly MonthResult[]): ForecastError {
  const sum = (of: (month: MonthResult) => number) => months.reduce((total, month) => total + of(month), 0)
  const caseCount = sum((month) => month.caseCount)
  const missed = sum(({ meanMissedPoints, caseCount: cases }) => (meanMissedPoints ?? 0) * cases)
  const [coveredCount, coverableCount] = [sum((month) => month.coveredCount), sum((month) => month.coverableCount)]
  const percents = months.flatMap((month) => toMissedPercent(month) ?? [])
  return {
    monthCount: months.length,
    caseCount,
    meanMissedPoints: caseCount === 0 ? null : toHundredths(missed / caseCount),
    meanMissedPercent: toHundredths(mean(percents.map(Math.abs))),
    intervalPercent: INTERVAL_PERCENT,
    coveredCount,
    coverableCount,
    coveredPercent: toPercent(coveredCount, coverableCount),
  }
}
