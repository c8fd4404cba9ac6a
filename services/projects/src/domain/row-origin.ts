import type { Words } from '@tiaodu/types'

/** What a reader has found wrong with a cell. */
export interface CellNote {
  /** The header of its column, or the column's letters where it has none. */
  readonly column: string
  readonly value: string
  readonly reason: Words
  /** It stands where no column is; wrong whatever the columns mean. */
  readonly isStray?: boolean
}

/** Where a row stands in a file whose rows cannot be counted, and what its reader thinks of its cells. */
export interface RowOrigin {
  readonly row: number
  /** The last row of the header. */
  readonly headerRow: number
  readonly notes: readonly CellNote[]
}

/** Under this a row carries its origin, apart from its cells. */
export const ORIGIN = Symbol('origin')
