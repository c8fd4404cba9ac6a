import type { AnnualTarget, PlanIndicator, Words } from '@tiaodu/types'
import { type CellFault, MUST_NOT_BE_EMPTY } from './cell-fault.ts'
import { line, type Read } from './cells.ts'
import type { FactLayout } from './indicator-columns.ts'
import type { StatedIndicator } from './indicator-plan.ts'
import type { FileRow } from './project-row.ts'

/** What a line of plan_indicators.csv states. */
export interface IndicatorFacts extends StatedIndicator {
  readonly regionCode: string
  readonly regionName: string
  readonly source: string
  readonly category: string
  readonly attribute: PlanIndicator['attribute']
}
export type TargetFacts = Omit<AnnualTarget, 'id'>

export type Parsed<T> = { readonly value: T } | { readonly problems: readonly CellFault[] }

const ATTRIBUTES: Record<string, PlanIndicator['attribute']> = { 预期性: 'expected', 约束性: 'binding', '': null }
const REGION_CODE = /^[1-9]\d{5}$/
const SIX_DIGITS: Words = { zh: '应为六位数字', en: 'must be six digits' }
const NO_ATTRIBUTE: Words = { zh: '应为 预期性、约束性 或留空', en: 'must be 预期性, 约束性 or empty' }
const NO_YEAR: Words = { zh: '应为 2000 至 2099 年', en: 'must be a year from 2000 to 2099' }

/** Reads the cells of one line by field, and collects what is wrong with them. */
function createLineReader(row: FileRow, rowNumber: number, { headers }: FactLayout) {
  const problems: CellFault[] = []
  const headerOf = (field: string) => headers.get(field) ?? field
  const textOf = (field: string) => (row[headerOf(field)] ?? '').trim()
  const refuse = (field: string, reason: Words) =>
    problems.push({ row: rowNumber, column: headerOf(field), value: textOf(field).slice(0, 100), reason })
  const optional = (field: string, read: Read = line(200)): string => {
    const text = textOf(field)
    const reading = text === '' ? undefined : read(text)
    if (reading !== undefined && 'reason' in reading) refuse(field, reading.reason)
    return text
  }
  return {
    problems,
    refuse,
    optional,
    needed(field: string, read?: Read): string {
      if (textOf(field) === '') refuse(field, MUST_NOT_BE_EMPTY)
      return optional(field, read)
    },
  }
}

const orNull = (text: string) => (text === '' ? null : text)

/** One line of a list of 规划指标. */
export function toIndicatorFacts(row: FileRow, rowNumber: number, layout: FactLayout): Parsed<IndicatorFacts> {
  const { needed, optional, refuse, problems } = createLineReader(row, rowNumber, layout)
  const value = {
    regionCode: needed('regionCode', (text) => (REGION_CODE.test(text) ? { value: text } : { reason: SIX_DIGITS })),
    regionName: needed('regionName', line(50)),
    source: needed('source'),
    category: needed('category', line(50)),
    indicator: needed('indicator'),
    unitOfMeasure: needed('unitOfMeasure', line(50)),
    baseValue: orNull(optional('baseValue', line(100))),
    targetValue: orNull(optional('targetValue', line(100))),
    rateOrTotal: orNull(optional('rateOrTotal', line(100))),
    attribute: ATTRIBUTES[optional('attribute')] ?? null,
    baseYear: layout.baseYear,
    targetYear: layout.targetYear,
  }
  if (ATTRIBUTES[optional('attribute')] === undefined) refuse('attribute', NO_ATTRIBUTE)
  return problems.length > 0 ? { problems } : { value }
}

/** One line of a list of yearly targets. */
export function toTargetFacts(row: FileRow, rowNumber: number, layout: FactLayout): Parsed<TargetFacts> {
  const { needed, problems } = createLineReader(row, rowNumber, layout)
  const value = {
    year: Number(needed('year', (text) => (/^20\d\d$/.test(text) ? { value: text } : { reason: NO_YEAR }))),
    programme: needed('programme', line(100)),
    metric: needed('metric', line(100)),
    value: needed('value', line(100)),
    unitOfMeasure: needed('unitOfMeasure', line(50)),
    kind: needed('kind', line(50)),
  }
  return problems.length > 0 ? { problems } : { value }
}
