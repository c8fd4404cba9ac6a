import { addDays, addMonths, toDateOn, toInstant } from '@tiaodu/types'

/** What happens to a due day that is no workday. */
export type HolidayPolicy = 'postpone' | 'bringForward' | 'fixed'

const DUE_DAY = '05'
const DUE_TIME = '18:00'
const MOST_DAYS_OFF = 30

/** Whether a date is a workday; make-up workdays count, statutory holidays and ordinary weekends do not. */
export type IsWorkday = (dateOn: string) => boolean

function moveToWorkday(dateOn: string, step: 1 | -1, isWorkday: IsWorkday): string {
  for (let days = 0; days < MOST_DAYS_OFF; days++) {
    const candidate = addDays(dateOn, days * step)
    if (isWorkday(candidate)) return candidate
  }
  throw new Error(`The calendar has no workday within ${MOST_DAYS_OFF} days of ${dateOn}`)
}

/** The due instant of a period: the 5th of the next month at 18:00 in Shanghai, moved by the holiday policy. */
export function toDueAt(period: string, policy: HolidayPolicy, isWorkday: IsWorkday): Date {
  const dueOn = `${addMonths(period, 1)}-${DUE_DAY}`
  if (policy === 'fixed') return toInstant(dueOn, DUE_TIME)
  return toInstant(moveToWorkday(dueOn, policy === 'postpone' ? 1 : -1, isWorkday), DUE_TIME)
}

/** The lock instant: the end of the month in which the due instant falls, in Shanghai. */
export const toLockAt = (dueAt: Date): Date => toInstant(`${addMonths(toDateOn(dueAt).slice(0, 7), 1)}-01`, '00:00')

const WORKDAYS_BEFORE = 30

/** The workdays from 30 days before the due instant to the lock instant, for whoever counts workdays around it. */
export function workdaysAround(dueAt: Date, lockAt: Date, isWorkday: IsWorkday): string[] {
  const workdays: string[] = []
  for (let day = addDays(toDateOn(dueAt), -WORKDAYS_BEFORE); day < toDateOn(lockAt); day = addDays(day, 1)) {
    if (isWorkday(day)) workdays.push(day)
  }
  return workdays
}
