import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Line, Nullable, OneOf, PageOf, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { IndicatorAttribute, IndicatorMeasure, IndicatorStatus, TargetKind } from '../vocabulary.ts'
import { CellProblem } from './imports.routes.ts'

const Year = Type.Integer({ minimum: 2000, maximum: 2099, description: '年度' })
const Figure = Type.Number({ description: 'In the unit of measure (计量单位) of the indicator' })
const Count = Type.Integer({ minimum: 0 })

/** A target as it was understood; the text that the plan writes stands beside it. */
export const PlanTarget = Closed({
  kind: TargetKind,
  value: Nullable(Figure),
  upTo: Nullable(Type.Number({ description: 'The upper end of a range; null for every other kind' })),
})
export type PlanTarget = Static<typeof PlanTarget>

const indicatorFields = {
  id: Uuid,
  regionCode: RegionCode,
  regionName: Type.String({ description: '所属区域' }),
  source: Type.String({ description: '文件来源: the plan that sets the indicator' }),
  category: Type.String({ description: '类别' }),
  indicator: Type.String({ description: '指标; unique within its region and plan' }),
  unitOfMeasure: Type.String({ description: '计量单位' }),
  baseValue: Nullable(Type.String({ description: '基期值 as the plan writes it, in the unit of measure' })),
  targetValue: Nullable(Type.String({ description: '目标值 as the plan writes it: a number, ">10", "按市下达目标"' })),
  rateOrTotal: Nullable(Type.String({ description: '五年增速或累计 as the plan writes it' })),
  attribute: Nullable(IndicatorAttribute),
}

/** 规划指标, as the plan states it, and how it is understood. */
export const PlanIndicator = Closed({
  ...indicatorFields,
  baseYear: Type.Integer({ description: '基期年' }),
  targetYear: Type.Integer({ description: '目标年' }),
  measure: IndicatorMeasure,
  target: Type.Union([PlanTarget, Type.Null()], {
    description: 'What is measured against; null when the plan has none',
  }),
  version: Type.Integer({ description: 'Counts changes of what the plan states' }),
})
export type PlanIndicator = Static<typeof PlanIndicator>

/** 状态 of a year or of the whole, with the reason and the figures behind it. */
export const IndicatorAssessment = Closed({
  status: IndicatorStatus,
  reason: Type.String({ description: 'In the language of Accept-Language, with its figures' }),
  actual: Nullable(Figure),
  expected: Nullable(Type.Number({ description: 'What it was compared with: the target, or its path in that year' })),
  year: Nullable(Type.Integer({ description: 'The last year whose result counts' })),
})
export type IndicatorAssessment = Static<typeof IndicatorAssessment>

/** 年度分解: target and result of one year; version 0 when nothing was entered yet. */
export const IndicatorYear = Closed({
  year: Year,
  target: Nullable(Type.String({ description: '年度目标 as it was written; null: the path of the plan counts' })),
  actual: Nullable(Figure),
  version: Type.Integer({ minimum: 0, description: 'Counts changes; send it back as If-Match' }),
  assessment: IndicatorAssessment,
})
export type IndicatorYear = Static<typeof IndicatorYear>

/** 规划指标 with its years and where it stands. */
export const EvaluatedIndicator = Closed({
  ...PlanIndicator.properties,
  years: Type.Array(IndicatorYear, { description: 'Every year of the plan, up to the year of the evaluation' }),
  assessment: IndicatorAssessment,
})
export type EvaluatedIndicator = Static<typeof EvaluatedIndicator>

const StatusCounts = Closed({ reached: Count, onCourse: Count, behind: Count, notMeasurable: Count, total: Count })

/** 中期评估 or 末期评估. */
export const IndicatorEvaluation = Closed({
  year: Year,
  stage: OneOf(['midTerm', 'final'], 'midTerm 中期评估 (before the target year of an indicator), final 末期评估'),
  binding: Type.Unsafe<Static<typeof StatusCounts>>({ ...StatusCounts, description: '约束性 indicators by status' }),
  expected: Type.Unsafe<Static<typeof StatusCounts>>({ ...StatusCounts, description: '预期性 indicators by status' }),
  unattributed: Type.Unsafe<Static<typeof StatusCounts>>({
    ...StatusCounts,
    description: 'Indicators that their plan calls neither',
  }),
  items: Type.Array(EvaluatedIndicator),
})
export type IndicatorEvaluation = Static<typeof IndicatorEvaluation>

/** What is entered for a year. */
export const NewIndicatorYear = Closed({
  target: Nullable(Line(100, '年度目标: a number, a bound such as ≥10, or text; null: the path of the plan counts')),
  actual: Nullable(
    Type.Number({ minimum: -1e12, maximum: 1e12, description: '实际值 in the unit of measure, up to 4 decimals' }),
  ),
  reason: Type.Optional(Line(500, '原因; compulsory when a figure that was entered changes')),
})
export type NewIndicatorYear = Static<typeof NewIndicatorYear>

/** One change of an indicator, or of one of its years: who, when, why, from → to. */
export const IndicatorChange = Closed({
  id: Uuid,
  year: Nullable(Year),
  version: Type.Integer(),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Nullable(Type.String()),
  changes: Type.Array(Closed({ field: Type.String(), from: Type.Unknown(), to: Type.Unknown() })),
})
export type IndicatorChange = Static<typeof IndicatorChange>

