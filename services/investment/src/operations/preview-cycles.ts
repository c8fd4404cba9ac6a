import type { CyclePreview } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { isPreliminaryMonth } from '../domain/cycle-rule.ts'
import type { DB } from '../generated/tables.ts'
import { getRuleAt } from '../repositories/cycle-rules.repository.ts'
import { listCyclesOfYear } from '../repositories/cycles.repository.ts'
import { readCalendar, toCycleInstants } from './read-calendar.ts'

const MONTHS = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0'))

/** Each month of a year: opened cycles as they were frozen, the others by the rule in force and the calendar as it is. */
export async function previewCycles(db: Kysely<DB>, year: number, now: Date): Promise<{ items: CyclePreview[] }> {
  const rule = await getRuleAt(db, now)
  const calendar = await readCalendar(db, `${year}-01`, `${year}-12`)
  const opened = new Map((await listCyclesOfYear(db, year)).map((cycle) => [cycle.period, cycle]))
  return {
    items: MONTHS.map((month) => {
      const period = `${year}-${month}`
      const cycle = opened.get(period)
      const { dueAt, lockAt, isCalendarProvisional } = cycle ?? toCycleInstants(period, rule, calendar)
      return {
        period,
        dueAt: dueAt.toISOString(),
        lockAt: lockAt.toISOString(),
        isCalendarProvisional,
        isOpened: cycle !== undefined,
        reportsPreliminary: isPreliminaryMonth(period, (cycle ?? rule).preliminaryFrequency),
      }
    }),
  }
}
