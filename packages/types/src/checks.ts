import Type, { type Static } from 'typebox'
import { Closed, Line, OneOf } from './primitives.ts'

/**
 * What the entry of a monthly report is held against. A finding that blocks refuses the report; one that warns is filed
 * with a sentence of the filer. The rules stand in docs/checks.md.
 */
export const CHECKS = {
  'exceeds-total-investment': { severity: 'block', field: 'completedYuan', zh: '累计超总投资', en: 'Above the total' },
  'before-start': { severity: 'warn', field: 'completedYuan', zh: '开工前有投资', en: 'Completed before the start' },
  'unit-slip': { severity: 'warn', field: 'completedYuan', zh: '疑似单位填错', en: 'Perhaps the wrong unit' },
  'above-mean': { severity: 'warn', field: 'completedYuan', zh: '远高于平均', en: 'Far above the mean' },
  outlier: { severity: 'warn', field: 'completedYuan', zh: '偏离历史', en: 'Unlike its history' },
  'december-rush': { severity: 'warn', field: 'completedYuan', zh: '年底突击', en: 'Year-end rush' },
  'repeated-round': { severity: 'warn', field: 'completedYuan', zh: '连续相同整数', en: 'The same round number' },
  arrears: { severity: 'warn', field: 'fundsReceived', zh: '到位远低于完成', en: 'Funds far below completion' },
  'progress-unchanged': { severity: 'warn', field: 'visualProgress', zh: '形象进度未变', en: 'Progress unchanged' },
  'progress-backwards': { severity: 'warn', field: 'visualProgress', zh: '形象进度倒退', en: 'Progress backwards' },
  'completion-undated': { severity: 'warn', field: 'report', zh: '竣工无日期', en: 'Completed without a date' },
  'completion-share': { severity: 'warn', field: 'completedYuan', zh: '竣工投资不符', en: 'Completed, money is not' },
} as const

export type CheckCode = keyof typeof CHECKS
export const CHECK_CODES = Object.keys(CHECKS) as [CheckCode, ...CheckCode[]]
export const CheckCode = OneOf(CHECK_CODES, 'Code of a check, docs/checks.md')

/** What a check has found in the entry of a month, with the numbers that it compared. */
export const Finding = Closed({
  code: CheckCode,
  severity: OneOf(['block', 'warn'], 'block: cannot be filed; warn: is filed with a sentence in entry.explanations'),
  field: OneOf(['completedYuan', 'fundsReceived', 'visualProgress', 'report'], 'The field to look at'),
  zh: Type.String(),
  en: Type.String(),
  figures: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Null()])),
})
export type Finding = Static<typeof Finding>

/** The filer's sentence on a finding that warns. */
export const Explanation = Closed({ code: CheckCode, text: Line(500, '填报人的说明') })
export type Explanation = Static<typeof Explanation>
