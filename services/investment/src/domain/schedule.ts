import { addDays, monthOf, toPercent, yearOf } from '@tiaodu/types'
import type { PlanContent } from './annual-plan.ts'

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

const TWENTY_FOURTHS = 24
const MONTHS = 12
const MIDDLE_DAY = 15
const TEN_DAY_ENDS = [10, 20] as const

/** How many half months, or 旬, of the year are over by the end of a day. */
function partsOver(onDate: string, ends: readonly number[]): number {
  const day = Number(onDate.slice(8))
  const isLastDay = addDays(onDate, 1).slice(8) === '01'
  const ofMonth = isLastDay ? ends.length + 1 : ends.filter((end) => end <= day).length
  return (monthOf(onDate.slice(0, 7)) - 1) * (ends.length + 1) + ofMonth
}

/** 24 times the yuan that are scheduled once so many half months are over; between two months it is the middle. */
function afterHalfMonths({ plannedYuan, monthlyTargetsYuan }: Plan, halves: number): number {
  if (monthlyTargetsYuan === null) return plannedYuan * halves
  const targetOf = (month: number) => (month === 0 ? 0 : (monthlyTargetsYuan[month - 1] ?? 0))
  return (targetOf(Math.floor(halves / 2)) + targetOf(Math.ceil(halves / 2))) * (TWENTY_FOURTHS / 2)
}

/** 序时 on a day of any year: by 旬 where the plan has them, else by half months (7.5/12). */
export function scheduledOn(
  plan: Pick<PlanContent, 'plannedYuan' | 'monthlyTargetsYuan' | 'tenDayTargetsYuan'>,
  year: number,
  onDate: string,
): { readonly yuan: number; readonly percent: number | null } {
  const isOver = yearOf(onDate) > year
  const isBefore = yearOf(onDate) < year
  const over = (ends: readonly number[]) =>
    isBefore ? 0 : isOver ? MONTHS * (ends.length + 1) : partsOver(onDate, ends)
  const { tenDayTargetsYuan, plannedYuan } = plan
  const scaled =
    tenDayTargetsYuan === null
      ? afterHalfMonths(plan, over([MIDDLE_DAY]))
      : (tenDayTargetsYuan[over(TEN_DAY_ENDS) - 1] ?? 0) * TWENTY_FOURTHS
  return { yuan: Math.round(scaled / TWENTY_FOURTHS), percent: toPercent(scaled, plannedYuan * TWENTY_FOURTHS) }
}
