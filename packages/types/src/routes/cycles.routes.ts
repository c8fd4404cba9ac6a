import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Nullable, PageOf, Period, pageQuery, RegionCode, Uuid, Yuan } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { ReportState } from '../vocabulary.ts'

export const HOLIDAY_POLICIES = ['postpone', 'bringForward', 'fixed'] as const

/** 报送周期: one month's reporting, with the counts of its obligation ledger as they stand now. */
export const Cycle = Closed({
  id: Uuid,
  period: Period,
  state: Type.Unsafe<'open' | 'overdue' | 'locked'>(
    Type.String({ enum: ['open', 'overdue', 'locked'], description: 'open until due, overdue until lock' }),
  ),
  openedAt: Instant,
  dueAt: Instant,
  lockAt: Instant,
  holidayPolicy: Type.Unsafe<(typeof HOLIDAY_POLICIES)[number]>(Type.String({ enum: [...HOLIDAY_POLICIES] })),
  ruleVersion: Type.Integer({ description: 'Version of the rule that was in force when it opened' }),
  isCalendarProvisional: Type.Boolean({
    description: 'The official workday arrangement of the year was not published',
  }),
  isSimulated: Type.Boolean({ description: '演示数据' }),
  counts: Closed({
    expected: Type.Integer({ description: '应报' }),
    filed: Type.Integer({ description: '已报: submitted or approved' }),
    onTime: Type.Integer({ description: '按时: first filed within the due instant' }),
    late: Type.Integer({ description: '逾期上报' }),
    missing: Type.Integer({ description: '未报 after the due instant' }),
    approved: Type.Integer({ description: '审核通过' }),
  }),
})
export type Cycle = Static<typeof Cycle>

/** One project that must report for one period; due and lock are frozen when the cycle opens. */
export const Obligation = Closed({
  id: Uuid,
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Period,
  dueAt: Instant,
  lockAt: Instant,
  reportState: ReportState,
  submittedAt: Nullable(Instant),
  isLate: Type.Boolean({ description: '逾期: filed after the due instant, or not filed and past it' }),
})
export type Obligation = Static<typeof Obligation>

/** 年度计划: `monthlyTargetsYuan` are the cumulative targets of months 1 to 12 and replace the m/12 curve. */
export const AnnualPlan = Closed({
  projectId: Uuid,
  year: Type.Integer({ minimum: 2000, maximum: 2099 }),
  plannedYuan: Yuan,
  monthlyTargetsYuan: Nullable(Type.Array(Yuan, { minItems: 12, maxItems: 12 })),
  version: Type.Integer(),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type AnnualPlan = Static<typeof AnnualPlan>

const periodParams = Closed({ period: Period })

export const openCycle = defineRoute({
  operationId: 'openCycle',
  method: 'POST',
  url: '/api/v1/cycles',
  service: 'investment',
  summary: 'Open the cycle of a period; a cycle that is open already is returned as it is (200)',
  permission: { roles: ['operator', 'supervisor'], scope: 'none' },
  errors: ['period-not-open'],
  schema: { body: periodParams, response: { 200: Cycle, 201: Cycle } },
})

export const listCycles = defineRoute({
  operationId: 'listCycles',
  method: 'GET',
  url: '/api/v1/cycles',
  service: 'investment',
  summary: 'Cycles, newest first',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(Cycle) } },
})

export const getCycle = defineRoute({
  operationId: 'getCycle',
  method: 'GET',
  url: '/api/v1/cycles/:period',
  service: 'investment',
  summary: 'One cycle with its counts',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: { params: periodParams, response: { 200: Cycle } },
})

export const listObligations = defineRoute({
  operationId: 'listObligations',
  method: 'GET',
  url: '/api/v1/cycles/:period/obligations',
  service: 'investment',
  summary: 'Who must report for the period, and where each report stands',
  permission: { roles: PERSON_ROLES, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    params: periodParams,
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(ReportState),
      late: Type.Optional(Type.Boolean({ description: 'true: only 逾期' })),
      unitId: Type.Optional(Uuid),
    }),
    response: { 200: PageOf(Obligation) },
  },
})

const planParams = Closed({ id: Uuid, year: Type.Integer({ minimum: 2000, maximum: 2099 }) })

export const putAnnualPlan = defineRoute({
  operationId: 'putAnnualPlan',
  method: 'PUT',
  url: '/api/v1/projects/:id/plans/:year',
  service: 'investment',
  summary: 'Set the annual plan of a project; every change is a new version',
  permission: { roles: ['reviewer', 'operator'], scope: 'project' },
  errors: ['not-found'],
  schema: {
    params: planParams,
    body: Closed({
      plannedYuan: Yuan,
      monthlyTargetsYuan: Type.Optional(Nullable(Type.Array(Yuan, { minItems: 12, maxItems: 12 }))),
    }),
    response: { 200: AnnualPlan },
  },
})

export const getAnnualPlan = defineRoute({
  operationId: 'getAnnualPlan',
  method: 'GET',
  url: '/api/v1/projects/:id/plans/:year',
  service: 'investment',
  summary: 'The annual plan in force',
  permission: { roles: PERSON_ROLES, scope: 'project' },
  errors: ['not-found'],
  schema: { params: planParams, response: { 200: AnnualPlan } },
})
