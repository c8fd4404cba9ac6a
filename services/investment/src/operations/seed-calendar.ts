import chineseDays from 'chinese-days'
import type { Kysely } from 'kysely'
import { isWeekend } from '../domain/due-date.ts'
import { datesOf } from '../domain/work-calendar.ts'
import type { DB } from '../generated/tables.ts'
import { type CalendarYear, findCalendarYear, insertCalendarYear } from '../repositories/calendar.repository.ts'

/** The last year whose official arrangement the pinned chinese-days 1.5.7 holds; later ones come out as plain weekdays. */
const LAST_PUBLISHED_YEAR = 2026

/** Puts a year of the workday calendar into the database unless it is there. @returns its version, and whether it is provisional */
export async function seedCalendar(db: Kysely<DB>, year: number): Promise<CalendarYear> {
  const known = await findCalendarYear(db, year)
  if (known !== undefined) return known
  const isProvisional = year > LAST_PUBLISHED_YEAR
  const days = datesOf(year).map((onDate) => ({
    onDate,
    isWorkday: isProvisional ? !isWeekend(onDate) : chineseDays.isWorkday(onDate),
  }))
  await insertCalendarYear(db, year, isProvisional, days)
  return { version: 1, isProvisional }
}
