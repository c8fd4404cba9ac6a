import type { Case, Fold } from './held-out.ts'
import { type Spread, toInterval, toSpread } from './interval.ts'
import { createPastCases, type Teachings, type Tested, teachingFor, WIDENING } from './past-cases.ts'
import { forecastYearEnd, toMissedPoints } from './year-end.ts'

/** Projects of one region, category and stage in a held-out month, added up. */
export interface CaseSum extends Case {
  readonly regionCode: string
  readonly projectCount: number
}

/** What is known of a held-out month: some projects one by one, and all of them added up. */
export interface HeldOutMonth extends Fold {
  readonly sums: readonly CaseSum[]
}

/** How a forecast made in a held-out month, from what was known then, has turned out. */
export interface MonthResult {
  readonly origin: string
  readonly target: string
  readonly projectCount: number
  readonly plannedYuan: number
  readonly completedYuan: number
  readonly forecastYuan: number
  readonly actualYuan: number
  /** Projects that were forecast one by one. */
  readonly caseCount: number
  /** The mean of what they were missed by, in percentage points of their plans; null without cases. */
  readonly meanMissedPoints: number | null
  /** Of those that had an interval, how many came to lie within it. */
  readonly coverableCount: number
  readonly coveredCount: number
}

/** All that held-out months teach: what to forecast with, how far off sums were, and how each month turned out. */
export interface Backtest {
  readonly teachings: Teachings
  readonly regionSpread: Spread | null
  readonly wholeSpread: Spread | null
  readonly months: readonly MonthResult[]
}

const monthOf = (period: string): number => Number(period.slice(5))

function testCases(teachings: Teachings, { origin, cases }: HeldOutMonth, horizon: number) {
  const tested: Tested[] = []
  let [coverableCount, coveredCount] = [0, 0]
  for (const one of cases) {
    const { lesson, spread, pool } = teachingFor(teachings, one)
    const forecast = forecastYearEnd(one, { month: monthOf(origin), horizon }, lesson)
    tested.push({ one, points: toMissedPoints(forecast, one) })
    if (spread === null) continue
    const { lowYuan, highYuan } = toInterval(forecast, one, spread, WIDENING[pool])
    coverableCount++
    if (one.cameToYuan >= lowYuan && one.cameToYuan <= highYuan) coveredCount++
  }
  const missed = tested.reduce((sum, { points }) => sum + Math.abs(points), 0)
  return {
    tested,
    result: { meanMissedPoints: tested.length === 0 ? null : missed / tested.length, coverableCount, coveredCount },
  }
}

const NOTHING = { projectCount: 0, plannedYuan: 0, completedYuan: 0, forecastYuan: 0, cameToYuan: 0 }
type Sum = typeof NOTHING

const add = (sum: Sum, more: Sum): Sum => ({
  projectCount: sum.projectCount + more.projectCount,
  plannedYuan: sum.plannedYuan + more.plannedYuan,
  completedYuan: sum.completedYuan + more.completedYuan,
  forecastYuan: sum.forecastYuan + more.forecastYuan,
  cameToYuan: sum.cameToYuan + more.cameToYuan,
})

function testSums(teachings: Teachings, { origin, sums }: HeldOutMonth, horizon: number) {
  const regions = new Map<string, Sum>()
  for (const one of sums) {
    const { lesson } = teachingFor(teachings, one)
    const forecastYuan = forecastYearEnd(one, { month: monthOf(origin), horizon }, lesson)
    regions.set(one.regionCode, add(regions.get(one.regionCode) ?? NOTHING, { ...one, forecastYuan }))
  }
  return { regions: [...regions.values()], whole: [...regions.values()].reduce(add, NOTHING) }
}

/** Forecasts every held-out month from what was known then, and learns from what came of it. */
export function backtest(heldOut: readonly HeldOutMonth[], horizon: number): Backtest {
  const past = createPastCases(horizon)
  let teachings = past.teach()
  const [regionErrors, wholeErrors]: [number[], number[]] = [[], []]
  const months: MonthResult[] = []
  const untold: { readonly target: string; readonly tell: () => void }[] = []
  for (const month of [...heldOut].sort((a, b) => (a.origin < b.origin ? -1 : 1))) {
    const { origin, target, cases } = month
    // What had not come about by then was not known then.
    const told = untold.splice(0, untold.findLastIndex((one) => one.target <= origin) + 1)
    for (const { tell } of told) tell()
    if (told.length > 0) teachings = past.teach()
    const { tested, result } = testCases(teachings, month, horizon)
    const { regions, whole } = testSums(teachings, month, horizon)
    regionErrors.push(...regions.map((sum) => toMissedPoints(sum.forecastYuan, sum)))
    if (whole.plannedYuan > 0) wholeErrors.push(toMissedPoints(whole.forecastYuan, whole))
    const { cameToYuan: actualYuan, ...sums } = whole
    months.push({ origin, target, ...sums, actualYuan, caseCount: cases.length, ...result })
    untold.push({ target, tell: () => past.add(tested, monthOf(origin)) })
  }
  for (const { tell } of untold) tell()
  return {
    teachings: past.teach(),
    regionSpread: toSpread(regionErrors),
    wholeSpread: toSpread(wholeErrors),
    months,
  }
}
