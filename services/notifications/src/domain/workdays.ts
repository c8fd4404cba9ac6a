import { addDays } from '@tiaodu/types'

/** The calendar that came with the cycles; beyond it Monday to Friday are workdays. */
export interface Workdays {
  isWorkday(dateOn: string): boolean
  /** The date `count` workdays after (or before, when negative) a date; the date itself for 0. */
  shift(dateOn: string, count: number): string
}

const isWeekend = (dateOn: string) => [0, 6].includes(new Date(`${dateOn}T00:00:00Z`).getUTCDay())

export function createWorkdays(known: readonly string[]): Workdays {
  const days = new Set(known)
  const sorted = [...days].sort()
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)]
  const isWorkday = (dateOn: string) => (dateOn >= first && dateOn <= last ? days.has(dateOn) : !isWeekend(dateOn))
  return {
    isWorkday,
    shift(dateOn, count) {
      const step = count < 0 ? -1 : 1
      let day = dateOn
      for (let left = Math.abs(count); left > 0; ) {
        day = addDays(day, step)
        if (isWorkday(day)) left--
      }
      return day
    },
  }
}
