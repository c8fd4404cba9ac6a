import { type LightRuleFields, refuse } from '@tiaodu/types'
import type { LightThresholds } from './lights.ts'

/** Red never comes before yellow. @throws validation-failed naming the field */
export function assertLightRule({ behind, start, reports, procedures }: LightThresholds): void {
  const pairs = [
    ['behind.redPoints', behind.yellowPoints, behind.redPoints],
    ...Object.entries({ start, reports, procedures }).map(
      ([part, months]) => [`${part}.redMonths`, months?.yellowMonths ?? 0, months?.redMonths ?? 0] as const,
    ),
  ] as const
  for (const [field, yellow, red] of pairs) {
    if (red < yellow)
      throw refuse('validation-failed', field, {
        zh: `红灯门槛不能低于黄灯门槛 ${yellow}`,
        en: `Red cannot come before yellow, ${yellow}`,
      })
  }
}

/** A version of the rule with the month it counts from. */
export interface LightRuleVersion {
  readonly version: number
  readonly fromPeriod: string
  readonly content: Omit<LightRuleFields, 'fromPeriod'>
}

/** What lights are judged by in a period: the newest version that counts from it or from an earlier one. */
export function lightRuleOf(newestFirst: readonly LightRuleVersion[], period: string): LightThresholds {
  const rule = newestFirst.find(({ fromPeriod }) => fromPeriod <= period)
  if (rule === undefined) throw new Error(`No rule of lights is in force in ${period}`)
  return rule.content
}
