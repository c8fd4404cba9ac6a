import type { Report, ReportEntry } from '@tiaodu/types'
import { percentOf } from '../format/percent.ts'
import { fromWanInput, toWanInput } from '../format/wan-input.ts'

/** What the filer types, as text. */
export interface EntryForm {
  completedWan: string
  visualProgress: string
  difficulties: string
  nextSteps: string
}

export const toForm = ({ entry }: Report): EntryForm => ({
  completedWan: toWanInput(entry.completedYuan),
  visualProgress: entry.visualProgress,
  difficulties: entry.difficulties,
  nextSteps: entry.nextSteps,
})

/** The entry to save; undefined when the amount is none. Funds received stay as they are. */
export function toEntry({ completedWan, ...texts }: EntryForm, before: ReportEntry): ReportEntry | undefined {
  const completedYuan = fromWanInput(completedWan)
  return completedYuan === undefined ? undefined : { ...before, ...texts, completedYuan }
}

/** Year to date with what is typed so far, and its share of the plan; the service computes the same when saving. */
export function liveFigures({ computed }: Report, completedWan: string) {
  const yearToDateYuan = computed.yearToDateBeforeYuan + (fromWanInput(completedWan) ?? 0)
  return { yearToDateYuan, completionPercent: percentOf(yearToDateYuan, computed.plannedYuan) }
}
