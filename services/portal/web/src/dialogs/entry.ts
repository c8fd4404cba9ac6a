import type { Finding, Report, ReportEntry } from '@tiaodu/types'
import { percentOf } from '../format/percent.ts'
import { fromWanInput, toWanInput } from '../format/wan-input.ts'

/** What the filer types, as text. */
export interface EntryForm {
  completedWan: string
  visualProgress: string
  difficulties: string
  nextSteps: string
  /** The filer's sentences on what the checks found, by code. */
  sentences: Record<string, string>
}

export const toForm = ({ entry }: Report): EntryForm => ({
  completedWan: toWanInput(entry.completedYuan),
  visualProgress: entry.visualProgress,
  difficulties: entry.difficulties,
  nextSteps: entry.nextSteps,
  sentences: Object.fromEntries(entry.explanations.map(({ code, text }) => [code, text])),
})

/** The entry to save, with the sentences on what is found; undefined when the amount is none. Funds stay as they are. */
export function toEntry(
  { completedWan, sentences, ...texts }: EntryForm,
  before: ReportEntry,
  findings: readonly Finding[],
): ReportEntry | undefined {
  const completedYuan = fromWanInput(completedWan)
  const explanations = findings.flatMap(({ code }) => {
    const text = sentences[code]?.trim() ?? ''
    return text === '' ? [] : [{ code, text }]
  })
  return completedYuan === undefined ? undefined : { ...before, ...texts, completedYuan, explanations }
}

/** Year to date with what is typed so far, and its share of the plan; the service computes the same when saving. */
export function liveFigures({ computed }: Report, completedWan: string) {
  const yearToDateYuan = computed.yearToDateBeforeYuan + (fromWanInput(completedWan) ?? 0)
  return { yearToDateYuan, completionPercent: percentOf(yearToDateYuan, computed.plannedYuan) }
}
