import Type, { type Static } from 'typebox'
import { Closed, OneOf } from './primitives.ts'

const wordsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words)
    .map((pair) => pair.join(' '))
    .join(', ')

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
  rollupsDiverged: '对账不符',
} as const
export type MessageKind = keyof typeof MESSAGE_KINDS
export const MessageKind = OneOf(
  Object.keys(MESSAGE_KINDS) as [MessageKind, ...MessageKind[]],
  `消息类型: ${wordsOf(MESSAGE_KINDS)}`,
)

/** The ways to one person beside the inbox, which always gets a message. */
export const PERSONAL_CHANNELS = { email: '电子邮件', sms: '短信' } as const
export type PersonalChannel = keyof typeof PERSONAL_CHANNELS
export const PersonalChannel = OneOf(
  Object.keys(PERSONAL_CHANNELS) as [PersonalChannel, ...PersonalChannel[]],
  `个人渠道: ${wordsOf(PERSONAL_CHANNELS)}`,
)

/** 群机器人: the ways to a group at work. */
export const GROUP_CHANNELS = { wecom: '企业微信群', dingtalk: '钉钉群', feishu: '飞书群' } as const
export type GroupChannel = keyof typeof GROUP_CHANNELS

/** 发送渠道 that a policy may name: to each person it tells, and to the groups that hear of the project. */
export const CHANNELS = { ...PERSONAL_CHANNELS, ...GROUP_CHANNELS } as const
export type Channel = keyof typeof CHANNELS
export const Channel = OneOf(Object.keys(CHANNELS) as [Channel, ...Channel[]], `发送渠道: ${wordsOf(CHANNELS)}`)

/** What the reader is to the subject of a message: a role in its chain, whoever does the work, the operator, or a group. */
export const RECIPIENT_ROLES = [
  'filer',
  'head',
  'leader',
  'supervisor',
  'reviewer',
  'doer',
  'operator',
  'group',
] as const
export const RecipientRole = OneOf(
  RECIPIENT_ROLES,
  '收件身份: filer 填报人, head 单位负责人, leader 责任领导, supervisor 督查, reviewer 审核人, doer 办理人, operator 系统管理员, group 工作群',
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
