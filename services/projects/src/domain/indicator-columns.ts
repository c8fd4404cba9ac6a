import type { Words } from '@tiaodu/types'
import type { CellFault } from './cell-fault.ts'

/** How the headers of a list of indicators or targets are to be read. */
export interface FactLayout {
  /** The header of each field that the file has. */
  readonly headers: ReadonlyMap<string, string>
  readonly baseYear: number
  readonly targetYear: number
  readonly ignored: readonly string[]
  readonly problems: readonly CellFault[]
}

/** The columns of a list: each field with its headers, and those that must be there. */
export interface FactColumns {
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly required: readonly string[]
}

export const INDICATOR_COLUMNS: FactColumns = {
  headers: {
    regionCode: ['region_code', '区划代码', '行政区划代码'],
    regionName: ['region_name', '所属区域', '区域', '县区'],
    source: ['source', '文件来源', '规划名称'],
    category: ['category', '类别'],
    indicator: ['indicator', '指标', '指标名称'],
    unitOfMeasure: ['unit', '单位', '计量单位'],
    rateOrTotal: ['five_year_rate_or_total', '五年增速或累计', '年均增速或累计'],
    attribute: ['attribute', '属性', '指标属性'],
  },
  required: ['regionCode', 'regionName', 'source', 'category', 'indicator', 'unitOfMeasure', 'targetValue'],
}

export const TARGET_COLUMNS: FactColumns = {
  headers: {
    year: ['year', '年度', '年份'],
    programme: ['programme', '范围'],
    metric: ['metric', '指标'],
    value: ['value', '数值'],
    unitOfMeasure: ['unit', '单位', '计量单位'],
    kind: ['kind', '性质'],
  },
  required: ['year', 'programme', 'metric', 'value', 'unitOfMeasure', 'kind'],
}

// The year stands in the header: base_2020, 2025年目标值.
const BASE = /^(?:base_(20\d\d)|(20\d\d)年?(?:基期值?|基数|现状值?))$/
const TARGET = /^(?:target_(20\d\d)|(20\d\d)年?目标值?)$/
const PLAN_YEARS = 5

const plain = (header: string) => header.replace(/\s/g, '').toLowerCase()
const yearIn = (form: RegExp, header: string) => {
  const [, code, word] = form.exec(plain(header)) ?? []
  return code ?? word
}

function fieldOf(header: string, columns: FactColumns): string | undefined {
  if (columns === INDICATOR_COLUMNS && yearIn(BASE, header) !== undefined) return 'baseValue'
  if (columns === INDICATOR_COLUMNS && yearIn(TARGET, header) !== undefined) return 'targetValue'
  return Object.entries(columns.headers).find(([, headers]) => headers.includes(plain(header)))?.[0]
}

const IS_MISSING: Words = { zh: '缺少此列', en: 'is missing' }
const headerOf = (field: string, { headers }: FactColumns) => headers[field]?.[0] ?? 'target_2025'

/** Reads the headers of a list, in any order; a needed one that is missing and one that stands twice are problems. */
export function toFactLayout(names: readonly string[], columns: FactColumns): FactLayout {
  const headers = new Map<string, string>()
  const ignored: string[] = []
  const problems: CellFault[] = []
  const problem = (column: string, reason: Words) => problems.push({ row: 1, column, value: '', reason })
  for (const name of names) {
    const field = fieldOf(name, columns)
    if (field === undefined) {
      if (name !== '') ignored.push(name)
    } else if (headers.has(field)) {
      const first = headers.get(field)
      problem(name, { zh: `与“${first}”列含义相同`, en: `says the same as the column ${first}` })
    } else headers.set(field, name)
  }
  for (const field of columns.required) if (!headers.has(field)) problem(headerOf(field, columns), IS_MISSING)
  const targetYear = Number(yearIn(TARGET, headers.get('targetValue') ?? '') ?? 0)
  const baseYear = Number(yearIn(BASE, headers.get('baseValue') ?? '') ?? targetYear - PLAN_YEARS)
  if (targetYear > 0 && baseYear >= targetYear) {
    problem(headers.get('baseValue') ?? '', { zh: '基期年应早于目标年', en: 'the base must lie before the target' })
  }
  return { headers, baseYear, targetYear, ignored, problems }
}
