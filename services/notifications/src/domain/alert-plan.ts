import type { PolicyFact, Rung } from '@tiaodu/types'
import { toPromiseCheck } from './alert-rules.ts'
import { type PolicyStep, planSteps, type Rule, toDueSteps } from './policy-steps.ts'
import { toClimb } from './sweep.ts'
import type { Workdays } from './workdays.ts'

/** The times of an alert that decide what is told of it now. */
export interface AlertTimes {
  readonly fact: PolicyFact
  readonly anchorAt: Date
  readonly endsAt: Date | null
  readonly toldThrough: Date | null
  /** The day on which it was promised to be settled. */
  readonly promisedOn: string | null
  readonly snoozedUntil: Date | null
  readonly isInhibited: boolean
}

/** What a sweep makes of an alert, and of every other one with the same times. */
export interface AlertMove {
  readonly steps: readonly PolicyStep[]
  readonly nextAt: Date | null
  readonly isInhibited: boolean
  /** Promised or snoozed: nothing counts as told meanwhile. */
  readonly isPaused: boolean
  readonly isPromiseBroken: boolean
  readonly climbs: readonly { readonly policyId: string; readonly rung: Rung | null }[]
}

const STILL: AlertMove = {
  ...{ steps: [], nextAt: null, climbs: [] },
  ...{ isInhibited: false, isPaused: false, isPromiseBroken: false },
}

/** Until when nobody is chased: the morning after the promised day, or the end of the snooze. */
function toPause({ promisedOn, snoozedUntil }: AlertTimes, workdays: Workdays): Date | null {
  const ends = [promisedOn === null ? null : toPromiseCheck(promisedOn, workdays), snoozedUntil]
  return ends.reduce((latest, end) => (latest === null || (end !== null && end > latest) ? end : latest), null)
}

/**
 * What is due of an open alert that is looked at. One that a greater alert keeps quiet waits until that one closes. One
 * that was acknowledged is looked at again when its promised day has passed: the promise was broken. What fell due in
 * the meantime is told then, together. After its end, as when a period is locked, it stands and nobody is chased.
 */
export function planAlert(alert: AlertTimes, rules: readonly Rule[], workdays: Workdays, now: Date): AlertMove {
  const { fact, anchorAt, endsAt, toldThrough, promisedOn } = alert
  if (alert.isInhibited) return { ...STILL, isInhibited: true }
  const pausedUntil = toPause(alert, workdays)
  if (pausedUntil !== null && pausedUntil > now) return { ...STILL, isPaused: true, nextAt: pausedUntil }
  if (endsAt !== null && now >= endsAt) return STILL
  const { due: steps, nextAt } = toDueSteps(
    planSteps(rules, fact, { at: anchorAt, endsAt }, workdays),
    toldThrough,
    now,
  )
  const climbs = steps.map(({ policy }) => ({ policyId: policy.id, rung: toClimb(policy.tells) }))
  return { ...STILL, steps, nextAt, isPromiseBroken: promisedOn !== null, climbs }
}
