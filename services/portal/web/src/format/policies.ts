import type { Channel, PersonalChannel, PolicyFact, PolicyFields } from '@tiaodu/types'
import { t, wordFor } from '../i18n/index.ts'

/** What a policy or a message is about, in words. */
export const toFact = (fact: string): string => wordFor(`fact_${fact}`)

/** What somebody is to the subject of a message. */
export const toRole = (role: string): string => wordFor(`${role}Role`)

export const toChannel = (channel: string): string => wordFor(`channel_${channel}`)

/** As the lists of channels of @tiaodu/types, which the page does not load for a few words. */
export const PERSONAL_CHANNELS = ['email', 'sms'] as const satisfies readonly PersonalChannel[]
export const CHANNELS = [...PERSONAL_CHANNELS, 'wecom', 'dingtalk', 'feishu'] as const satisfies readonly Channel[]

/** Facts that lie ahead: what is told of them comes before. */
export const isAhead = (fact: PolicyFact): boolean => fact === 'report-due' || fact === 'order-due'

/** 截止前 3 个工作日 09:00: when a policy speaks. */
export function toWhen({
  fact,
  amount,
  unit,
  time,
  everyWorkdays: every,
  untilWorkdays: until,
}: Pick<PolicyFields, 'fact' | 'amount' | 'unit' | 'time' | 'everyWorkdays' | 'untilWorkdays'>): string {
  const isDue = isAhead(fact)
  const span = t(unit === 'workdays' ? 'spanWorkdays' : 'spanHours', { count: Math.abs(amount) })
  const first =
    amount !== 0
      ? [t(isDue ? 'whenBefore' : 'whenAfter', { span }), time ?? ''].join(' ').trim()
      : time === null
        ? t(isDue ? 'whenAtDue' : 'whenAtFact')
        : t(isDue ? 'whenDueDay' : 'whenFactDay', { time })
  return [
    first,
    ...(every === null ? [] : [t('whenRepeat', { every })]),
    ...(until === null ? [] : [t('whenUntil', { until })]),
  ].join('，')
}

/** 汇总成一条 · 电子邮件 · 免打扰 21:00–08:00: how it does. */
export const toHow = ({ mode, channels, quietHours }: Pick<PolicyFields, 'mode' | 'channels' | 'quietHours'>): string =>
  [
    t(`mode_${mode}`),
    channels.length === 0 ? t('inboxOnly') : channels.map(toChannel).join('、'),
    ...(quietHours === null ? [] : [t('quietIs', quietHours)]),
  ].join(' · ')
