import { type Light, type Stage, TIERS, type Tier } from '@tiaodu/types'
import { type LitMonth, naiveLight } from './naive-light.ts'

/** Where a project stands and what it plans, as it was or will be when a month is locked. */
export interface Place {
  readonly isWithdrawn: boolean
  readonly regionCode: string
  readonly unitId: string
  readonly category: string
  readonly tiers: readonly Tier[]
  readonly isAssessed: boolean
  readonly stage: Stage
  readonly totalInvestmentYuan: number
  readonly plannedStartOn: string | null
  readonly actualStartOn: string | null
  readonly completionOn: string | null
  readonly statisticalEntryOn: string | null
}

/** A month of a project as its rows say: no sum, no memory. */
export interface Month extends LitMonth {
  readonly place: Place
  /** Approved yuan of the months of this year up to this one. */
  readonly approvedYuan: readonly { readonly period: string; readonly yuan: number }[]
  readonly isExpected: boolean
  readonly isFiled: boolean
  readonly isOnTime: boolean
  readonly hasExcuse: boolean
  /** It was filed once, whatever became of it. */
  readonly wasFiled: boolean
  readonly isDue: boolean
  readonly declaredLight: Light | null
  readonly isExempt: boolean
}

type Cell = Record<string, number>

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** By comparing months as text, which the service does not do. */
function datesOf({ period, place }: Month) {
  const isBy = (on: string | null) => on !== null && on.slice(0, 7) <= period
  const isDue = (on: string | null) => isBy(on) && on?.slice(0, 4) === period.slice(0, 4)
  const started: readonly Stage[] = ['newlyStarted', 'building', 'finishing', 'completed', 'producing', 'performing']
  return {
    isStartDue: isDue(place.plannedStartOn),
    hasStarted: place.actualStartOn === null ? started.includes(place.stage) : isBy(place.actualStartOn),
    isCompletionDue: isDue(place.completionOn),
    isCompleted: ['completed', 'producing', 'performing'].includes(place.stage),
    isEntered: isBy(place.statisticalEntryOn),
  }
}

function figuresOf(month: Month): Cell {
  const at = Number(month.period.slice(5))
  const plan = { plannedYuan: month.plannedYuan, monthlyTargetsYuan: month.monthlyTargetsYuan }
  const yearYuan = sum(month.approvedYuan.map(({ yuan }) => yuan))
  const light = naiveLight(month, { yearYuan, isStarted: datesOf(month).hasStarted })
  const counted = month.isExempt ? null : light
  const isExcused = month.hasExcuse && !month.isOnTime
  const { isAssessed, totalInvestmentYuan } = month.place
  const ofAssessed = (value: number | boolean) => (isAssessed ? Number(value) : 0)
  const scheduledTwelfths =
    plan.monthlyTargetsYuan === null ? plan.plannedYuan * at : (plan.monthlyTargetsYuan[at - 1] ?? 0) * 12
  const monthYuan = sum(month.approvedYuan.filter(({ period }) => period === month.period).map(({ yuan }) => yuan))
  const { isStartDue, hasStarted, isCompletionDue, isCompleted, isEntered } = datesOf(month)
  return {
    project_count: 1,
    planned_yuan: plan.plannedYuan,
    scheduled_twelfths: scheduledTwelfths,
    month_yuan: monthYuan,
    year_yuan: yearYuan,
    assessed_planned_yuan: ofAssessed(plan.plannedYuan),
    assessed_year_yuan: ofAssessed(yearYuan),
    expected: Number(month.isExpected),
    filed: Number(month.isFiled),
    on_time: Number(month.isOnTime),
    excused: Number(isExcused),
    excused_filed: Number(isExcused && month.isFiled),
    late: Number(month.wasFiled && !month.isOnTime && !month.hasExcuse),
    missing: Number(month.isExpected && !month.wasFiled && month.isDue && !month.hasExcuse),
    green: Number(counted === 'green'),
    yellow: Number(counted === 'yellow'),
    red: Number(counted === 'red'),
    exempt: Number(month.isExempt),
    mismatched: Number(light !== null && month.declaredLight !== null && light !== month.declaredLight),
    simulated: 0,
    total_investment_yuan: totalInvestmentYuan,
    assessed_count: ofAssessed(1),
    assessed_total_investment_yuan: ofAssessed(totalInvestmentYuan),
    assessed_month_yuan: ofAssessed(monthYuan),
    assessed_scheduled_twelfths: ofAssessed(scheduledTwelfths),
    assessed_expected: ofAssessed(month.isExpected),
    assessed_on_time: ofAssessed(month.isOnTime),
    assessed_excused: ofAssessed(isExcused),
    assessed_start_due: ofAssessed(isStartDue),
    assessed_started: ofAssessed(isStartDue && hasStarted),
    assessed_completion_due: ofAssessed(isCompletionDue),
    assessed_completed: ofAssessed(isCompletionDue && isCompleted),
    assessed_statistics_due: ofAssessed(hasStarted),
    assessed_in_statistics: ofAssessed(hasStarted && isEntered),
  }
}

/** Every cell of some months by `period region dimension key`, added up one project after the other. */
export function naiveCells(months: readonly Month[]): Record<string, Cell> {
  const cells: Record<string, Cell> = {}
  for (const month of months.filter(({ place }) => !place.isWithdrawn)) {
    const { regionCode, unitId, category, tiers, stage } = month.place
    const groups = [
      ['region', regionCode],
      ['unit', unitId],
      ['category', category],
      ['stage', stage],
      ...tiers.filter((tier) => tier in TIERS).map((tier) => ['tier', tier]),
    ]
    for (const [dimension, key] of groups) {
      const name = [month.period, regionCode, dimension, key].join(' ')
      const cell = cells[name] ?? {}
      for (const [figure, value] of Object.entries(figuresOf(month))) cell[figure] = (cell[figure] ?? 0) + value
      cells[name] = cell
    }
  }
  return cells
}
