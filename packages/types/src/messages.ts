import Type, { type Static } from 'typebox'
import { Closed, OneOf } from './primitives.ts'

/** 消息类型. */
export const MESSAGE_KINDS = {
  reminder: '填报提醒',
  overdue: '逾期未报',
  returned: '月报被退回',
  bulletin: '月通报',
  contactMissing: '缺少联系人',
  stepSlipped: '推进计划滞后',
  alert: '预警',
  order: '督办单',
} as const
export type MessageKind = keyof typeof MESSAGE_KINDS
export const MessageKind = OneOf(
  Object.keys(MESSAGE_KINDS) as [MessageKind, ...MessageKind[]],
  `消息类型: ${Object.entries(MESSAGE_KINDS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** 发送渠道: the ways out beside the inbox, which always gets a message. */
export const CHANNELS = { email: '电子邮件' } as const
export type Channel = keyof typeof CHANNELS
export const Channel = OneOf(Object.keys(CHANNELS) as [Channel, ...Channel[]], '发送渠道: email 电子邮件')

/** What a person is to the subject of a message: a role in its chain, whoever does the work, or the operator. */
export const RECIPIENT_ROLES = ['filer', 'head', 'leader', 'supervisor', 'reviewer', 'doer', 'operator'] as const
export const RecipientRole = OneOf(
  RECIPIENT_ROLES,
  '收件身份: filer 填报人, head 单位负责人, leader 责任领导, supervisor 督查, reviewer 审核人, doer 办理人, operator 系统管理员',
)
export type RecipientRole = Static<typeof RecipientRole>

/** "Why me": one policy, the fact it is about, what the recipient is to it, and how many subjects that covers. */
export const MessageGround = Closed({
  policyId: Type.Union([Type.String(), Type.Null()], {
    description: 'The policy that asked for it; null for what is always told',
  }),
  fact: Type.String({ description: '事实: what happened or is due, such as report-overdue' }),
  role: RecipientRole,
  count: Type.Integer({ description: 'Subjects that it is about' }),
})
export type MessageGround = Static<typeof MessageGround>
