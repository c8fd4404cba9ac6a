import type { Rung } from '@tiaodu/types'
import { toDateOn, toInstant } from '@tiaodu/types'

/** One step around a due instant: when, who hears of it, and the rung an alert climbs to. */
export interface PolicyStep {
  readonly name: string
  readonly kind: 'reminder' | 'overdue'
  /** Workdays from the due day; 0 is the due day itself. */
  readonly workdays: number
  /** Clock time in Asia/Shanghai, or `due` for the due instant itself. */
  readonly time: string
  readonly tells: readonly Rung[]
  readonly alertRung: Rung | null
}

/** The default: reminders 3, 1 and 0 workdays before; overdue at once, after 1 and after 3 workdays, each a rung up. */
export const POLICY: readonly PolicyStep[] = [
  { name: 'remind-3', kind: 'reminder', workdays: -3, time: '09:00', tells: ['filer'], alertRung: null },
  { name: 'remind-1', kind: 'reminder', workdays: -1, time: '09:00', tells: ['filer'], alertRung: null },
  { name: 'remind-0', kind: 'reminder', workdays: 0, time: '09:00', tells: ['filer'], alertRung: null },
  { name: 'overdue+0', kind: 'overdue', workdays: 0, time: 'due', tells: ['filer', 'head'], alertRung: 'head' },
  { name: 'overdue+1', kind: 'overdue', workdays: 1, time: '09:00', tells: ['leader'], alertRung: 'leader' },
  { name: 'overdue+3', kind: 'overdue', workdays: 3, time: '09:00', tells: ['supervisor'], alertRung: 'supervisor' },
]

/** The date `count` workdays after (or before, when negative) a date, by a sorted list of workdays. */
export function shiftWorkdays(dateOn: string, count: number, workdays: readonly string[]): string {
  if (count === 0) return dateOn
  const side = count > 0 ? workdays.filter((day) => day > dateOn) : workdays.filter((day) => day < dateOn).reverse()
  const day = side[Math.abs(count) - 1]
  if (day === undefined) throw new Error(`The calendar does not reach ${count} workdays from ${dateOn}`)
  return day
}

/** The instants of all steps around a due instant, in the order of the policy. */
export function toStepInstants(dueAt: Date, workdays: readonly string[], policy = POLICY): Date[] {
  const dueOn = toDateOn(dueAt)
  return policy.map((step) =>
    step.time === 'due' ? dueAt : toInstant(shiftWorkdays(dueOn, step.workdays, workdays), step.time),
  )
}

/** The first workday's 09:00 after an instant. */
export const nextWorkdayMorning = (instant: Date, workdays: readonly string[]): Date =>
  toInstant(shiftWorkdays(toDateOn(instant), 1, workdays), '09:00')
