/** What a project had done at the end of a month, and what it came to later: one case to learn from, or to be measured by. */
export interface Case {
  /** Category and stage in the earlier month: its peers are those that had the same. */
  readonly category: string
  readonly stage: string
  readonly plannedYuan: number
  readonly completedYuan: number
  /** Year-to-date in the later month. */
  readonly cameToYuan: number
}

/** The cases of one held-out month: what was known in `origin`, against what had come of it by `target`. */
export interface Fold<C = Case> {
  /** Period (YYYY-MM). */
  readonly origin: string
  readonly target: string
  readonly cases: readonly C[]
}

/** A month pair from which a forecast can be learned. */
export type FoldSpan = Omit<Fold, 'cases'>

/** The month pairs that teach: the same month and December of earlier years, else as many months apart within this year. */
export interface HeldOutSpans {
  readonly earlierYears: readonly FoldSpan[]
  readonly thisYear: readonly FoldSpan[]
}

const toPeriod = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`
const DECEMBER = 12

/** Which months can be held out for a forecast that is made at the end of `period`, among those that had a cycle. */
export function toHeldOutSpans(period: string, cycles: ReadonlySet<string>): HeldOutSpans {
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(5))]
  const horizon = DECEMBER - month
  const years = [...new Set([...cycles].map((one) => Number(one.slice(0, 4))))].filter((one) => one < year).sort()
  const spans = (pairs: readonly (readonly [year: number, from: number, to: number])[]) =>
    pairs
      .map(([of, from, to]) => ({ origin: toPeriod(of, from), target: toPeriod(of, to) }))
      .filter(({ origin, target }) => cycles.has(origin) && cycles.has(target))
  if (horizon === 0) return { earlierYears: [], thisYear: [] }
  const origins = Array.from({ length: Math.max(0, month - horizon) }, (_, at) => at + 1)
  return {
    earlierYears: spans(years.map((of) => [of, month, DECEMBER])),
    thisYear: spans(origins.map((from) => [year, from, from + horizon])),
  }
}
