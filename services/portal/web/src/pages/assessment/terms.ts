import { addMonths, monthOf, termsOfYear, toPeriod } from '@tiaodu/types'

/** What can be assessed. */
export const VIEWS = ['year', 'quarter', 'half'] as const
export type View = (typeof VIEWS)[number]

const YEARS = 3
const MONTHS = { year: 12, half: 6, quarter: 3 } as const

/** The terms of a view, newest first. */
export function termsOf(view: View, now = new Date()): string[] {
  const year = Number(toPeriod(now).slice(0, 4))
  const years = Array.from({ length: YEARS }, (_, at) => year - at)
  if (view === 'year') return years.map(String)
  const ofYear = (one: number) => termsOfYear(one, view === 'half' ? 'H' : 'Q').reverse()
  const running = `${year}-${view === 'half' ? 'H' : 'Q'}${Math.ceil(monthOf(toPeriod(now)) / MONTHS[view])}`
  return years.flatMap(ofYear).filter((term) => term <= running)
}

/** The term of the month before: what is running is seldom due. */
export function defaultTerm(view: View, now = new Date()): string {
  const last = addMonths(toPeriod(now), -1)
  if (view === 'year') return last.slice(0, 4)
  return `${last.slice(0, 4)}-${view === 'half' ? 'H' : 'Q'}${Math.ceil(monthOf(last) / MONTHS[view])}`
}
