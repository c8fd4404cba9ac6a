import type { Unit } from '@tiaodu/types'

/** A unit with its place in what is shown, 0 where its parent is not shown. */
export interface UnitLine {
  readonly unit: Unit
  readonly depth: number
}

/** Units in the order of their tree, each below its parent where that is among them. */
export function toUnitLines(units: readonly Unit[]): UnitLine[] {
  const shown = new Set(units.map(({ id }) => id))
  const below = new Map<string | null, Unit[]>()
  for (const unit of units) {
    const parent = unit.parentId !== null && shown.has(unit.parentId) ? unit.parentId : null
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const lines = (parentId: string | null, depth: number): UnitLine[] =>
    (below.get(parentId) ?? []).flatMap((unit) => [{ unit, depth }, ...lines(unit.id, depth + 1)])
  return lines(null, 0)
}
