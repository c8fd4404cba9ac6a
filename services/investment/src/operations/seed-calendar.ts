import { addDays } from '@tiaodu/types'
import chineseDays from 'chinese-days'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findCalendarYear, insertCalendarYear } from '../repositories/calendar.repository.ts'

/** The last year whose official arrangement the pinned chinese-days 1.5.7 holds; later ones come out as plain weekdays. */
const LAST_PUBLISHED_YEAR = 2026

const isPlainWeekday = (dateOn: string) => ![0, 6].includes(new Date(`${dateOn}T00:00:00Z`).getUTCDay())

/** Puts a year of the workday calendar into the database unless it is there. @returns whether it is provisional */
export async function seedCalendar(db: Kysely<DB>, year: number): Promise<boolean> {
  const known = await findCalendarYear(db, year)
  if (known !== undefined) return known.isProvisional
  const isProvisional = year > LAST_PUBLISHED_YEAR
  const days = []
  for (let onDate = `${year}-01-01`; onDate <= `${year}-12-31`; onDate = addDays(onDate, 1)) {
    days.push({ onDate, isWorkday: isProvisional ? isPlainWeekday(onDate) : chineseDays.isWorkday(onDate) })
  }
  await insertCalendarYear(db, year, isProvisional, days)
  return isProvisional
}
