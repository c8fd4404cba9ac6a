import { type CycleRuleFields, monthOf, refuse, type Stage } from '@tiaodu/types'
import { REPORTING_STAGES } from './obligation.ts'

const BEFORE_CONSTRUCTION: readonly Stage[] = ['signed', 'preliminary']
const MONTHS_OF_QUARTER = 3

/** Whether projects before construction report for a month. */
export const isPreliminaryMonth = (period: string, frequency: CycleRuleFields['preliminaryFrequency']): boolean =>
  frequency === 'monthly' || monthOf(period) % MONTHS_OF_QUARTER === 0

/** The stages that report for a month. */
export const reportingStagesOf = (
  period: string,
  frequency: CycleRuleFields['preliminaryFrequency'],
): readonly Stage[] =>
  isPreliminaryMonth(period, frequency)
    ? REPORTING_STAGES
    : REPORTING_STAGES.filter((stage) => !BEFORE_CONSTRUCTION.includes(stage))

// A due day within the month itself leaves its units ten days; a count of workdays stays within three weeks.
const SPANS: Record<CycleRuleFields['dueAnchor'], readonly [least: number, most: number]> = {
  nextMonthDay: [1, 31],
  sameMonthDay: [10, 31],
  workdayAfterMonth: [1, 15],
  daysBeforeMonthEnd: [1, 18],
}

function requireSpan(field: string, { dueAnchor, dueDay }: Pick<CycleRuleFields, 'dueAnchor' | 'dueDay'>): void {
  const [least, most] = SPANS[dueAnchor]
  if (dueDay < least || dueDay > most)
    throw refuse('validation-failed', field, {
      zh: `此算法下应为 ${least} 至 ${most}`,
      en: `With this anchor it must be ${least} to ${most}`,
    })
}

/** The rule can be kept in every month. @throws validation-failed naming the day that cannot */
export function assertKeepable(rule: CycleRuleFields): void {
  requireSpan('dueDay', rule)
  if (rule.december !== null) requireSpan('december.dueDay', rule.december)
}

/** Whether two rules say the same. */
export const isSameRule = (one: CycleRuleFields, other: CycleRuleFields): boolean =>
  one.dueAnchor === other.dueAnchor &&
  one.dueDay === other.dueDay &&
  one.dueTime === other.dueTime &&
  one.holidayPolicy === other.holidayPolicy &&
  one.areWeekendsOff === other.areWeekendsOff &&
  one.december?.dueAnchor === other.december?.dueAnchor &&
  one.december?.dueDay === other.december?.dueDay &&
  one.lockAfterDays === other.lockAfterDays &&
  one.extendAtMostDays === other.extendAtMostDays &&
  one.reopenAtMostDays === other.reopenAtMostDays &&
  one.preliminaryFrequency === other.preliminaryFrequency
