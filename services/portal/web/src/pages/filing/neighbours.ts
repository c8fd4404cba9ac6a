import type { Report } from '@tiaodu/types'
import { inFilingOrder, isTodo } from '../../reporting/filing-order.ts'

/** What stands before and after a report among those that are still to be filed. */
export interface Neighbours {
  readonly previous: Report | undefined
  readonly next: Report | undefined
  /** Its place among them, from 1; 0 when it is filed. */
  readonly at: number
  readonly count: number
}

export function neighboursOf(reports: readonly Report[], projectId: string): Neighbours {
  const todo = inFilingOrder(reports.filter(isTodo))
  const at = todo.findIndex((report) => report.projectId === projectId)
  const others = todo.filter((report) => report.projectId !== projectId)
  // After the last one come those that were left out before it.
  const next = at < 0 ? others[0] : (todo[at + 1] ?? others[0])
  return { previous: at > 0 ? todo[at - 1] : undefined, next, at: at + 1, count: todo.length }
}
