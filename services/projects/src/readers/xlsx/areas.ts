import { toPlace } from './cell-text.ts'

/** A rectangle of cells; columns from 0, rows from 1. */
export interface Area {
  readonly reference: string
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The area of a reference such as A1:C3; undefined when it is none. */
export function toArea(reference: string): Area | undefined {
  const [first = '', last = first] = reference.split(':')
  const [from, to] = [toPlace(first), toPlace(last)]
  if (from === undefined || to === undefined) return undefined
  return { reference, top: from.row, bottom: to.row, left: from.column, right: to.column }
}

/**
 * Finds the area that a cell lies in; rows are asked for from top to bottom. Areas of a sheet do not overlap: of two
 * that do, the upper one counts.
 */
export function createCover(areas: readonly Area[], columns: readonly number[]) {
  const byColumn = new Map<number, Area[]>()
  const sorted = [...areas].sort((a, b) => a.top - b.top)
  for (const column of columns) {
    const found = sorted.filter(({ left, right }) => left <= column && column <= right)
    if (found.length > 0) byColumn.set(column, found.reverse())
  }
  return (row: number, column: number): Area | undefined => {
    const left = byColumn.get(column)
    while (left !== undefined && left.length > 0 && (left.at(-1)?.bottom ?? 0) < row) left.pop()
    const area = left?.at(-1)
    return area !== undefined && area.top <= row ? area : undefined
  }
}
