import type { Report, ReportComputed } from '@tiaodu/types'
import { monthOf, toPercent } from '@tiaodu/types'
import { type StartDates, toLateStart } from './dated-duties.ts'
import { assessLight, type LightThresholds } from './lights.ts'
import { EMPTY_ENTRY, type StoredReport } from './report.ts'
import { type Plan, toScheduledPercent } from './schedule.ts'
import { type Slip, toSlipFigures } from './standing.ts'

/** The approved figures around one month of a project. */
export interface MonthFigures extends StartDates {
  readonly plan: Plan | undefined
  /** Approved yuan of months 1 to 12. */
  readonly completedByMonth: readonly number[]
  readonly beforeYearsYuan: number
  readonly totalInvestmentYuan: number | null
  readonly missedReports: number
  readonly slips: readonly Slip[]
  readonly lightRule: LightThresholds
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Approved yuan of the year before `month`. */
export const yearToDateBefore = ({ completedByMonth }: MonthFigures, month: number): number =>
  sum(completedByMonth.slice(0, month - 1))

/** Everything that follows from this month's entered yuan; nothing of it is ever typed. */
export function computeReport(figures: MonthFigures, period: string, completedYuan: number | null): ReportComputed {
  const month = monthOf(period)
  const before = yearToDateBefore(figures, month)
  const yearToDateYuan = before + (completedYuan ?? 0)
  const sinceStartYuan = figures.beforeYearsYuan + yearToDateYuan
  const plan = figures.plan ?? { plannedYuan: 0, monthlyTargetsYuan: null }
  const { missedReports, slips, lightRule } = figures
  const lateStartMonths = toLateStart(figures, period)
  const judged = { plan, month, yearToDateYuan, missedReports, lateStartMonths, ...toSlipFigures(slips, period) }
  const { light, reasons } = assessLight(judged, lightRule)
  return {
    plannedYuan: figures.plan?.plannedYuan ?? null,
    yearToDateBeforeYuan: before,
    yearToDateYuan,
    sinceStartYuan,
    totalInvestmentYuan: figures.totalInvestmentYuan,
    completionPercent: toPercent(yearToDateYuan, plan.plannedYuan),
    shareOfTotalPercent: toPercent(sinceStartYuan, figures.totalInvestmentYuan ?? 0),
    scheduledPercent: toScheduledPercent(plan, month),
    light,
    lightReasons: reasons,
  }
}

/** The parts of the API's answer that come from the report itself; a missing one is prefilled with last month's text. */
export function toReportParts(report: StoredReport | undefined, lastProgress: string) {
  return {
    state: report?.state ?? ('expected' as Report['state']),
    version: report?.version ?? 0,
    revision: report?.revision ?? 0,
    entry: report?.entry ?? { ...EMPTY_ENTRY, visualProgress: lastProgress },
    submittedAt: report?.submittedAt?.toISOString() ?? null,
    returnReasons: [...(report?.returnReasons ?? [])],
    approvedAt: report?.approvedAt?.toISOString() ?? null,
    isSimulated: report?.isSimulated ?? false,
  }
}
