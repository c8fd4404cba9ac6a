import { instantJson } from '@tiaodu/database'
import type { ArrangedDay, Version } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A year of the workday calendar, as far as its arrangement goes. */
export interface CalendarYear {
  readonly version: number
  readonly isProvisional: boolean
}

export async function findCalendarYear(db: Kysely<DB>, year: number): Promise<CalendarYear | undefined> {
  const query = db.selectFrom('calendar_years').select(['version', 'is_provisional as isProvisional'])
  return await query.where('year', '=', year).executeTakeFirst()
}

/** Makes two changes of one year wait for each other. */
export async function lockCalendarYear(trx: Transaction<DB>, year: number): Promise<CalendarYear> {
  const query = trx.selectFrom('calendar_years').select(['version', 'is_provisional as isProvisional'])
  return await query.where('year', '=', year).forUpdate().executeTakeFirstOrThrow()
}

const toRows = (year: number, days: readonly ArrangedDay[]) => sql`
  select day, ${year}::int, is_workday
  from unnest(${days.map((day) => day.onDate)}::date[], ${days.map((day) => day.isWorkday)}::boolean[]) as d (day, is_workday)`

/**
 * Adds a year with its days in one statement, so that nobody finds it without them; one that is there already stays as
 * it is, since operators may have corrected it.
 */
export async function insertCalendarYear(
  db: Kysely<DB>,
  year: number,
  isProvisional: boolean,
  days: readonly ArrangedDay[],
): Promise<void> {
  await sql`
    with added as (
      insert into calendar_years (year, is_provisional) values (${year}, ${isProvisional})
      on conflict do nothing returning year
    )
    insert into calendar_days (on_date, year, is_workday)
    select found.* from (${toRows(year, days)}) as found where exists (select from added)`.execute(db)
}

/** All days of a year. */
export async function listCalendarDays(db: Kysely<DB>, year: number): Promise<ArrangedDay[]> {
  const query = db.selectFrom('calendar_days').select(['on_date as onDate', 'is_workday as isWorkday'])
  return await query.where('year', '=', year).orderBy('on_date').execute()
}

/** Keeps a published arrangement as the next version of its year. */
export async function saveCalendarYear(
  trx: Transaction<DB>,
  year: number,
  days: readonly ArrangedDay[],
  { version, at, actorId, actorName, reason, changes }: Version,
): Promise<void> {
  await sql`
    insert into calendar_days (on_date, year, is_workday) ${toRows(year, days)}
    on conflict (on_date) do update set is_workday = excluded.is_workday`.execute(trx)
  await sql`update calendar_years set is_provisional = false, version = ${version} where year = ${year}`.execute(trx)
  await sql`
    insert into calendar_versions values (${year}, ${version}, ${at}, ${actorId}, ${actorName}, ${reason},
      ${JSON.stringify(changes)})`.execute(trx)
}

/** The changes of a year, newest first, before a version when it is given. */
export async function listCalendarVersions(
  db: Kysely<DB>,
  year: number,
  before: number | null,
  limit: number,
): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select version, ${instantJson('at')} as at, actor_id as "actorId", actor_name as "actorName", reason, changes
    from calendar_versions where year = ${year} and (${before}::int is null or version < ${before})
    order by version desc limit ${limit}`.execute(db)
  return rows
}

/** The workdays of these years. */
export async function listWorkdays(db: Kysely<DB>, years: readonly number[]): Promise<string[]> {
  const query = db.selectFrom('calendar_days').select('on_date').where('is_workday', '=', true)
  return (await query.where('year', 'in', [...years]).execute()).map((row) => row.on_date)
}
