import Type, { type Static } from 'typebox'
import { Channel } from './messages.ts'
import { Closed, Formed, Line, Nullable, OneOf } from './primitives.ts'

/** 预警类型: the facts that open an alert, the gravest first; they are what alerts are about and what policies speak of. */
export const ALERT_KINDS = {
  'report-overdue': '逾期未报',
  'start-missed': '应开工未开工',
  'behind-schedule': '进度滞后',
  'difficulty-overdue': '困难和问题超期',
  'step-slipped': '推进计划滞后',
  'funds-gap': '资金到位不足',
} as const
export type AlertKind = keyof typeof ALERT_KINDS
export const ALERT_KIND_CODES = Object.keys(ALERT_KINDS) as [AlertKind, ...AlertKind[]]
export const AlertKind = OneOf(
  ALERT_KIND_CODES,
  `预警类型: ${Object.entries(ALERT_KINDS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** 策略依据的事实: a due time, an alert that is open, or an event. */
export const POLICY_FACTS = {
  'report-due': '月报截止',
  ...ALERT_KINDS,
  'report-returned': '月报被退回',
  'bulletin-published': '月通报发布',
  'order-due': '督办临近期限',
  'order-unsigned': '督办签收逾期',
  'order-overdue': '督办上报逾期',
  'rollups-diverged': '对账不符',
} as const
export type PolicyFact = keyof typeof POLICY_FACTS
export const POLICY_FACT_CODES = Object.keys(POLICY_FACTS) as [PolicyFact, ...PolicyFact[]]
export const PolicyFact = OneOf(
  POLICY_FACT_CODES,
  `事实: ${Object.entries(POLICY_FACTS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** Whom a policy may tell, found in the chain of the project on the day of sending. */
export const POLICY_ROLES = ['filer', 'head', 'leader', 'reviewer', 'supervisor', 'doer', 'operator'] as const
export const PolicyRole = OneOf(
  POLICY_ROLES,
  '收件身份: filer 填报人, head 单位负责人, leader 责任领导, reviewer 审核人, supervisor 督查, doer 办理人, operator 系统管理员',
)
export type PolicyRole = Static<typeof PolicyRole>

/** A clock time in Asia/Shanghai. */
export const ClockTime = Formed(
  '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  { zh: '应为时刻，如 18:00', en: 'must be a clock time, as 18:00' },
  { description: 'Clock time HH:MM, Asia/Shanghai' },
)

/** 免打扰时段: what falls into it waits for its end; it may reach over midnight. */
export const QuietHours = Closed({ from: ClockTime, to: ClockTime })
export type QuietHours = Static<typeof QuietHours>

/** What a policy says. */
export const PolicyFields = Closed({
  name: Line(50, '策略名称'),
  fact: PolicyFact,
  tells: Type.Array(PolicyRole, { minItems: 1, maxItems: POLICY_ROLES.length, uniqueItems: true }),
  amount: Type.Integer({
    minimum: -240,
    maximum: 240,
    description: 'Workdays or hours after the due time or the opening of the alert; below zero before it',
  }),
  unit: OneOf(['workdays', 'hours'], '计时单位: workdays 工作日, hours 小时'),
  time: Type.Union([ClockTime, Type.Null()], {
    description: 'Clock time of that day; null: the same time as the due time, or the opening, itself',
  }),
  everyWorkdays: Type.Union([Type.Integer({ minimum: 1, maximum: 60 }), Type.Null()], {
    description: 'Told again every so many workdays until untilWorkdays; null: once',
  }),
  untilWorkdays: Type.Union([Type.Integer({ minimum: 0, maximum: 120 }), Type.Null()], {
    description: 'Not told any more when more than so many workdays have passed since; null: as long as it lasts',
  }),
  mode: OneOf(
    ['digest', 'atOnce'],
    '发送方式: digest 汇总 (one message per person), atOnce 即时 (one for each subject)',
  ),
  channels: Type.Array(Channel, { uniqueItems: true, description: '渠道 beside the inbox' }),
  quietHours: Nullable(QuietHours),
  isActive: Type.Boolean({ description: 'Whether it is in force' }),
})
export type PolicyFields = Static<typeof PolicyFields>
