import type { OrderRuleFields, OrderStatistics } from '@tiaodu/types'
import { isSignOverdue, type StandingOrder, toColour } from './order.ts'
import type { Flow } from './order-flow.ts'

interface CountedFlow extends Flow {
  readonly unitId: string
  readonly unitName: string | null
}

type UnitFigures = OrderStatistics['units'][number]

/** What became of the parts of orders, unit by unit, those with the most first. */
export function toUnitFigures(
  orders: readonly (StandingOrder & { readonly flows: readonly CountedFlow[] })[],
  rule: Pick<OrderRuleFields, 'nearDays'>,
  now: Date,
): UnitFigures[] {
  const units = new Map<string, UnitFigures>()
  for (const order of orders) {
    for (const flow of order.flows) {
      const { unitId, unitName } = flow
      const none = { total: 0, finished: 0, finishedInTime: 0, signOverdue: 0, reworked: 0, blue: 0, yellow: 0, red: 0 }
      const row = units.get(unitId) ?? { unitId, unitName, ...none }
      units.set(unitId, row)
      row.total++
      if (flow.finishedAt !== null) row.finished++
      if (flow.finishedAt !== null && flow.dueAt !== null && flow.finishedAt <= flow.dueAt) row.finishedInTime++
      if (isSignOverdue(flow, now)) row.signOverdue++
      if (flow.reworks > 0) row.reworked++
      const colour = toColour(flow, order, rule, now)
      if (colour !== null) row[colour]++
    }
  }
  return [...units.values()].sort((one, other) => other.total - one.total || one.unitId.localeCompare(other.unitId))
}
