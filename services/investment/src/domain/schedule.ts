import { toPercent } from '@tiaodu/types'

/** The annual plan of a project, as far as the schedule goes. */
export interface Plan {
  readonly plannedYuan: number
  /** Cumulative targets of months 1 to 12, or null for the m/12 curve. */
  readonly monthlyTargetsYuan: readonly number[] | null
}

/** What should be completed by the end of `month`, in yuan (exact twelfths are kept by scaling with `TWELFTHS`). */
export const TWELFTHS = 12

/** Twelve times what should be completed by the end of `month`: an integer, so that sums over projects stay exact. */
export const scheduledTwelfths = (plan: Plan, month: number): number =>
  plan.monthlyTargetsYuan === null ? plan.plannedYuan * month : (plan.monthlyTargetsYuan[month - 1] ?? 0) * TWELFTHS

/** 序时进度 of a plan in percent, null without a plan. */
export const toScheduledPercent = (plan: Plan, month: number): number | null =>
  toPercent(scheduledTwelfths(plan, month), plan.plannedYuan * TWELFTHS)
