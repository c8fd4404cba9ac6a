import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Line, Nullable, OneOf, Percent, Period, SignedYuan, Yuan } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { decided } from '../version.ts'
import { SourcesTemplate } from './sources-template.ts'

/** 排名对象. */
export const RankedKind = OneOf(['region', 'unit'], '排名对象: region 区域, unit 责任单位')
export type RankedKind = Static<typeof RankedKind>

/** 排名指标, each with what it counts and out of what; 考核类 only. */
export const RANKING_MEASURES = {
  completionRate: '投资完成率 (year-to-date of the annual plan)',
  scheduleRate: '序时完成率 (year-to-date of what is scheduled by now)',
  startRate: '开工率 (started of those due to start this year by now)',
  finishRate: '竣工率 (completed of those due to be completed this year by now)',
  statisticsRate: '入统率 (in official statistics of those started)',
  onTimeRate: '报送及时率 (filed in time of those expected)',
  onTimeExcusedRate: '报送及时率 (filed in time of those expected and not excused)',
} as const
export type RankingMeasure = keyof typeof RANKING_MEASURES
const measureText = Object.entries(RANKING_MEASURES)
  .map((pair) => pair.join(' '))
  .join(', ')
const MEASURES = Object.keys(RANKING_MEASURES) as [RankingMeasure, ...RankingMeasure[]]
export const RankingMeasure = OneOf(MEASURES, `排名指标: ${measureText}`)

const Weight = Type.Integer({ minimum: 1, maximum: 100, description: '权重; all together 100' })

const ListRule = Nullable(
  Closed({
    level: Type.Number({ minimum: 0, maximum: 1_000, description: '门槛: percent; red from it on, black below it' }),
    positions: Type.Integer({ minimum: 1, maximum: 100, description: '名次: among the first n, or the last n' }),
  }),
)

const formulaFields = {
  fromPeriod: Period,
  measures: Type.Array(Closed({ measure: RankingMeasure, weight: Weight }), {
    minItems: 1,
    maxItems: MEASURES.length,
    description: '指标与权重: each measure once, the weights make 100',
  }),
  order: OneOf(['highestFirst', 'lowestFirst'], '名次顺序: highestFirst 从高到低, lowestFirst 从低到高'),
  ties: OneOf(
    ['shared', 'dense', 'byCompleted'],
    '并列规则: shared 并列占位 (1, 1, 3), dense 并列不占位 (1, 1, 2), byCompleted 完成投资多者在前',
  ),
  lists: Closed(
    {
      measure: OneOf([...MEASURES, 'score'], `榜单门槛指标: score 综合得分, ${measureText}`),
      red: ListRule,
      black: ListRule,
    },
    { description: '红黑榜: both a level and a position are needed' },
  ),
}

/** How it is ranked: what an operator or supervisor decides. */
export const RankingFormulaFields = Closed(formulaFields)
export type RankingFormulaFields = Static<typeof RankingFormulaFields>

/** 排名办法: one version of it. */
export const RankingFormula = Closed({ ...formulaFields, ...decided })
export type RankingFormula = Static<typeof RankingFormula>

/** A rate with what it counts and out of what: yuan, projects or reports, by its measure. */
export const RankingRate = Closed({
  measure: RankingMeasure,
  weight: Weight,
  numerator: Type.Integer(),
  denominator: Type.Integer(),
  percent: Percent,
})
export type RankingRate = Static<typeof RankingRate>

/** A region or unit in the ranking of its peers; 考核类 projects only. */
export const RankingRow = Closed({
  key: Type.String({ description: 'Region code or unit id' }),
  name: Type.String(),
  rank: Nullable(Type.Integer({ description: 'null when there is no score' })),
  lastRank: Nullable(Type.Integer({ description: "Last month's, by the formula of that month; null in January" })),
  movement: Nullable(Type.Integer({ description: 'Places won (+) or lost (−) since last month' })),
  score: Percent,
  coveredWeight: Type.Integer({
    description: 'The weights whose rates have a denominator; the score is their weighted mean',
  }),
  rates: Type.Array(RankingRate),
  list: Nullable(OneOf(['red', 'black'], '榜单: red 红榜, black 黑榜')),
  projectCount: Type.Integer(),
  totalInvestmentYuan: Yuan,
  plannedYuan: Yuan,
  completedYuan: SignedYuan,
  monthCompletedYuan: SignedYuan,
  isSimulated: Type.Boolean({ description: '演示数据: some figure behind this row was simulated' }),
})
export type RankingRow = Static<typeof RankingRow>

/** 排名 of a month, each peer group by itself. */
export const Ranking = Closed({
  period: Period,
  of: RankedKind,
  formula: RankingFormula,
  groups: Type.Array(
    Closed({
      peerGroup: Nullable(Type.String({ description: 'null: those that stand in no group' })),
      rows: Type.Array(RankingRow, { description: 'By rank; those without a score come last' }),
    }),
  ),
})
export type Ranking = Static<typeof Ranking>

/** The ranking with where its figures come from. */
export const RankingAnswer = Closed({ ...Ranking.properties, sources: SourcesTemplate })
export type RankingAnswer = Static<typeof RankingAnswer>

const params = Closed({ of: RankedKind })

export const getRanking = defineRoute({
  operationId: 'getRanking',
  method: 'GET',
  url: '/api/v1/rankings',
  service: 'investment',
  summary: 'The ranking of a month within each peer group, by the formula in force for that month',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: {
    querystring: Closed({
      period: Period,
      of: RankedKind,
      peerGroup: Type.Optional(Line(30, '比较组, whole; every group when absent')),
    }),
    response: { 200: RankingAnswer },
  },
})

export const listRankingFormulas = defineRoute({
  operationId: 'listRankingFormulas',
  method: 'GET',
  url: '/api/v1/ranking-formulas/:of',
  service: 'investment',
  summary: 'Every version of the ranking formula with who, when and why, newest first',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { params, response: { 200: Closed({ items: Type.Array(RankingFormula) }) } },
})

export const putRankingFormula = defineRoute({
  operationId: 'putRankingFormula',
  method: 'PUT',
  url: '/api/v1/ranking-formulas/:of',
  service: 'investment',
  summary: 'Change the formula from a month on that is not locked (If-Match: the newest version)',
  permission: { roles: ['supervisor', 'operator'], scope: 'none' },
  errors: ['version-mismatch', 'period-locked'],
  schema: {
    params,
    body: Closed({ ...formulaFields, reason: Line(500, 'Why it changes') }),
    response: { 200: RankingFormula },
  },
})
