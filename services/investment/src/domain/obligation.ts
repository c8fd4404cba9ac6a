import type { NewEvent, Stage } from '@tiaodu/types'

/**
 * The stages that report each month. 谋划 and 储备 have nothing to report yet, 竣工 and later are done, 停缓建 and 退出
 * are out.
 */
export const REPORTING_STAGES = [
  'signed',
  'preliminary',
  'newlyStarted',
  'building',
  'finishing',
] as const satisfies Stage[]

/** An obligation to be written. */
export interface NewObligation {
  readonly id: string
  readonly projectId: string
  readonly unitId: string
  readonly regionCode: string
}

const ROWS_PER_EVENT = 500

/** The obligations of a cycle as events of at most 500 each. */
export function toIssuedEvents(
  cycle: { readonly id: string; readonly period: string; readonly dueAt: Date },
  rows: readonly NewObligation[],
): NewEvent[] {
  const events: NewEvent[] = []
  for (let start = 0; start < rows.length; start += ROWS_PER_EVENT) {
    const obligations = rows.slice(start, start + ROWS_PER_EVENT).map(({ id, projectId, unitId }) => ({
      obligationId: id,
      projectId,
      unitId,
      dueAt: cycle.dueAt.toISOString(),
    }))
    events.push({ name: 'obligations.issued.v1', payload: { cycleId: cycle.id, period: cycle.period, obligations } })
  }
  return events
}
