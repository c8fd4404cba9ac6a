import { type AnnualPlan, type BodyOf, refuse, type routes } from '@tiaodu/types'

/** What somebody enters of a plan. */
type EnteredPlan = BodyOf<typeof routes.putAnnualPlan>

/** What a plan says. */
export type PlanContent = Pick<AnnualPlan, 'plannedYuan' | 'monthlyTargetsYuan' | 'tenDayTargetsYuan' | 'visualGoal'>

/** What a version of a plan says, without its head. */
export const contentOf = ({
  plannedYuan,
  monthlyTargetsYuan,
  tenDayTargetsYuan,
  visualGoal,
}: AnnualPlan): PlanContent => ({
  ...{ plannedYuan, monthlyTargetsYuan, tenDayTargetsYuan, visualGoal },
})

const TEN_DAYS_OF_MONTH = 3

/** Cumulative targets never fall, and the last of them is the plan. @throws validation-failed naming the target */
function requireCumulative(field: string, targets: readonly number[] | null, plannedYuan: number): void {
  if (targets === null) return
  const falls = targets.findIndex((target, at) => target < (targets[at - 1] ?? 0))
  if (falls > 0)
    throw refuse('validation-failed', `${field}.${falls}`, {
      zh: '累计目标不能下降',
      en: 'Cumulative targets cannot fall',
    })
  const last = targets.length - 1
  if (targets[last] !== plannedYuan)
    throw refuse('validation-failed', `${field}.${last}`, {
      zh: '全年最后一个累计目标应等于年度计划',
      en: 'The last target of the year is the plan of the year',
    })
}

const toMonthly = (tenDays: readonly number[]) => tenDays.filter((_, at) => at % TEN_DAYS_OF_MONTH === 2)

/** The plan as entered, with the months that ten-day targets make. @throws validation-failed naming the target */
export function toPlanContent({
  plannedYuan,
  monthlyTargetsYuan = null,
  tenDayTargetsYuan = null,
  visualGoal = null,
}: EnteredPlan): PlanContent {
  requireCumulative('tenDayTargetsYuan', tenDayTargetsYuan, plannedYuan)
  requireCumulative('monthlyTargetsYuan', monthlyTargetsYuan, plannedYuan)
  if (tenDayTargetsYuan === null) return { plannedYuan, monthlyTargetsYuan, tenDayTargetsYuan, visualGoal }
  const monthly = toMonthly(tenDayTargetsYuan)
  const differs = monthlyTargetsYuan?.findIndex((target, month) => target !== monthly[month]) ?? -1
  if (differs >= 0)
    throw refuse('validation-failed', `monthlyTargetsYuan.${differs}`, {
      zh: '与该月下旬的累计目标不一致',
      en: 'The last 旬 of the month says something else',
    })
  return { plannedYuan, monthlyTargetsYuan: monthly, tenDayTargetsYuan, visualGoal }
}

/** A change says why. @throws validation-failed */
export function requireReason(current: unknown, reason: string | undefined): void {
  if (current !== undefined && reason === undefined)
    throw refuse('validation-failed', 'reason', {
      zh: '调整年度计划须说明原因',
      en: 'A plan is changed with a reason',
    })
}
