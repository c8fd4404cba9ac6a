import { type ArrangedDay, addDays, refuse, type Version } from '@tiaodu/types'
import { isWeekend } from './due-date.ts'

/** Every date of a year. */
export function datesOf(year: number): string[] {
  const dates: string[] = []
  for (let onDate = `${year}-01-01`; onDate <= `${year}-12-31`; onDate = addDays(onDate, 1)) dates.push(onDate)
  return dates
}

/** The days that differ from the ordinary week, of all days of a year. */
export const toArrangedDays = (days: readonly ArrangedDay[]): ArrangedDay[] =>
  days.filter(({ onDate, isWorkday }) => isWorkday === isWeekend(onDate))

/** Longer than any holiday: more days off running are a slip of the pen. */
const MOST_DAYS_OFF = 16

/** All days of a year by its arrangement. @throws validation-failed naming the day that is wrong */
export function toCalendarDays(year: number, arranged: readonly ArrangedDay[]): ArrangedDay[] {
  const known = new Map<string, boolean>()
  for (const [index, { onDate, isWorkday }] of arranged.entries()) {
    const field = `days.${index}`
    if (!onDate.startsWith(`${year}-`))
      throw refuse('validation-failed', `${field}.onDate`, {
        zh: `应为 ${year} 年的日期`,
        en: `must be a day of ${year}`,
      })
    if (known.has(onDate))
      throw refuse('validation-failed', `${field}.onDate`, { zh: '同一天重复', en: 'This day is listed twice' })
    if (isWorkday !== isWeekend(onDate))
      throw refuse('validation-failed', `${field}.isWorkday`, {
        zh: isWorkday ? '这天本来就上班，不必列出' : '这天本来就休息，不必列出',
        en: isWorkday ? 'This day is worked anyway' : 'This day is off anyway',
      })
    known.set(onDate, isWorkday)
  }
  const days = datesOf(year).map((onDate) => ({ onDate, isWorkday: known.get(onDate) ?? !isWeekend(onDate) }))
  let daysOff = 0
  for (const { onDate, isWorkday } of days) {
    daysOff = isWorkday ? 0 : daysOff + 1
    if (daysOff > MOST_DAYS_OFF)
      throw refuse('validation-failed', 'days', {
        zh: `截至 ${onDate} 已连续休息 ${daysOff} 天`,
        en: `${daysOff} days off running up to ${onDate}`,
      })
  }
  return days
}

/** What of the arrangement changes, day by day. */
export function toCalendarChanges(before: readonly ArrangedDay[], after: readonly ArrangedDay[]): Version['changes'] {
  const was = new Map(before.map(({ onDate, isWorkday }) => [onDate, isWorkday]))
  return after.flatMap(({ onDate, isWorkday }) =>
    was.get(onDate) === isWorkday ? [] : [{ field: onDate, from: was.get(onDate) ?? null, to: isWorkday }],
  )
}
