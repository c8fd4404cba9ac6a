import { toPercent } from '@tiaodu/types'

const HUNDREDTHS = 100
// A quarter has one to three months with a score: six times their mean is a whole number of hundredths.
const SIXTHS = 6

const toHundredths = (mark: number) => Math.round(mark * HUNDREDTHS)
const isKnown = (mark: number | null): mark is number => mark !== null
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
/** Hundredths over a count, to two decimals. */
const divide = (hundredths: number, by: number) => toPercent(hundredths, by * HUNDREDTHS * HUNDREDTHS)

/** The mean of the marks that there are, to two decimals, rounded half up; null when there are none. */
export function meanOf(marks: readonly (number | null)[]): number | null {
  const known = marks.filter(isKnown).map(toHundredths)
  return divide(sum(known), known.length)
}

/** The mean of the means of quarters: a quarter counts the same however many of its months have a score. Rounded once. */
export function meanOfQuarters(quarters: readonly (readonly (number | null)[])[]): number | null {
  const sixths = quarters
    .map((months) => months.filter(isKnown).map(toHundredths))
    .filter(({ length }) => length > 0)
    .map((months) => (sum(months) * SIXTHS) / months.length)
  return divide(sum(sixths), sixths.length * SIXTHS)
}

/** Which of the marks of a panel count: all, or, with at least `dropFrom` of them, all but one highest and one lowest. */
export function keptOf(marks: readonly number[], dropFrom: number | null): boolean[] {
  if (dropFrom === null || marks.length < dropFrom) return marks.map(() => true)
  const highest = marks.indexOf(Math.max(...marks))
  const lowest = marks.lastIndexOf(Math.min(...marks))
  return marks.map((_, at) => at !== highest && at !== lowest)
}

/** What a mark counts by its weight, to two decimals. */
export const toPoints = (mark: number | null, weight: number): number | null =>
  mark === null ? null : divide(toHundredths(mark) * weight, HUNDREDTHS)
