import { addDays, type Policy, type PolicyFact, type PolicyFields, refuse, toDateOn, toInstant } from '@tiaodu/types'
import type { Workdays } from './workdays.ts'

/** What of a policy decides who is told, when and how. */
export type Rule = Pick<Policy, 'id'> & Omit<PolicyFields, 'isActive'>

/** One time at which a policy tells of a fact. */
export interface PolicyStep {
  readonly at: Date
  readonly policy: Rule
  /** Later than this nobody is told any more; null: as long as the fact lasts. */
  readonly expiresAt: Date | null
}

/** The time around which the steps of a fact lie. */
export interface Anchor {
  /** The due time, or when the alert opened. */
  readonly at: Date
  /** Nobody is told from this instant on, as when a period is locked; null: as long as it lasts. */
  readonly endsAt: Date | null
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const OFFSET_MS = 8 * HOUR_MS
const clockTimeOf = (instant: Date): number => (instant.getTime() + OFFSET_MS) % DAY_MS

function toStepInstant(rule: Rule, amount: number, anchor: Date, workdays: Workdays): Date {
  if (rule.unit === 'hours') return new Date(anchor.getTime() + amount * HOUR_MS)
  const day = workdays.shift(toDateOn(anchor), amount)
  if (rule.time !== null) return toInstant(day, rule.time)
  return new Date(toInstant(day, '00:00').getTime() + clockTimeOf(anchor))
}

function toExpiry({ untilWorkdays, everyWorkdays }: Rule, anchor: Date, workdays: Workdays): Date | null {
  if (untilWorkdays === null || everyWorkdays !== null) return null
  return toInstant(addDays(workdays.shift(toDateOn(anchor), untilWorkdays), 1), '00:00')
}

/** 0 for what is told once, else each multiple up to the last. */
function turnsOf({ everyWorkdays, untilWorkdays, amount }: Rule): number[] {
  if (everyWorkdays === null) return [0]
  const most = Math.max(0, Math.floor(((untilWorkdays ?? amount) - amount) / everyWorkdays))
  return Array.from({ length: most + 1 }, (_, turn) => turn * everyWorkdays)
}

/**
 * Every time at which policies tell of a fact, earliest first. What is due is told of up to its due time, an alert from
 * its opening on: a clock time that lies on the wrong side moves to the anchor, or is left out.
 */
export function planSteps(
  rules: readonly Rule[],
  fact: PolicyFact,
  { at: anchor, endsAt }: Anchor,
  workdays: Workdays,
): PolicyStep[] {
  const isBefore = fact === 'report-due' || fact === 'order-due'
  return rules
    .filter((rule) => rule.fact === fact)
    .flatMap((policy) => {
      const expiresAt = toExpiry(policy, anchor, workdays)
      return turnsOf(policy).map((turn) => {
        const at = toStepInstant(policy, policy.amount + turn, anchor, workdays)
        return { at: !isBefore && at < anchor ? anchor : at, policy, expiresAt }
      })
    })
    .filter(({ at }) => (isBefore ? at <= anchor : true) && (endsAt === null || at < endsAt))
    .sort((one, other) => one.at.getTime() - other.at.getTime() || one.policy.id.localeCompare(other.policy.id))
}

/** Of planned steps those that are due now and were not told before, and when the next one is. */
export function toDueSteps(
  steps: readonly PolicyStep[],
  toldThrough: Date | null,
  now: Date,
): { readonly due: PolicyStep[]; readonly nextAt: Date | null } {
  const isOpen = ({ at, expiresAt }: PolicyStep) => expiresAt === null || (at < expiresAt && now < expiresAt)
  const ahead = steps.filter((step) => (toldThrough === null || step.at > toldThrough) && isOpen(step))
  return { due: ahead.filter(({ at }) => at <= now), nextAt: ahead.find(({ at }) => at > now)?.at ?? null }
}

const unfit = (field: string, zh: string, en: string) => refuse('validation-failed', field, { zh, en })

/** A policy means something for its fact. @throws validation-failed naming the field that does not */
export function assertMeaningful(fields: PolicyFields): void {
  const { fact, amount, everyWorkdays, untilWorkdays, mode } = fields
  const isBefore = fact === 'report-due' || fact === 'order-due'
  const isEvent = fact === 'report-returned' || fact === 'bulletin-published' || fact === 'rollups-diverged'
  if (isBefore && amount > 0)
    throw unfit('amount', '截止前的提醒不能晚于截止时间', 'A reminder is not after the due time')
  if (!isBefore && amount < 0) throw unfit('amount', '事实发生之前无从通知', 'Nobody can be told before it happens')
  if (isEvent && (amount !== 0 || mode !== 'atOnce'))
    throw unfit(mode === 'atOnce' ? 'amount' : 'mode', '该事件即时通知', 'This event is told at once')
  if (everyWorkdays !== null && untilWorkdays === null)
    throw unfit('untilWorkdays', '重复通知须有终止时间', 'What is repeated needs an end')
  if (untilWorkdays !== null && fields.unit === 'workdays' && untilWorkdays < amount)
    throw unfit('untilWorkdays', '终止时间早于首次通知', 'It ends before it begins')
  if (fields.quietHours !== null && fields.quietHours.from === fields.quietHours.to)
    throw unfit('quietHours.to', '免打扰时段不能是全天', 'It cannot be quiet all day')
}
