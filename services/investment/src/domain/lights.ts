import type { Light, LightReason } from '@tiaodu/types'
import { toPercent, toPoints } from '@tiaodu/types'
import { type Plan, toScheduledPercent } from './schedule.ts'

/** The figures a light is judged by. */
export interface LightFigures {
  readonly plan: Plan
  readonly month: number
  readonly yearToDateYuan: number
  /** How many of the last periods that are due went without a report, counted back from this one. */
  readonly missedReports: number
}

const YELLOW_BEHIND = 10
const RED_BEHIND = 30
const RED_MISSED = 2

function assessSchedule({
  plan,
  month,
  yearToDateYuan,
}: LightFigures): { light: Light; reasons: LightReason[] } | null {
  const completionPercent = toPercent(yearToDateYuan, plan.plannedYuan)
  const scheduledPercent = toScheduledPercent(plan, month)
  if (completionPercent === null || scheduledPercent === null) return null
  const behindPoints = toPoints(scheduledPercent, completionPercent)
  if (behindPoints <= YELLOW_BEHIND) return { light: 'green', reasons: [] }
  return {
    light: behindPoints > RED_BEHIND ? 'red' : 'yellow',
    reasons: [
      {
        code: 'behind-schedule',
        zh: `完成 ${completionPercent}%，序时 ${scheduledPercent}%，落后 ${behindPoints} 个百分点`,
        en: `${completionPercent}% completed against ${scheduledPercent}% scheduled, ${behindPoints} points behind`,
        figures: { plannedYuan: plan.plannedYuan, yearToDateYuan, completionPercent, scheduledPercent, behindPoints },
      },
    ],
  }
}

function assessMissed(missedReports: number): { light: Light; reasons: LightReason[] } | null {
  if (missedReports === 0) return null
  return {
    light: missedReports >= RED_MISSED ? 'red' : 'yellow',
    reasons: [
      {
        code: 'report-missed',
        zh: `连续 ${missedReports} 个月未报`,
        en: `No report for ${missedReports} month(s) running`,
        figures: { missedReports },
      },
    ],
  }
}

const ORDER: readonly Light[] = ['green', 'yellow', 'red']

/** 亮灯: the worse of schedule and missed reports, with every reason; null without a plan and with nothing missed. */
export function assessLight(figures: LightFigures): { light: Light | null; reasons: LightReason[] } {
  const judgements = [assessSchedule(figures), assessMissed(figures.missedReports)].filter((one) => one !== null)
  const worst = Math.max(-1, ...judgements.map(({ light }) => ORDER.indexOf(light)))
  return { light: ORDER[worst] ?? null, reasons: judgements.flatMap(({ reasons }) => reasons) }
}
