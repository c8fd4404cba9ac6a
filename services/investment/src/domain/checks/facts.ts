import { monthOf } from '@tiaodu/types'
import { type MonthFigures, yearToDateBefore } from '../report-view.ts'
import { type Plan, scheduledTwelfths, TWELFTHS } from '../schedule.ts'
import { type CheckFacts, type PastMonth, sumOf } from './check.ts'

/** What is known of the project itself and of its months, beside the approved figures. */
type Known = MonthFigures &
  Pick<CheckFacts, 'stage' | 'actualStartOn' | 'actualCompletionOn'> & {
    readonly months: readonly PastMonth[]
    readonly revisedTotalYuan: number | null
  }

const planShare = (plan: Plan, month: number): number => {
  const before = month === 1 ? 0 : scheduledTwelfths(plan, month - 1)
  return Math.round((scheduledTwelfths(plan, month) - before) / TWELFTHS)
}

/** This year's months before: what was filed where that is known, else what was approved. */
function yearBefore({ completedByMonth, months }: Known, period: string): number {
  const filed = new Map(months.map((month) => [month.period, month.completedYuan]))
  const year = period.slice(0, 4)
  const ofMonth = (yuan: number, index: number) => filed.get(`${year}-${String(index + 1).padStart(2, '0')}`) ?? yuan
  return sumOf(completedByMonth.slice(0, monthOf(period) - 1).map(ofMonth))
}

/** What the project may cost: its total, or what a revision of its approval (调概) allows beyond that. */
const allowed = ({ totalInvestmentYuan, revisedTotalYuan }: Known): number | null =>
  totalInvestmentYuan === null ? null : Math.max(totalInvestmentYuan, revisedTotalYuan ?? 0)

/** What the checks hold the entry of a period against. */
export function toFacts(known: Known, period: string, lastProgress: string | null): CheckFacts {
  const { stage, actualStartOn, actualCompletionOn, plan, months } = known
  const month = monthOf(period)
  return {
    period,
    stage,
    actualStartOn,
    actualCompletionOn,
    totalInvestmentYuan: allowed(known),
    sinceStartBeforeYuan: known.beforeYearsYuan + yearToDateBefore(known, month),
    yearBeforeYuan: yearBefore(known, period),
    planShareYuan: plan === undefined ? null : planShare(plan, month),
    lastProgress,
    months,
  }
}
