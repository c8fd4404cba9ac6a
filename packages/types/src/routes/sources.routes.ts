import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Nullable, OneOf, Period, Prose, pageQuery, RegionCode, Uuid, Year } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { FUND_GROUPINGS, POLICY_SOURCES } from './funds.routes.ts'
import { GROUPINGS } from './portfolio.routes.ts'

/** What a figure of summaries and rankings is made of. */
export const PORTFOLIO_FIGURES = {
  projectCount: '项目数',
  totalInvestmentYuan: '总投资',
  plannedYuan: '年度计划投资',
  scheduledTwelfths: '序时计划投资, in twelfths of a yuan, so that it adds up exactly',
  monthCompletedYuan: '当月完成投资',
  completedYuan: '本年累计完成投资',
  expected: '应报',
  filed: '已报',
  onTime: '按时',
  green: '绿灯',
  yellow: '黄灯',
  red: '红灯',
  exempt: '豁免',
  mismatched: '自评与计算不一致',
  startDue: '应开工',
  started: '已开工',
  completionDue: '应竣工',
  completed: '已竣工',
  statisticsDue: '应入统',
  inStatistics: '已入统',
} as const
export type PortfolioFigure = keyof typeof PORTFOLIO_FIGURES

/** What a figure of the funds is made of. */
export const FUNDS_FIGURES = {
  projectCount: '项目数',
  fundingYuan: '资金拼盘',
  fundingReceivedYuan: '有资金拼盘项目到位',
  receivedYuan: '到位资金',
  yearReceivedYuan: '本年到位资金',
  sinceStartYuan: '开工以来累计完成投资',
  gapYuan: '未到位资金',
  farAbove: '欠款突出项目数',
} as const
export type FundsFigure = keyof typeof FUNDS_FIGURES

const figureOf = <Name extends string>(figures: Readonly<Record<Name, string>>) =>
  OneOf(
    Object.keys(figures) as [Name, ...Name[]],
    `指标: ${Object.entries(figures)
      .map((pair) => pair.join(' '))
      .join(', ')}`,
  )

/** One record that a figure is made of. */
export const FigureSource = Closed({
  kind: OneOf(
    ['report', 'plan', 'fundingPlan', 'obligation', 'project'],
    '来源类型: report 月报, plan 年度计划, fundingPlan 资金拼盘, obligation 报送任务, project 项目',
  ),
  projectId: Uuid,
  projectName: Type.String(),
  period: Nullable(Type.String({ ...Period, description: 'Month of the report or of the obligation' })),
  source: Nullable(Type.String({ description: '资金来源 of a receipt or of a row of the funding plan' })),
  value: Type.Integer({ description: 'What it adds to the figure; never 0' }),
  href: Type.String({ description: 'Where the record itself is read' }),
})
export type FigureSource = Static<typeof FigureSource>

/** A page of what a figure is made of, with the whole. */
export const FigureSources = Closed({
  total: Type.Integer({ description: 'The figure: the sum of the values on all pages' }),
  items: Type.Array(FigureSource),
  nextCursor: Nullable(Type.String()),
})
export type FigureSources = Static<typeof FigureSources>

const key = Type.Optional(Prose(100, 'Key of the row; the row of the total when absent'))
const read = {
  method: 'GET',
  service: 'investment',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found'],
} as const

export const listPortfolioSources = defineRoute({
  ...read,
  operationId: 'listPortfolioSources',
  url: '/api/v1/portfolio/sources',
  summary: 'The reports, plans, obligations or projects within reach that make a figure of a summary or a ranking',
  schema: {
    querystring: Closed({
      ...pageQuery,
      period: Period,
      groupBy: OneOf([...GROUPINGS, 'stage'], '分组'),
      key,
      figure: figureOf(PORTFOLIO_FIGURES),
      assessedOnly: Type.Optional(Type.Boolean({ description: '仅考核类, as rankings count' })),
    }),
    response: { 200: FigureSources },
  },
})

export const listFundsSources = defineRoute({
  ...read,
  operationId: 'listFundsSources',
  url: '/api/v1/funds/sources',
  summary: 'The reports, funding plans or projects within reach that make a figure of the funds',
  schema: {
    querystring: Closed({
      ...pageQuery,
      period: Period,
      groupBy: OneOf(FUND_GROUPINGS, '分组'),
      key,
      figure: figureOf(FUNDS_FIGURES),
    }),
    response: { 200: FigureSources },
  },
})

export const listPolicySources = defineRoute({
  ...read,
  operationId: 'listPolicySources',
  url: '/api/v1/funds/targets/:year/:regionCode/sources',
  summary: 'The reports that make what the projects of a region and below have received of policy funds in a year',
  permission: { roles: ['reviewer', 'leader', 'supervisor', 'operator'], scope: 'reach' },
  errors: ['outside-scope'],
  schema: {
    params: Closed({ year: Year, regionCode: RegionCode }),
    querystring: Closed({
      ...pageQuery,
      source: Type.Optional(OneOf(POLICY_SOURCES, '资金来源; all three when absent')),
    }),
    response: { 200: FigureSources },
  },
})
