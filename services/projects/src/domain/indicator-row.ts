import type { AnnualTarget, PlanIndicator } from '@tiaodu/types'
import { type CellFault, MUST_NOT_BE_EMPTY } from './cell-fault.ts'
import type { FileRow } from './project-row.ts'

type Parsed<T> = { readonly value: Omit<T, 'id'> } | { readonly problems: CellFault[] }

const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text)

const missing = (row: FileRow, columns: readonly string[], rowNumber: number): CellFault[] =>
  columns
    .filter((column) => (row[column] ?? '').trim() === '')
    .map((column) => ({ row: rowNumber, column, value: '', reason: MUST_NOT_BE_EMPTY }))

const ATTRIBUTES: Record<string, PlanIndicator['attribute']> = { 预期性: 'expected', 约束性: 'binding', '': null }

const REGION_CODE = /^[1-9]\d{5}$/

/** One line of plan_indicators.csv. */
export function toPlanIndicator(row: FileRow, rowNumber: number): Parsed<PlanIndicator> {
  const problems = missing(row, ['region_code', 'region_name', 'source', 'category', 'indicator', 'unit'], rowNumber)
  if (row.region_code && !REGION_CODE.test(row.region_code)) {
    problems.push({
      row: rowNumber,
      column: 'region_code',
      value: row.region_code,
      reason: { zh: '应为六位数字', en: 'must be six digits' },
    })
  }
  const attribute = ATTRIBUTES[row.attribute ?? '']
  if (attribute === undefined) {
    problems.push({
      row: rowNumber,
      column: 'attribute',
      value: row.attribute ?? '',
      reason: { zh: '应为 预期性、约束性 或留空', en: 'must be 预期性, 约束性 or empty' },
    })
  }
  if (problems.length > 0) return { problems }
  return {
    value: {
      regionCode: row.region_code ?? '',
      regionName: row.region_name ?? '',
      source: row.source ?? '',
      category: row.category ?? '',
      indicator: row.indicator ?? '',
      unitOfMeasure: row.unit ?? '',
      baseValue: orNull(row.base_2020),
      targetValue: orNull(row.target_2025),
      rateOrTotal: orNull(row.five_year_rate_or_total),
      attribute: attribute ?? null,
    },
  }
}

/** One line of annual_targets.csv. */
export function toAnnualTarget(row: FileRow, rowNumber: number): Parsed<AnnualTarget> {
  const problems = missing(row, ['year', 'programme', 'metric', 'value', 'unit', 'kind'], rowNumber)
  const year = Number(row.year)
  if (!Number.isInteger(year) || year < 2000 || year > 2099) {
    problems.push({
      row: rowNumber,
      column: 'year',
      value: row.year ?? '',
      reason: { zh: '应为 2000 至 2099 年', en: 'must be a year from 2000 to 2099' },
    })
  }
  if (problems.length > 0) return { problems }
  return {
    value: {
      year,
      programme: row.programme ?? '',
      metric: row.metric ?? '',
      value: row.value ?? '',
      unitOfMeasure: row.unit ?? '',
      kind: row.kind ?? '',
    },
  }
}
