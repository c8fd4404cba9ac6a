import type { Transaction } from 'kysely'
import { type AlertMove, planAlert } from '../domain/alert-plan.ts'
import { planReminders } from '../domain/obligation-plan.ts'
import type { Telling } from '../domain/sweep.ts'
import type { DB } from '../generated/tables.ts'
import { type DueAlert, lockDueAlerts, turnAlerts } from '../repositories/due-alerts.repository.ts'
import { lockRemindable, setReminded } from '../repositories/due-obligations.repository.ts'
import type { Timing } from './read-timing.ts'

/** Reminders that have passed of obligations that are not overdue yet, and what comes next of each. */
export async function remind(
  trx: Transaction<DB>,
  cycleIds: readonly string[],
  { rules, workdays }: Timing,
  now: Date,
): Promise<Telling[]> {
  const due = await lockRemindable(trx, cycleIds, now)
  const plans = new Map<string, ReturnType<typeof planReminders>>()
  const planOf = (one: (typeof due)[number]) => {
    const key = [one.dueAt, one.overdueAt, one.lockAt, one.remindedThrough].map((at) => at?.getTime()).join()
    const plan = plans.get(key) ?? planReminders(one, rules, workdays, now)
    plans.set(key, plan)
    return plan
  }
  await setReminded(
    trx,
    due.map((one) => ({ id: one.subject.id, nextAt: planOf(one).nextAt })),
    now,
  )
  // Of several reminders that were slept through, the last one says everything.
  return due.map((one) => ({ subject: one.subject, steps: planOf(one).due.slice(-1), brokenPromise: null }))
}

const timesOf = ({
  subject: { fact },
  anchorAt,
  endsAt,
  toldThrough,
  promisedOn,
  snoozedUntil,
  isInhibited,
}: DueAlert) => ({ fact, anchorAt, endsAt, toldThrough, promisedOn, snoozedUntil, isInhibited }) as const

/** Moves every alert that is to be looked at, those with the same times together. */
export async function moveAlerts(
  trx: Transaction<DB>,
  { rules, workdays }: Timing,
  now: Date,
): Promise<{ readonly count: number; readonly tellings: Telling[] }> {
  const due = await lockDueAlerts(trx, now)
  if (due.length === 0) return { count: 0, tellings: [] }
  const moves: AlertMove[] = []
  const known = new Map<string, number>()
  const moveOf = due.map((alert) => {
    const times = timesOf(alert)
    const key = JSON.stringify(times)
    const at = known.get(key) ?? moves.push(planAlert(times, rules, workdays, now)) - 1
    known.set(key, at)
    return at
  })
  await turnAlerts(
    trx,
    due.map(({ subject }) => subject.id),
    moveOf,
    moves,
    now,
  )
  const tellings = due.flatMap(({ subject, rung }, index) => {
    const move = moves[moveOf[index] ?? -1]
    if (move === undefined || (move.steps.length === 0 && !move.isPromiseBroken)) return []
    return [{ subject, steps: move.steps, brokenPromise: move.isPromiseBroken ? rung : null }]
  })
  return { count: due.length, tellings }
}
