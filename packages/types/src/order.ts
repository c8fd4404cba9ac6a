import Type, { type Static } from 'typebox'
import { CalendarDate, Closed, Instant, Line, Nullable, OneOf, Uuid, Year } from './primitives.ts'

const wordsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .map((pair) => pair.join(' '))
    .join(', ')
const codesOf = <W extends Readonly<Record<string, string>>>(words: W) =>
  Object.keys(words) as [keyof W & string, ...(keyof W & string)[]]

/** 督办单状态. */
export const ORDER_STATES = {
  draft: '待交办',
  issued: '已交办',
  suspended: '中止',
  finished: '办结',
  struckOff: '销号',
} as const
export type OrderState = keyof typeof ORDER_STATES
export const OrderState = OneOf(codesOf(ORDER_STATES), `督办单状态: ${wordsOf(ORDER_STATES)}`)

/** 承办状态 of one unit's sub-flow. */
export const FLOW_STATES = {
  waiting: '待交办',
  issued: '已交办',
  signed: '签收',
  handling: '办理',
  reported: '上报情况',
  rework: '驳回重办',
  finished: '办结',
  struckOff: '销号',
} as const
export type FlowState = keyof typeof FLOW_STATES
export const FlowState = OneOf(codesOf(FLOW_STATES), `承办状态: ${wordsOf(FLOW_STATES)}`)

/** 紧急程度. */
export const URGENCIES = { express: '急件', ordinary: '一般', hard: '疑难' } as const
export type Urgency = keyof typeof URGENCIES
export const Urgency = OneOf(codesOf(URGENCIES), `紧急程度: ${wordsOf(URGENCIES)}`)

/** 督办颜色: 蓝 near due, 黄 behind or poor, 红 overdue. */
export const ORDER_COLOURS = { blue: '蓝', yellow: '黄', red: '红' } as const
export type OrderColour = keyof typeof ORDER_COLOURS
export const OrderColour = OneOf(codesOf(ORDER_COLOURS), '督办颜色: blue 临近, yellow 滞后或质量差, red 逾期')

/** What was done about an order, or about one unit's part of it. */
export const ORDER_ACTIONS = {
  create: '拟稿',
  issue: '交办',
  sign: '签收',
  progress: '办理进展',
  report: '上报情况',
  approve: '审核通过',
  reject: '驳回重办',
  askExtension: '申请延期',
  grantExtension: '同意延期',
  refuseExtension: '不同意延期',
  suspend: '中止',
  resume: '恢复',
  strikeOff: '销号',
} as const
export type OrderAction = keyof typeof ORDER_ACTIONS
export const OrderAction = OneOf(codesOf(ORDER_ACTIONS), `督办动作: ${wordsOf(ORDER_ACTIONS)}`)

/** What is said of an order. */
export const OrderText = Line(1_000, '内容')

/** 延期申请: asked before expiry, granted by two people. */
export const OrderExtension = Closed({
  newDueOn: CalendarDate,
  reason: OrderText,
  progress: OrderText,
  askedAt: Instant,
  approvedByName: Type.Union([Type.String(), Type.Null()], { description: 'Who approved first; a second is needed' }),
})

/** One unit's part of an order. */
export const OrderFlow = Closed({
  id: Uuid,
  unitId: Uuid,
  unitName: Nullable(Type.String()),
  part: OneOf(['lead', 'cooperating'], '承办身份: lead 主办, cooperating 协办'),
  state: FlowState,
  signBy: Nullable(Instant),
  dueAt: Nullable(Instant),
  signedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  reworks: Type.Integer({ description: 'How often it was sent back' }),
  isSignOverdue: Type.Boolean({ description: '签收逾期' }),
  isReportOverdue: Type.Boolean({ description: '上报逾期' }),
  colour: Nullable(OrderColour),
  extension: Nullable(OrderExtension),
})
export type OrderFlow = Static<typeof OrderFlow>

const entered = {
  title: Line(200, '督办事项'),
  demand: Line(2_000, '督办要求'),
  urgency: Urgency,
  days: Type.Integer({ minimum: 1, maximum: 90, description: '办理时限, calendar days from the day it is issued' }),
}

/** 督办单. */
export const Order = Closed({
  id: Uuid,
  number: Type.Union([Type.String(), Type.Null()], { description: '文号, as 〔2026〕1号; null before it is issued' }),
  ...entered,
  state: OrderState,
  projectId: Nullable(Uuid),
  projectName: Nullable(Type.String()),
  alertId: Nullable(Uuid),
  raisedByName: Type.String(),
  raisedAt: Instant,
  issuedAt: Nullable(Instant),
  colour: Nullable(OrderColour),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
  flows: Type.Array(OrderFlow),
})
export type Order = Static<typeof Order>

export const OrderWithTimeline = Closed({
  ...Order.properties,
  timeline: Type.Array(
    Closed({
      at: Instant,
      action: OrderAction,
      unitName: Nullable(Type.String()),
      actorName: Type.String(),
      note: Nullable(Type.String()),
    }),
  ),
})
export type OrderWithTimeline = Static<typeof OrderWithTimeline>

export const NewOrder = Closed({
  ...entered,
  leadUnitId: Type.String({ ...Uuid, description: '主办单位' }),
  cooperatingUnitIds: Type.Array(Uuid, { maxItems: 20, uniqueItems: true, description: '协办单位' }),
  projectId: Type.Optional(Nullable(Uuid)),
  alertId: Type.Optional(Nullable(Uuid)),
})
export type NewOrder = Static<typeof NewOrder>

const limit = Closed({
  least: Type.Integer({ minimum: 1, maximum: 90, description: 'Least days' }),
  most: Type.Integer({ minimum: 1, maximum: 90, description: 'Most days' }),
})

/** 督办时限: how long what kind of order may take, and when it is near due. */
export const OrderRuleFields = Closed({
  limits: Closed({ express: limit, ordinary: limit, hard: limit }),
  signHours: Type.Integer({ minimum: 1, maximum: 240, description: '签收时限, hours after it is issued' }),
  nearDays: Type.Integer({ minimum: 0, maximum: 30, description: 'Blue from so many days before it is due' }),
})
export type OrderRuleFields = Static<typeof OrderRuleFields>

export const OrderRule = Closed({
  ...OrderRuleFields.properties,
  version: Type.Integer({ description: 'Send it back as If-Match' }),
  at: Instant,
  actorName: Type.String(),
  reason: Type.String(),
})
export type OrderRule = Static<typeof OrderRule>

const figures = {
  total: Type.Integer({ description: 'Parts of orders issued in the year' }),
  finished: Type.Integer({ description: 'Of them finished' }),
  finishedInTime: Type.Integer({ description: 'Of them finished by the due time' }),
  signOverdue: Type.Integer({ description: 'Of them signed late, or not signed and late' }),
  reworked: Type.Integer({ description: 'Of them sent back at least once' }),
  blue: Type.Integer({ description: 'Near due' }),
  yellow: Type.Integer({ description: 'Behind or poor' }),
  red: Type.Integer({ description: 'Overdue' }),
}
export const OrderStatistics = Closed({
  year: Year,
  units: Type.Array(Closed({ unitId: Uuid, unitName: Nullable(Type.String()), ...figures })),
})
export type OrderStatistics = Static<typeof OrderStatistics>
