import type { Summary } from '@tiaodu/types'

/** A query for a summary as components take it. */
export interface SummaryState {
  readonly data: Summary | undefined
  readonly isPending: boolean
  readonly error: unknown
  refetch(): unknown
}
