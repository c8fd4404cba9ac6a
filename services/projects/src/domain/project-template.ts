import { CONSTRUCTION_TYPES, STAGES, TIERS } from '@tiaodu/types'
import { ASSESSMENT_WORDS, EXPORTED, findColumn } from './project-columns.ts'

/** A column of the template. */
export interface TemplateColumn {
  readonly header: string
  readonly kind: 'text' | 'date' | 'amount'
  readonly isRequired: boolean
  /** The words of a closed list, of which a cell holds one. */
  readonly choices: readonly string[]
  readonly note: string
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  stage: Object.values(STAGES),
  assessmentClass: Object.values(ASSESSMENT_WORDS),
  constructionType: Object.values(CONSTRUCTION_TYPES),
}

const NOTES: Readonly<Record<string, string>> = {
  name: '同一区域内不能重复，最多 200 字',
  regionCode: '六位行政区划代码，如 410802',
  tiers: `${Object.values(TIERS).join('、')}，可填多个，用顿号分隔`,
  projectCode: '投资项目在线审批监管平台代码，如 2105-410802-04-01-123456；立项前留空',
  localCodes: '可填多个，用顿号分隔',
  industryCode: 'GB/T 4754 行业代码，如 C3985',
  ownerCreditCode: '18 位统一社会信用代码',
  participants: '如 施工：某公司（统一社会信用代码）；监理：某公司',
  yearRoles: '如 2025年：新开工；2026年：续建',
  fundingPlan: '单位万元，如 中央预算内：1200；自筹：800；合计应等于总投资',
  totalInvestmentYuan: '单位万元，最多四位小数；也可将表头改为总投资(亿元)或总投资(元)',
}

const kindOf = (field: string): TemplateColumn['kind'] => {
  if (field === 'totalInvestmentYuan') return 'amount'
  return field.endsWith('On') ? 'date' : 'text'
}

/** The template's columns: those of an exported list, what must be there first. */
export const TEMPLATE: readonly TemplateColumn[] = [...EXPORTED]
  .sort((a, b) => Number(isRequired(b.header)) - Number(isRequired(a.header)))
  .map(({ field, header }) => {
    const choices = CHOICES[field] ?? []
    const date = field.endsWith('On') ? '日期，如 2026-11-05' : ''
    const note = NOTES[field] ?? (choices.length > 0 ? `其中之一：${choices.join('、')}` : date)
    return { header, kind: kindOf(field), isRequired: isRequired(header), choices, note }
  })

// Where the column stands, an empty cell is a problem.
function isRequired(header: string): boolean {
  return findColumn(header)?.empty === undefined
}
