import { CONSTRUCTION_TYPES, STAGES, TIERS } from '@tiaodu/types'
import type { AmountUnit } from './amounts.ts'
import { amount, day, formed, line, list, prose, type Read, word } from './cells.ts'
import { readFundingPlan } from './funding-plan.ts'
import { readParticipants } from './participants.ts'
import { readYearRoles } from './year-roles.ts'

/** A column that a list of projects may have. */
export interface Column {
  readonly field: string
  readonly read: Read
  /** What an empty cell says; undefined: it must not be empty. */
  readonly empty: null | readonly [] | undefined
}

export const ASSESSMENT_WORDS = { assessed: '考核类', followed: '跟踪服务类' }

const column = (field: string, read: Read, empty?: Column['empty']): Column => ({ field, read, empty })

/** Every column with the headers that people give it; a header is compared without spaces, in lower case. */
const COLUMNS: readonly (readonly [Column, ...string[]])[] = [
  [column('name', line(200)), 'name', '项目名称', '项目名'],
  [
    column('regionCode', formed(/^[1-9]\d{5}$/, { zh: '应为六位数字', en: 'must be six digits' })),
    'region_code',
    'regionCode',
    '区划代码',
    '行政区划代码',
  ],
  [column('regionName', line(50)), 'region_name', 'regionName', '所属区域', '区域', '县区'],
  [column('category', line(50)), 'category', '类别', '项目类别', '领域'],
  [column('stage', word(STAGES)), 'stage', '阶段', '项目阶段'],
  [column('tiers', list(word(TIERS), Object.keys(TIERS).length)), 'tiers', '项目级别', '级别'],
  [column('assessmentClass', word(ASSESSMENT_WORDS)), 'assessment_class', 'assessmentClass', '分类'],
  [column('projectCode', line(24), null), 'project_code', 'projectCode', '项目代码'],
  [column('localCodes', list(line(50), 10), []), 'local_codes', 'localCodes', '地方编码'],
  [column('constructionType', word(CONSTRUCTION_TYPES), null), 'construction_type', 'constructionType', '建设性质'],
  [
    column(
      'industryCode',
      formed(/^[A-T]([0-9]{2,4})?$/, {
        zh: '应为 GB/T 4754 行业代码，如 C3985',
        en: 'must be a code of GB/T 4754, as C3985',
      }),
      null,
    ),
    'industry_code',
    'industryCode',
    '行业代码',
  ],
  [column('place', line(200), null), 'place', '建设地点'],
  [column('scale', prose(2_000), null), 'scale', '建设规模', '建设内容', '建设规模及内容'],
  [column('ownerName', line(100), null), 'owner_name', 'ownerName', '项目法人', '项目业主', '业主单位', '建设单位'],
  [
    column(
      'ownerCreditCode',
      formed(/^[0-9A-HJ-NP-RTUW-Y]{18}$/, {
        zh: '应为 18 位统一社会信用代码',
        en: 'must be 18 characters of a credit code',
      }),
      null,
    ),
    'owner_credit_code',
    'ownerCreditCode',
    '统一社会信用代码',
    '信用代码',
  ],
  [column('participants', readParticipants, []), 'participants', '参建单位'],
  [column('yearRoles', readYearRoles, []), 'year_roles', 'yearRoles', '年度性质'],
  [
    column('responsibleUnitName', line(100), null),
    'responsible_unit',
    'responsibleUnit',
    'responsibleUnitName',
    '责任单位',
    '责任部门',
  ],
  [column('plannedStartOn', day, null), 'planned_start_on', 'plannedStartOn', '计划开工时间', '计划开工日期'],
  [column('actualStartOn', day, null), 'actual_start_on', 'actualStartOn', '实际开工时间', '实际开工日期'],
  [
    column('plannedCompletionOn', day, null),
    'planned_completion_on',
    'plannedCompletionOn',
    '计划竣工时间',
    '计划竣工日期',
  ],
  [
    column('actualCompletionOn', day, null),
    'actual_completion_on',
    'actualCompletionOn',
    '实际竣工时间',
    '实际竣工日期',
  ],
  [column('statisticalEntryOn', day, null), 'statistical_entry_on', 'statisticalEntryOn', '入统时间', '入库入统时间'],
  [column('source', line(200), null), 'source', '文件来源'],
  [column('section', line(100), null), 'section', '章节'],
  [column('note', prose(2_000), null), 'note', '备注'],
]

const plain = (header: string) => header.replace(/[\s_]/g, '').toLowerCase()

const BY_HEADER = new Map(COLUMNS.flatMap(([found, ...headers]) => headers.map((header) => [plain(header), found])))

const UNITS: Readonly<Record<string, AmountUnit>> = {
  yi: '亿元',
  亿元: '亿元',
  wan: '万元',
  万元: '万元',
  yuan: '元',
  元: '元',
}
const HEADER_WITH_UNIT = /^(.+?)[(（]?(yi|wan|yuan|亿元|万元|元)[)）]?$/

// Each by the headers of its column; the unit of an amount stands behind them.
const AMOUNTS: Readonly<Record<string, (unit: AmountUnit) => Column>> = {
  totalinvestment: (unit) => column('totalInvestmentYuan', amount(unit), null),
  总投资: (unit) => column('totalInvestmentYuan', amount(unit), null),
  fundingplan: (unit) => column('fundingPlan', readFundingPlan(unit), []),
  资金拼盘: (unit) => column('fundingPlan', readFundingPlan(unit), []),
  资金来源: (unit) => column('fundingPlan', readFundingPlan(unit), []),
}

/** The column that a header names; the unit of an amount stands in its header. */
export function findColumn(header: string): Column | undefined {
  const known = BY_HEADER.get(plain(header))
  if (known !== undefined) return known
  const [, name = '', unit = ''] = HEADER_WITH_UNIT.exec(plain(header)) ?? []
  const unitOf = UNITS[unit]
  return unitOf && AMOUNTS[name]?.(unitOf)
}

/** What a list must have. */
export const REQUIRED = ['name', 'regionCode', 'regionName', 'category', 'stage'] as const

/** The columns of an exported list, by the header that people know them by, amounts in 万元. */
export const EXPORTED: readonly { readonly header: string; readonly field: string }[] = [
  ...COLUMNS.map(([{ field }, ...headers]) => ({
    field,
    header: headers.find((header) => /\p{Script=Han}/u.test(header)) ?? field,
  })),
  { field: 'totalInvestmentYuan', header: '总投资(万元)' },
  { field: 'fundingPlan', header: '资金拼盘(万元)' },
]

/** The header that a column is best known by. */
export const headerOf = (field: string): string => COLUMNS.find(([found]) => found.field === field)?.[1] ?? field
