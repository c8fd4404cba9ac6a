import type { Actor, Order, OrderAction, OrderFlow } from '@tiaodu/types'
import type { Word } from '../../i18n/index.ts'

export type OrderMove = Extract<OrderAction, 'issue' | 'suspend' | 'resume' | 'strikeOff'>
export type UnitAct = Extract<OrderAction, 'sign' | 'progress' | 'report' | 'askExtension'>
type ReviewAct = Extract<OrderAction, 'approve' | 'reject' | 'grantExtension' | 'refuseExtension'>
export type FlowAct = UnitAct | ReviewAct

const MOVES: Record<Order['state'], readonly OrderMove[]> = {
  draft: ['issue'],
  issued: ['suspend'],
  suspended: ['resume'],
  finished: ['strikeOff'],
  struckOff: [],
}
const AT_WORK: readonly OrderFlow['state'][] = ['signed', 'handling', 'rework']

/** What may be done about an order; the service has the last word. */
export const movesFor = ({ role }: Actor, { state }: Order): readonly OrderMove[] =>
  role === 'supervisor' ? MOVES[state] : []

function unitActs({ state, extension, isReportOverdue }: OrderFlow): readonly UnitAct[] {
  if (state === 'issued') return ['sign']
  if (!AT_WORK.includes(state)) return []
  return extension !== null || isReportOverdue ? ['progress', 'report'] : ['progress', 'report', 'askExtension']
}

function reviewActs({ state, extension }: OrderFlow): readonly ReviewAct[] {
  if (state === 'reported') return ['approve', 'reject']
  return extension !== null && AT_WORK.includes(state) ? ['grantExtension', 'refuseExtension'] : []
}

/** What may be done about the part of a unit: by the unit itself, or by who reviews it. */
export function actsFor({ role, unitId }: Actor, order: Order, flow: OrderFlow): readonly FlowAct[] {
  if (order.state !== 'issued') return []
  if (role === 'filer' || role === 'head') return unitId === flow.unitId ? unitActs(flow) : []
  return role === 'leader' || role === 'supervisor' ? reviewActs(flow) : []
}

const UNIT_ACTS: readonly string[] = ['sign', 'progress', 'report', 'askExtension']
export const isUnitAct = (act: FlowAct): act is UnitAct => UNIT_ACTS.includes(act)

/** What has to be said with an act, by its word; what is not here needs no words. */
export const NOTES: Partial<Record<OrderAction, Word>> = {
  progress: 'orderNoteProgress',
  report: 'orderNoteReport',
  reject: 'orderNoteReject',
  askExtension: 'orderNoteExtension',
  refuseExtension: 'orderNoteRefuse',
  suspend: 'orderNoteSuspend',
}

/** What an act means that cannot be undone. */
export const WARNINGS: Partial<Record<OrderAction, Word>> = { issue: 'orderIssueWhy', strikeOff: 'orderStrikeOffWhy' }
