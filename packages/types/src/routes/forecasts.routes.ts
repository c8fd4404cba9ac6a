import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  Closed,
  Instant,
  Nullable,
  OneOf,
  PageOf,
  Percent,
  Period,
  pageQuery,
  RegionCode,
  SignedYuan,
  Uuid,
  Yuan,
} from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Stage } from '../vocabulary.ts'

const Count = Type.Integer({ minimum: 0 })
const Points = Nullable(Type.Number({ description: 'Percentage points of the annual plan' }))

/** 预测依据: what a forecast was learned from. */
export const ForecastBasis = OneOf(
  ['earlierYears', 'thisYear', 'yearOver', 'tooLittleHistory'],
  '预测依据: earlierYears 往年同期至年末, thisYear 本年内相同间隔, yearOver 年度已结束, tooLittleHistory 历史不足、不作预测',
)
export type ForecastBasis = Static<typeof ForecastBasis>

/** How the forecasts of held-out months have turned out, each made from what was known then. */
export const ForecastError = Closed({
  monthCount: Type.Integer({ description: '留出月数' }),
  caseCount: Type.Integer({ description: '留出项目数: project-months that were forecast one by one' }),
  meanMissedPoints: Points,
  meanMissedPercent: Percent,
  intervalPercent: Type.Integer({ description: '区间应有的覆盖率' }),
  coveredCount: Count,
  coverableCount: Count,
  coveredPercent: Percent,
})
export type ForecastError = Static<typeof ForecastError>

const figures = {
  plannedYuan: Yuan,
  completedYuan: SignedYuan,
  yearEndYuan: Nullable(Yuan),
  lowYuan: Nullable(Yuan),
  highYuan: Nullable(Yuan),
  yearEndPercent: Percent,
  lowPercent: Percent,
  highPercent: Percent,
  intervalCases: Type.Integer({
    description: '区间依据的误差数: held-out errors behind the interval; without enough, no interval',
  }),
}

/** 年末完成预测 of a region, or of all within reach; projects that have an annual plan only. */
export const ForecastRow = Closed({
  key: Type.String({ description: 'Region code; "" for all together' }),
  name: Type.String(),
  projectCount: Type.Integer({ description: '有年度计划的项目数' }),
  withoutPlanCount: Type.Integer({ description: '无年度计划、未计入的项目数' }),
  ...figures,
  isSimulated: Type.Boolean({ description: '演示数据: some figure behind this row was simulated' }),
})
export type ForecastRow = Static<typeof ForecastRow>

const about = {
  period: Period,
  basis: ForecastBasis,
  horizonMonths: Type.Integer({ minimum: 0, maximum: 11, description: '距年末月数' }),
  learnedAt: Instant,
  error: ForecastError,
}

/** 年末完成预测 as it looks from the end of a month. */
export const Forecast = Closed({ ...about, total: ForecastRow, regions: Type.Array(ForecastRow) })
export type Forecast = Static<typeof Forecast>

/** 年末完成预测 of one project, with what it is made of: the reader can work it out again. */
export const ProjectForecast = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  regionName: Type.String(),
  unitName: Nullable(Type.String()),
  category: Type.String(),
  stage: Stage,
  ...figures,
  pool: Nullable(
    OneOf(
      ['peers', 'category', 'all'],
      '参照范围: peers 同类别同阶段, category 同类别, all 全部; the narrowest that has enough cases',
    ),
  ),
  poolCases: Type.Integer({ description: '参照样本数' }),
  paceWeightPercent: Percent,
  atOwnPaceYuan: Nullable(Yuan),
  asPeersDidYuan: Nullable(Yuan),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type ProjectForecast = Static<typeof ProjectForecast>

