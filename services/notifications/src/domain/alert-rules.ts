import { type AlertKind, toDateOn, toInstant } from '@tiaodu/types'
import type { Workdays } from './workdays.ts'

/**
 * Which alerts of a project keep quiet while a greater one is open: without a report its figures say nothing, and what has
 * not begun cannot be behind.
 */
const INHIBITED_BY: Readonly<Partial<Record<AlertKind, readonly AlertKind[]>>> = {
  'behind-schedule': ['report-overdue', 'start-missed'],
  'funds-gap': ['report-overdue'],
}

/** Pairs of a lesser alert and the greater one that keeps it quiet. */
export const INHIBITIONS: readonly { readonly lesser: AlertKind; readonly greater: AlertKind }[] = Object.entries(
  INHIBITED_BY,
).flatMap(([lesser, greater]) => greater.map((one) => ({ lesser: lesser as AlertKind, greater: one })))

const MORNING = '09:00'

/** The first workday's 09:00 after an instant. */
export const nextWorkdayMorning = (instant: Date, workdays: Workdays): Date =>
  toInstant(workdays.shift(toDateOn(instant), 1), MORNING)

/** When a promise that was not kept is told: the morning of the workday after it. */
export const toPromiseCheck = (promisedOn: string, workdays: Workdays): Date =>
  toInstant(workdays.shift(promisedOn, 1), MORNING)
