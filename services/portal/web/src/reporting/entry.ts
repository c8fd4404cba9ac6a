import type { Finding, FundSource, Report, ReportEntry } from '@tiaodu/types'
import { percentOf } from '../format/percent.ts'
import { fromWanInput, toWanInput } from '../format/wan-input.ts'

export const ENTRY_TEXTS = ['visualProgress', 'difficulties', 'nextSteps'] as const

/** What the filer types, as text. */
export interface EntryForm {
  completedWan: string
  /** Funds received in 万元 by source; one that is empty is not sent. */
  fundsWan: Record<string, string>
  visualProgress: string
  difficulties: string
  nextSteps: string
  /** The filer's sentences on what the checks found, by code. */
  sentences: Record<string, string>
}

export const toForm = ({ entry }: Pick<Report, 'entry'>): EntryForm => ({
  completedWan: toWanInput(entry.completedYuan),
  fundsWan: Object.fromEntries(entry.fundsReceived.map(({ source, yuan }) => [source, toWanInput(yuan)])),
  visualProgress: entry.visualProgress,
  difficulties: entry.difficulties,
  nextSteps: entry.nextSteps,
  sentences: Object.fromEntries(entry.explanations.map(({ code, text }) => [code, text])),
})

/** What is typed and counts: neither a line that was added and left empty, nor a sentence on what is found no more. */
export const toComparable = ({ fundsWan, sentences, ...rest }: EntryForm, findings: readonly Finding[]) => ({
  ...rest,
  fundsWan: Object.fromEntries(Object.entries(fundsWan).filter(([, wan]) => wan.trim() !== '')),
  sentences: toExplanations(sentences, findings),
})

const toExplanations = (sentences: Record<string, string>, findings: readonly Finding[]) =>
  findings.flatMap(({ code }) => {
    const text = sentences[code]?.trim() ?? ''
    return text === '' ? [] : [{ code, text }]
  })

/** The fields whose amount is none: `completedYuan`, `fundsReceived.<source>`. */
export const faultyAmounts = ({ completedWan, fundsWan }: EntryForm): string[] => [
  ...(fromWanInput(completedWan) === undefined ? ['completedYuan'] : []),
  ...Object.entries(fundsWan).flatMap(([source, wan]) =>
    fromWanInput(wan) === undefined ? [`fundsReceived.${source}`] : [],
  ),
]

/** The entry to save, with the sentences on what is found; its amounts must be such. */
export function toEntry({ completedWan, fundsWan, sentences, ...texts }: EntryForm, findings: readonly Finding[]) {
  const fundsReceived = Object.entries(fundsWan).flatMap(([source, wan]) => {
    const yuan = fromWanInput(wan) ?? null
    return yuan === null ? [] : [{ source: source as FundSource, yuan }]
  })
  const completedYuan = fromWanInput(completedWan) ?? null
  return {
    ...texts,
    completedYuan,
    fundsReceived,
    explanations: toExplanations(sentences, findings),
  } satisfies ReportEntry
}

/** What follows from the amount as typed so far; the service computes the same when saving. */
export function liveFigures({ computed, entry }: Report, completedWan: string) {
  const thisMonth = fromWanInput(completedWan) ?? 0
  const yearToDateYuan = computed.yearToDateBeforeYuan + thisMonth
  const sinceStartYuan = computed.sinceStartYuan - (entry.completedYuan ?? 0) + thisMonth
  return {
    yearToDateYuan,
    sinceStartYuan,
    completionPercent: percentOf(yearToDateYuan, computed.plannedYuan),
    shareOfTotalPercent: percentOf(sinceStartYuan, computed.totalInvestmentYuan),
  }
}

/** The sum of the funds as typed so far. */
export const fundsSum = ({ fundsWan }: EntryForm): number =>
  Object.values(fundsWan).reduce((sum, wan) => sum + (fromWanInput(wan) ?? 0), 0)
