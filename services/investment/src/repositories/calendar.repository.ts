import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A day of the official workday calendar. */
export interface CalendarDay {
  readonly onDate: string
  readonly isWorkday: boolean
}

export async function findCalendarYear(db: Kysely<DB>, year: number): Promise<{ isProvisional: boolean } | undefined> {
  const query = db.selectFrom('calendar_years').select('is_provisional as isProvisional')
  return await query.where('year', '=', year).executeTakeFirst()
}

/** Adds a year; one that is there already stays as it is, since operators may have corrected it. */
export async function insertCalendarYear(
  db: Kysely<DB>,
  year: number,
  isProvisional: boolean,
  days: readonly CalendarDay[],
): Promise<void> {
  await sql`insert into calendar_years values (${year}, ${isProvisional}) on conflict do nothing`.execute(db)
  await sql`
    insert into calendar_days (on_date, year, is_workday)
    select day, ${year}, is_workday
    from unnest(${days.map((day) => day.onDate)}::date[], ${days.map((day) => day.isWorkday)}::boolean[]) as d (day, is_workday)
    on conflict do nothing`.execute(db)
}

/** The workdays of these years. */
export async function listWorkdays(db: Kysely<DB>, years: readonly number[]): Promise<string[]> {
  const query = db.selectFrom('calendar_days').select('on_date').where('is_workday', '=', true)
  return (await query.where('year', 'in', [...years]).execute()).map((row) => row.on_date)
}
