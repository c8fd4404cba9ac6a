import { fromCursor, toPage } from '@tiaodu/service'
import type { BodyOf, QueryOf, routes, Version, WorkCalendar } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toArrangedDays, toCalendarChanges, toCalendarDays } from '../domain/work-calendar.ts'
import type { DB } from '../generated/tables.ts'
import {
  listCalendarDays,
  listCalendarVersions,
  lockCalendarYear,
  saveCalendarYear,
} from '../repositories/calendar.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'
import { seedCalendar } from './seed-calendar.ts'

/** The arrangement of a year. */
export async function getCalendar(db: Kysely<DB>, year: number): Promise<WorkCalendar> {
  const known = await seedCalendar(db, year)
  return { year, ...known, days: toArrangedDays(await listCalendarDays(db, year)) }
}

/** Publishes or corrects the arrangement of a year; the published one again changes nothing. @throws version-mismatch, validation-failed */
export const keepCalendar = (
  db: Kysely<DB>,
  year: number,
  { days: arranged, reason }: BodyOf<typeof routes.putWorkCalendar>,
  act: NamedAct,
): Promise<WorkCalendar> =>
  db.transaction().execute(async (trx) => {
    const days = toCalendarDays(year, arranged)
    await seedCalendar(trx, year)
    const { version, isProvisional } = await lockCalendarYear(trx, year)
    assertVersion(version, act)
    const changes = toCalendarChanges(await listCalendarDays(trx, year), days)
    if (isProvisional || changes.length > 0) {
      const { actorId, actorName, now } = act
      const next = { version: version + 1, at: now.toISOString(), actorId, actorName, reason, changes }
      await saveCalendarYear(trx, year, days, next)
    }
    return await getCalendar(trx, year)
  })

/** A page of the changes of a year, newest first. */
export async function listCalendarPage(
  db: Kysely<DB>,
  year: number,
  { cursor, limit = 20 }: QueryOf<typeof routes.listWorkCalendarVersions>,
) {
  const before = cursor === undefined ? null : Number(fromCursor(cursor, ['count'])[0])
  const versions = await listCalendarVersions(db, year, before, limit + 1)
  return toPage<Version>(versions, limit, ({ version }) => [String(version)])
}
