import { todayInShanghai } from '../../format/dates.ts'

/** What can be assessed. */
export const VIEWS = ['year', 'quarter', 'half'] as const
export type View = (typeof VIEWS)[number]

const YEARS = 3
const MONTHS = 12
/** How many months a part of the year has, and how it is named. */
const PARTS = {
  year: { length: 12, letter: '' },
  half: { length: 6, letter: 'H' },
  quarter: { length: 3, letter: 'Q' },
}

/** The term that a month, counted from January of year 0, lies in. */
function termAt(view: View, month: number): string {
  const { length, letter } = PARTS[view]
  const year = String(Math.floor(month / MONTHS))
  return letter === '' ? year : `${year}-${letter}${Math.floor((month % MONTHS) / length) + 1}`
}

function runningMonth(): number {
  const [year = 0, month = 1] = todayInShanghai().split('-').map(Number)
  return year * MONTHS + month - 1
}

/** The terms of a view, newest first. */
export function termsOf(view: View): string[] {
  const { length } = PARTS[view]
  const running = runningMonth()
  return Array.from({ length: (YEARS * MONTHS) / length }, (_, at) => termAt(view, running - at * length))
}

/** The term of the month before: what is running is seldom due. */
export const defaultTerm = (view: View): string => termAt(view, runningMonth() - 1)
