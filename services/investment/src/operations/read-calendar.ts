import { addMonths, yearOf } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type DueInstants, type DueRule, type IsWorkday, toDueInstants } from '../domain/due-date.ts'
import type { DB } from '../generated/tables.ts'
import { listWorkdays } from '../repositories/calendar.repository.ts'
import { seedCalendar } from './seed-calendar.ts'

/** A stretch of the workday calendar. */
export interface Calendar {
  readonly isWorkday: IsWorkday
  isProvisional(year: number): boolean
}

// Reminders before the due day, and all that a holiday can move it by.
const MONTHS_BEFORE = -1
const MONTHS_AFTER = 4

/** The calendar around the due instants of the periods from one to another. */
export async function readCalendar(db: Kysely<DB>, from: string, to = from): Promise<Calendar> {
  const years: number[] = []
  const last = yearOf(addMonths(to, MONTHS_AFTER))
  for (let year = yearOf(addMonths(from, MONTHS_BEFORE)); year <= last; year++) years.push(year)
  const provisional = new Map<number, boolean>()
  for (const year of years) provisional.set(year, (await seedCalendar(db, year)).isProvisional)
  const workdays = new Set(await listWorkdays(db, years))
  return {
    isWorkday: (dateOn) => workdays.has(dateOn),
    isProvisional: (year) => provisional.get(year) ?? true,
  }
}

/** The instants of a period by a rule and the calendar as it is now. */
export function toCycleInstants(
  period: string,
  rule: DueRule,
  calendar: Calendar,
): Pick<DueInstants, 'dueAt' | 'lockAt'> & { readonly isCalendarProvisional: boolean } {
  const { restsOnYears, ...instants } = toDueInstants(period, rule, calendar.isWorkday)
  return { ...instants, isCalendarProvisional: restsOnYears.some(calendar.isProvisional) }
}