/** What came of a file of indicators or targets: loaded whole, or refused whole. */
export const IndicatorImport = Closed({
  state: OneOf(['loaded', 'refused'], '已载入 loaded (or checked, in a dry run), 有问题 refused'),
  isDryRun: Type.Boolean({ description: 'Checked and counted; nothing is loaded' }),
  changed: Type.Integer({ minimum: 0, description: 'Rows that are new or differ' }),
  unchanged: Count,
  problemCount: Count,
  problems: Type.Array(CellProblem, { description: 'The first 1,000 problems; one is enough and nothing is loaded' }),
  ignoredColumns: Type.Array(Type.String(), { description: 'Columns of the file that say nothing to us' }),
})
export type IndicatorImport = Static<typeof IndicatorImport>

/** A yearly target or result of a programme. */
export const AnnualTarget = Closed({
  id: Uuid,
  year: Type.Integer({ description: '年度' }),
  programme: Type.String({ description: '范围: 省重点项目, 全市 …' }),
  metric: Type.String({ description: '指标: project_count, annual_investment …' }),
  value: Type.String({ description: 'As the document writes it, in the unit of measure' }),
  unitOfMeasure: Type.String({ description: '计量单位' }),
  kind: Type.String({ description: 'actual or target_min' }),
})
export type AnnualTarget = Static<typeof AnnualTarget>

const permission = { roles: [...READER_ROLES, 'service'], scope: 'none' } as const
const keepers = { roles: ['operator', 'reviewer', 'service'], scope: 'none' } as const
const loaders = { roles: ['operator', 'service'], scope: 'none' } as const

const filters = {
  regionCode: Type.Optional(RegionCode),
  source: Type.Optional(Line(200, '文件来源, whole')),
}
const csv = { types: ['text/csv'], maxBytes: 1024 * 1024 } as const
const importQuery = Closed({
  dryRun: Type.Optional(Type.Boolean({ description: 'Check and count only' })),
  fileName: Type.Optional(Line(200, 'Stands in the history as the reason of each change')),
})

export const listPlanIndicators = defineRoute({
  operationId: 'listPlanIndicators',
  method: 'GET',
  url: '/api/v1/plan-indicators',
  service: 'projects',
  summary: '规划指标, in the order in which they were loaded',
  permission,
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      ...filters,
      category: Type.Optional(Line(50, '类别, whole')),
      attribute: Type.Optional(IndicatorAttribute),
      q: Type.Optional(Line(50, 'Any part of the indicator')),
    }),
    response: { 200: PageOf(PlanIndicator) },
  },
})

export const evaluateIndicators = defineRoute({
  operationId: 'evaluateIndicators',
  method: 'GET',
  url: '/api/v1/plan-indicators/evaluation',
  service: 'projects',
  summary: '中期评估 and 末期评估: where each indicator stands in a year, 约束性 and 预期性 counted apart',
  permission,
  errors: [],
  schema: { querystring: Closed({ ...filters, year: Year }), response: { 200: IndicatorEvaluation } },
})

export const importPlanIndicators = defineRoute({
  operationId: 'importPlanIndicators',
  method: 'POST',
  url: '/api/v1/plan-indicators/imports',
  service: 'projects',
  summary: 'Load a list of 规划指标 (CSV), whole or not at all',
  permission: loaders,
  errors: ['validation-failed'],
  file: csv,
  schema: { querystring: importQuery, response: { 200: IndicatorImport } },
})

const Params = Closed({ id: Uuid })

export const getPlanIndicator = defineRoute({
  operationId: 'getPlanIndicator',
  method: 'GET',
  url: '/api/v1/plan-indicators/:id',
  service: 'projects',
  summary: 'One indicator with all its years and where it stands',
  permission,
  errors: ['not-found'],
  schema: { params: Params, response: { 200: EvaluatedIndicator } },
})

export const putIndicatorYear = defineRoute({
  operationId: 'putIndicatorYear',
  method: 'PUT',
  url: '/api/v1/plan-indicators/:id/years/:year',
  service: 'projects',
  summary: 'Enter target and result of a year (If-Match: the version of the year)',
  permission: keepers,
  errors: ['not-found', 'outside-scope', 'version-mismatch'],
  schema: {
    params: Closed({ id: Uuid, year: Year }),
    body: NewIndicatorYear,
    response: { 200: EvaluatedIndicator },
  },
})

export const listIndicatorChanges = defineRoute({
  operationId: 'listIndicatorChanges',
  method: 'GET',
  url: '/api/v1/plan-indicators/:id/changes',
  service: 'projects',
  summary: 'Every change of an indicator and of its years, newest first: who, when, why',
  permission,
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed(pageQuery), response: { 200: PageOf(IndicatorChange) } },
})

export const listAnnualTargets = defineRoute({
  operationId: 'listAnnualTargets',
  method: 'GET',
  url: '/api/v1/annual-targets',
  service: 'projects',
  summary: 'Yearly targets and results of programmes',
  permission,
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      year: Type.Optional(Year),
      programme: Type.Optional(Line(100, '范围, whole')),
    }),
    response: { 200: PageOf(AnnualTarget) },
  },
})

export const importAnnualTargets = defineRoute({
  operationId: 'importAnnualTargets',
  method: 'POST',
  url: '/api/v1/annual-targets/imports',
  service: 'projects',
  summary: 'Load yearly targets and results of programmes (CSV), whole or not at all',
  permission: loaders,
  errors: ['validation-failed'],
  file: csv,
  schema: { querystring: importQuery, response: { 200: IndicatorImport } },
})