/** A held-out month: what was forecast then, from what was known then, and what came of it. */
export const ForecastMonth = Closed({
  originPeriod: Period,
  targetPeriod: Period,
  projectCount: Type.Integer({ description: '项目数' }),
  plannedYuan: Yuan,
  completedYuan: SignedYuan,
  forecastYuan: Yuan,
  actualYuan: SignedYuan,
  missedPercent: Percent,
  caseCount: Type.Integer({ description: 'At most 200 of each category and stage' }),
  meanMissedPoints: Points,
  coverableCount: Count,
  coveredCount: Count,
})
export type ForecastMonth = Static<typeof ForecastMonth>

/** 回测. */
export const ForecastBacktest = Closed({ ...about, months: Type.Array(ForecastMonth) })
export type ForecastBacktest = Static<typeof ForecastBacktest>

/** A unit with its record, and its chance to be late in a month. */
export const UnitLateness = Closed({
  unitId: Uuid,
  unitName: Nullable(Type.String()),
  cycles: Type.Integer({ description: '回看报期数' }),
  lateCycles: Type.Integer({ description: '有迟报或未报的报期数' }),
  expected: Type.Integer({ description: '应报' }),
  lateReports: Type.Integer({ description: '迟报或未报' }),
  chancePercent: Percent,
  isLikely: Nullable(
    Type.Boolean({ description: '可能迟报: a chance of 50 % or more; null with fewer than 3 cycles' }),
  ),
})
export type UnitLateness = Static<typeof UnitLateness>

/** How such chances have told the cycles that are over. */
export const LatenessError = Closed({
  cycles: Count,
  forecasts: Count,
  lateCount: Count,
  likelyCount: Count,
  likelyLateCount: Count,
  brierScore: Nullable(Type.Number()),
  brierOfEverybody: Nullable(Type.Number()),
})
export type LatenessError = Static<typeof LatenessError>

const permission = { roles: READER_ROLES, scope: 'reach' } as const
const ofPeriod = { period: Period }

export const getForecast = defineRoute({
  operationId: 'getForecast',
  method: 'GET',
  url: '/api/v1/forecasts',
  service: 'investment',
  summary:
    'Year-end completion within reach and by region, as it looks from the end of a month, with the error measured',
  permission,
  errors: ['not-found'],
  schema: { querystring: Closed(ofPeriod), response: { 200: Forecast } },
})

export const listProjectForecasts = defineRoute({
  operationId: 'listProjectForecasts',
  method: 'GET',
  url: '/api/v1/forecasts/projects',
  service: 'investment',
  summary: 'Year-end completion of each project within reach, with what the forecast is made of',
  permission,
  errors: ['not-found'],
  schema: {
    querystring: Closed({ ...ofPeriod, ...pageQuery, regionCode: Type.Optional(RegionCode) }),
    response: { 200: PageOf(ProjectForecast) },
  },
})

export const getProjectForecast = defineRoute({
  operationId: 'getProjectForecast',
  method: 'GET',
  url: '/api/v1/projects/:id/forecast',
  service: 'investment',
  summary: 'Year-end completion of one project, as it looks from the end of a month',
  permission: { roles: READER_ROLES, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), querystring: Closed(ofPeriod), response: { 200: ProjectForecast } },
})

export const getForecastBacktest = defineRoute({
  operationId: 'getForecastBacktest',
  method: 'GET',
  url: '/api/v1/forecasts/backtest',
  service: 'investment',
  summary: 'The held-out months one by one: what was forecast from what was known then, and what came of it',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: { querystring: Closed(ofPeriod), response: { 200: ForecastBacktest } },
})

export const listLatenessForecasts = defineRoute({
  operationId: 'listLatenessForecasts',
  method: 'GET',
  url: '/api/v1/forecasts/lateness',
  service: 'investment',
  summary:
    'Units within reach by their chance to be late in a month, from the cycles before it, with the error measured',
  permission,
  errors: [],
  schema: {
    querystring: Closed({ ...ofPeriod, ...pageQuery }),
    response: { 200: Closed({ ...PageOf(UnitLateness).properties, period: Period, error: LatenessError }) },
  },
})
