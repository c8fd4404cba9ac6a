import { type PolicyStep, planSteps, type Rule, toDueSteps } from './policy-steps.ts'
import type { Workdays } from './workdays.ts'

/** The times of an obligation that decide its reminders. */
export interface ReminderTimes {
  readonly dueAt: Date
  /** When its alert opens: the due time, or the morning that a returned report was given. */
  readonly overdueAt: Date
  readonly lockAt: Date
  readonly remindedThrough: Date | null
}

/** Reminders that have passed, and when the obligation is to be looked at next: the next reminder, or when it is overdue. */
export function planReminders(
  { dueAt, overdueAt, lockAt, remindedThrough }: ReminderTimes,
  rules: readonly Rule[],
  workdays: Workdays,
  now: Date,
): { readonly due: PolicyStep[]; readonly nextAt: Date } {
  const steps = planSteps(rules, 'report-due', { at: dueAt, endsAt: lockAt }, workdays).filter(
    ({ at }) => at < overdueAt,
  )
  const { due, nextAt } = toDueSteps(steps, remindedThrough, now)
  return { due, nextAt: nextAt ?? overdueAt }
}

/** When an obligation is to be looked at first: also a reminder that has passed already is made up for. */
export function toFirstLook(times: ReminderTimes, rules: readonly Rule[], workdays: Workdays): Date {
  const { remindedThrough } = times
  const before = remindedThrough ?? new Date(0)
  return planReminders(times, rules, workdays, before).nextAt
}
