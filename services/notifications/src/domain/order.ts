import {
  addDays,
  type NewOrder,
  ORDER_ACTIONS,
  ORDER_STATES,
  type OrderColour,
  type OrderRuleFields,
  type OrderState,
  refuse,
  toDateOn,
  toInstant,
  URGENCIES,
} from '@tiaodu/types'
import { type Flow, forbidden } from './order-flow.ts'

/** What of an order decides what can be done about it. */
export interface StandingOrder {
  readonly state: OrderState
  readonly days: number
  readonly flows: readonly Flow[]
}

export type OrderMove = 'issue' | 'suspend' | 'resume' | 'strikeOff'

const FROM: Readonly<Record<OrderMove, OrderState>> = {
  issue: 'draft',
  suspend: 'issued',
  resume: 'suspended',
  strikeOff: 'finished',
}
const TO: Readonly<Record<OrderMove, OrderState>> = {
  issue: 'issued',
  suspend: 'suspended',
  resume: 'issued',
  strikeOff: 'struckOff',
}
const DUE_TIME = '18:00'
const HOUR_MS = 3_600_000

/** A draft gives no more and no fewer days than its urgency allows. @throws validation-failed */
export function assertWithinLimits(
  { urgency, days }: Pick<NewOrder, 'urgency' | 'days'>,
  { limits }: OrderRuleFields,
): void {
  const { least, most } = limits[urgency]
  if (days >= least && days <= most) return
  throw refuse('validation-failed', 'days', {
    zh: `${URGENCIES[urgency]}的办理时限为 ${least} 至 ${most} 天`,
    en: `An order of this urgency gives ${least} to ${most} days`,
  })
}

/** The limits of an urgency are in order. @throws validation-failed */
export function assertOrderRule({ limits }: OrderRuleFields): void {
  for (const [urgency, { least, most }] of Object.entries(limits)) {
    if (least > most)
      throw refuse('validation-failed', `limits.${urgency}.most`, { zh: '小于最短天数', en: 'Below the least' })
  }
}

/** The due times of parts of an order that is issued now. */
export const toDueTimes = (days: number, { signHours }: Pick<OrderRuleFields, 'signHours'>, now: Date) => ({
  signBy: new Date(now.getTime() + signHours * HOUR_MS),
  dueAt: toInstant(addDays(toDateOn(now), days), DUE_TIME),
})

/** An order after a move, each part with it. @throws order-move-forbidden, validation-failed */
export function decideOrder<O extends StandingOrder>(
  order: O,
  move: OrderMove,
  note: string | null,
  rule: Pick<OrderRuleFields, 'signHours'>,
  now: Date,
): O {
  if (order.state !== FROM[move])
    throw forbidden(
      'action',
      `${ORDER_STATES[order.state]}的督办单不能${ORDER_ACTIONS[move]}`,
      `The order is ${order.state}`,
    )
  if (move === 'suspend' && note === null)
    throw refuse('validation-failed', 'note', { zh: '中止须说明理由', en: 'A reason is needed' })
  const flows = order.flows.map((flow): Flow => {
    if (move === 'issue') return { ...flow, state: 'issued', ...toDueTimes(order.days, rule, now) }
    return move === 'strikeOff' ? { ...flow, state: 'struckOff' } : flow
  })
  return { ...order, state: TO[move], flows } as O
}

/** An order is finished when the part of every unit is. */
export const toOrderState = (state: OrderState, flows: readonly Flow[]): OrderState =>
  state === 'issued' && flows.length > 0 && flows.every((flow) => flow.state === 'finished') ? 'finished' : state

const isOver = ({ state }: Flow) => state === 'finished' || state === 'struckOff' || state === 'waiting'

/** 签收逾期: not signed for by then, or signed late. */
export const isSignOverdue = ({ signBy, signedAt, state }: Flow, now: Date): boolean =>
  signBy !== null && (signedAt === null ? state === 'issued' && now >= signBy : signedAt > signBy)

/** 上报逾期: not finished, nothing waits for review, and the due time has passed. */
export const isReportOverdue = (flow: Flow, now: Date): boolean =>
  !isOver(flow) && flow.state !== 'reported' && flow.dueAt !== null && now >= flow.dueAt

/** 红 overdue, 黄 not signed in time or sent back, 蓝 near due; null otherwise, and when it is over or suspended. */
export function toColour(
  flow: Flow,
  order: Pick<StandingOrder, 'state'>,
  { nearDays }: Pick<OrderRuleFields, 'nearDays'>,
  now: Date,
): OrderColour | null {
  if (isOver(flow) || order.state !== 'issued') return null
  if (isReportOverdue(flow, now)) return 'red'
  if (flow.state === 'rework' || (flow.state === 'issued' && isSignOverdue(flow, now))) return 'yellow'
  if (flow.state === 'reported' || flow.dueAt === null) return null
  return toDateOn(now) >= addDays(toDateOn(flow.dueAt), -nearDays) ? 'blue' : null
}

const GRAVITY: readonly (OrderColour | null)[] = ['red', 'yellow', 'blue']

/** The gravest of the colours of its parts. */
export const toGravest = (colours: readonly (OrderColour | null)[]): OrderColour | null =>
  GRAVITY.find((colour) => colours.includes(colour)) ?? null
