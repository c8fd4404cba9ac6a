import { TIERS, type Tier } from '@tiaodu/types'
import { assessLight } from '../../src/domain/lights.ts'

/** Where a project stands and what it plans, as it was or will be when a month is locked. */
export interface Place {
  readonly isWithdrawn: boolean
  readonly regionCode: string
  readonly unitId: string
  readonly category: string
  readonly tiers: readonly Tier[]
  readonly isAssessed: boolean
}

/** A month of a project as its rows say: no sum, no memory. */
export interface Month {
  readonly period: string
  readonly place: Place
  readonly plannedYuan: number
  readonly monthlyTargetsYuan: readonly number[] | null
  /** Approved yuan of the months of this year up to this one. */
  readonly approvedYuan: readonly { readonly period: string; readonly yuan: number }[]
  readonly isExpected: boolean
  readonly isFiled: boolean
  readonly isOnTime: boolean
  readonly missedReports: number
}

type Cell = Record<string, number>

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function figuresOf(month: Month): Cell {
  const at = Number(month.period.slice(5))
  const plan = { plannedYuan: month.plannedYuan, monthlyTargetsYuan: month.monthlyTargetsYuan }
  const yearYuan = sum(month.approvedYuan.map(({ yuan }) => yuan))
  const { light } = assessLight({ plan, month: at, yearToDateYuan: yearYuan, missedReports: month.missedReports })
  const { isAssessed } = month.place
  return {
    project_count: 1,
    planned_yuan: plan.plannedYuan,
    scheduled_twelfths:
      plan.monthlyTargetsYuan === null ? plan.plannedYuan * at : (plan.monthlyTargetsYuan[at - 1] ?? 0) * 12,
    month_yuan: sum(month.approvedYuan.filter(({ period }) => period === month.period).map(({ yuan }) => yuan)),
    year_yuan: yearYuan,
    assessed_planned_yuan: isAssessed ? plan.plannedYuan : 0,
    assessed_year_yuan: isAssessed ? yearYuan : 0,
    expected: Number(month.isExpected),
    filed: Number(month.isFiled),
    on_time: Number(month.isOnTime),
    green: Number(light === 'green'),
    yellow: Number(light === 'yellow'),
    red: Number(light === 'red'),
    simulated: 0,
  }
}

/** Every cell of some months by `period region dimension key`, added up one project after the other. */
export function naiveCells(months: readonly Month[]): Record<string, Cell> {
  const cells: Record<string, Cell> = {}
  for (const month of months.filter(({ place }) => !place.isWithdrawn)) {
    const { regionCode, unitId, category, tiers } = month.place
    const groups = [
      ['region', regionCode],
      ['unit', unitId],
      ['category', category],
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
