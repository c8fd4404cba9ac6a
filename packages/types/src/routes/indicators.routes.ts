import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Nullable, PageOf, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { IndicatorAttribute } from '../vocabulary.ts'

/** 规划指标, as the plan states it; targets are text because plans write ">10" and "按市下达目标". */
export const PlanIndicator = Closed({
  id: Uuid,
  regionCode: RegionCode,
  regionName: Type.String(),
  source: Type.String(),
  category: Type.String(),
  indicator: Type.String(),
  unitOfMeasure: Type.String(),
  baseValue: Nullable(Type.String()),
  targetValue: Nullable(Type.String()),
  rateOrTotal: Nullable(Type.String({ description: 'Five-year rate or total' })),
  attribute: Nullable(IndicatorAttribute),
})
export type PlanIndicator = Static<typeof PlanIndicator>

/** A yearly target or result of a programme. */
export const AnnualTarget = Closed({
  id: Uuid,
  year: Type.Integer(),
  programme: Type.String(),
  metric: Type.String(),
  value: Type.String(),
  unitOfMeasure: Type.String(),
  kind: Type.String({ description: 'actual or target_min' }),
})
export type AnnualTarget = Static<typeof AnnualTarget>

const permission = { roles: PERSON_ROLES, scope: 'none' } as const

export const listPlanIndicators = defineRoute({
  operationId: 'listPlanIndicators',
  method: 'GET',
  url: '/api/v1/plan-indicators',
  service: 'projects',
  summary: '规划指标',
  permission,
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(PlanIndicator) } },
})

export const listAnnualTargets = defineRoute({
  operationId: 'listAnnualTargets',
  method: 'GET',
  url: '/api/v1/annual-targets',
  service: 'projects',
  summary: 'Yearly targets and results of programmes',
  permission,
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(AnnualTarget) } },
})
