import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Nullable, OneOf, Percent, Period } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { RankedKind } from './rankings.routes.ts'

/** 五比, and what each counts: the parts with a weight make the rate, the others are shown beside it. */
export const COMPARISONS = {
  planningReserve: { zh: '比谋划看储备', parts: { reserved: 1, reservedYuan: 0 } },
  preliminaryConversion: { zh: '比前期看转化', parts: { converted: 1, convertedYuan: 0 } },
  signedInvestment: { zh: '比招引看投资', parts: { investedYuan: 1, signedStarted: 0 } },
  startProgress: { zh: '比开工看进度', parts: { scheduledYuan: 1, started: 0 } },
  serviceResults: { zh: '比服务看实效', parts: { difficultiesInTime: 1, slipsSettled: 1, filedInTime: 1 } },
} as const
export type ComparisonCode = keyof typeof COMPARISONS
export const COMPARISON_CODES = Object.keys(COMPARISONS) as [ComparisonCode, ...ComparisonCode[]]
export const ComparisonCode = OneOf(
  COMPARISON_CODES,
  `比较: ${Object.entries(COMPARISONS)
    .map(([code, { zh }]) => `${code} ${zh}`)
    .join(', ')}`,
)

/** What a part counts, and out of what. */
export const COMPARISON_PARTS = {
  reserved: '谋划项目入储备 (projects that were in 谋划 this year, of them now in the reserve or beyond)',
  reservedYuan: '谋划项目入储备投资 (the same by total investment, yuan)',
  converted: '前期项目转开工 (projects that were in 前期 this year, of them now started or beyond)',
  convertedYuan: '前期项目转开工投资 (the same by total investment, yuan)',
  investedYuan: '签约项目完成投资 (of the total investment of projects signed this year, completed this year, yuan)',
  signedStarted: '签约项目开工 (projects signed this year, of them now started or beyond)',
  scheduledYuan: '在建项目序时进度 (of what was scheduled of projects that have started, completed, yuan)',
  started: '应开工项目开工 (projects due to start, started)',
  difficultiesInTime: '困难按期解决 (difficulties that fell due this year, solved by their due day)',
  slipsSettled: '滞后手续办结 (procedures that slipped this year, settled since)',
  filedInTime: '按时报送 (reports expected this year, filed in time)',
} as const
export type ComparisonPartCode = keyof typeof COMPARISON_PARTS
const PartCode = OneOf(
  Object.keys(COMPARISON_PARTS) as [ComparisonPartCode, ...ComparisonPartCode[]],
  `比较内容: ${Object.entries(COMPARISON_PARTS)
    .map(([code, text]) => `${code} ${text}`)
    .join(', ')}`,
)

export const ComparisonPart = Closed({
  part: PartCode,
  weight: Type.Integer({ minimum: 0, maximum: 1, description: '1 makes the rate, 0 is shown beside it' }),
  numerator: Type.Integer(),
  denominator: Type.Integer(),
  percent: Percent,
})
export type ComparisonPart = Static<typeof ComparisonPart>

export const ComparisonRow = Closed({
  key: Type.String({ description: 'Region code or unit id' }),
  name: Type.String(),
  rank: Nullable(Type.Integer({ description: 'Among the peers, highest first, ties share; null without a rate' })),
  percent: Percent,
  parts: Type.Array(ComparisonPart),
})
export type ComparisonRow = Static<typeof ComparisonRow>

export const ComparisonTable = Closed({
  comparison: ComparisonCode,
  groups: Type.Array(
    Closed({ peerGroup: Nullable(Type.String({ description: 'null: no group' })), rows: Type.Array(ComparisonRow) }),
  ),
})
export type ComparisonTable = Static<typeof ComparisonTable>

/** 五比 of the year up to the end of a month; 考核类 only. */
export const Comparisons = Closed({
  period: Period,
  of: RankedKind,
  historyFrom: Nullable(
    Type.String({ ...CalendarDate, description: 'Moves from stage to stage are known from this day on' }),
  ),
  isHistoryWhole: Type.Boolean({ description: 'The whole year is known' }),
  tables: Type.Array(ComparisonTable),
})
export type Comparisons = Static<typeof Comparisons>

export const getComparisons = defineRoute({
  operationId: 'getComparisons',
  method: 'GET',
  url: '/api/v1/comparisons',
  service: 'investment',
  summary: 'The five comparisons of the year up to a month, each peer group ranked by itself',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: { querystring: Closed({ period: Period, of: RankedKind }), response: { 200: Comparisons } },
})
