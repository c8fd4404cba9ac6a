import type { Light, LightReason, LightRuleFields } from '@tiaodu/types'
import { toPercent, toPoints } from '@tiaodu/types'
import { type Plan, toScheduledPercent } from './schedule.ts'

/** What lights are judged by in a month; a part that is null does not count. */
export type LightThresholds = Omit<LightRuleFields, 'fromPeriod'>

/** The figures a light is judged by. */
export interface LightFigures {
  readonly plan: Plan
  readonly month: number
  readonly yearToDateYuan: number
  /** How many of the last periods that are due went without a report, counted back from this one. */
  readonly missedReports: number
  /** Months since that of the planned start; 0 when it has started, or was not to have yet. */
  readonly lateStartMonths: number
  /** 前期手续 that were past their due day when the month ended. */
  readonly slips: readonly string[]
  /** Months since that of the due day of the one that has waited longest. */
  readonly slippedMonths: number
}

interface Judgement {
  readonly light: Light
  readonly reason: LightReason
}

const ORDER: readonly Light[] = ['green', 'yellow', 'red']

type Months = NonNullable<LightThresholds['start']>
const lightOf = (months: number, { yellowMonths, redMonths }: Months): Light =>
  months >= redMonths ? 'red' : months >= yellowMonths ? 'yellow' : 'green'

function assessSchedule(
  { plan, month, yearToDateYuan }: LightFigures,
  { yellowPoints, redPoints }: LightThresholds['behind'],
): Judgement | null {
  const completionPercent = toPercent(yearToDateYuan, plan.plannedYuan)
  const scheduledPercent = toScheduledPercent(plan, month)
  if (completionPercent === null || scheduledPercent === null) return null
  const behindPoints = toPoints(scheduledPercent, completionPercent)
  const figures = { plannedYuan: plan.plannedYuan, yearToDateYuan, completionPercent, scheduledPercent, behindPoints }
  const [zh, en] = [
    `完成 ${completionPercent}%，序时 ${scheduledPercent}%`,
    `${completionPercent}% completed against ${scheduledPercent}% scheduled`,
  ]
  if (behindPoints <= yellowPoints)
    return { light: 'green', reason: { code: 'on-schedule', zh, en, figures: { ...figures, yellowPoints } } }
  return {
    light: behindPoints > redPoints ? 'red' : 'yellow',
    reason: {
      code: 'behind-schedule',
      zh: `${zh}，落后 ${behindPoints} 个百分点`,
      en: `${en}, ${behindPoints} points behind`,
      figures: { ...figures, yellowPoints, redPoints },
    },
  }
}

function assessMissed({ missedReports }: LightFigures, rule: LightThresholds['reports']): Judgement | null {
  if (rule === null || missedReports === 0) return null
  return {
    light: lightOf(missedReports, rule),
    reason: {
      code: 'report-missed',
      zh: `连续 ${missedReports} 个月未报`,
      en: `No report for ${missedReports} month(s) running`,
      figures: { missedReports, ...rule },
    },
  }
}

function assessStart({ lateStartMonths }: LightFigures, rule: LightThresholds['start']): Judgement | null {
  if (rule === null || lateStartMonths === 0) return null
  return {
    light: lightOf(lateStartMonths, rule),
    reason: {
      code: 'start-missed',
      zh: `应开工未开工，已过 ${lateStartMonths} 个月`,
      en: `Not started ${lateStartMonths} month(s) after the planned one`,
      figures: { lateStartMonths, ...rule },
    },
  }
}

function assessProcedures(
  { slips, slippedMonths }: LightFigures,
  rule: LightThresholds['procedures'],
): Judgement | null {
  if (rule === null || slips.length === 0) return null
  const procedures = slips.join('、')
  return {
    light: lightOf(slippedMonths, rule),
    reason: {
      code: 'procedures-slipped',
      zh: `前期手续滞后 ${slips.length} 项（${procedures}），最久已过 ${slippedMonths} 个月`,
      en: `${slips.length} procedure(s) past due (${procedures}), for up to ${slippedMonths} month(s)`,
      figures: { slipped: slips.length, procedures, slippedMonths, ...rule },
    },
  }
}

/**
 * 亮灯: the worst of schedule, start, missed reports and procedures, with the reasons of what is yellow or red; a green
 * one says what it was judged by. null when there is nothing to judge by.
 */
export function assessLight(
  figures: LightFigures,
  rule: LightThresholds,
): { light: Light | null; reasons: LightReason[] } {
  const judgements = [
    assessSchedule(figures, rule.behind),
    assessStart(figures, rule.start),
    assessMissed(figures, rule.reports),
    assessProcedures(figures, rule.procedures),
  ].filter((one) => one !== null)
  const worst = ORDER[Math.max(-1, ...judgements.map(({ light }) => ORDER.indexOf(light)))] ?? null
  const told = judgements.filter(({ light }) => worst === 'green' || light !== 'green')
  return { light: worst, reasons: told.map(({ reason }) => reason) }
}
