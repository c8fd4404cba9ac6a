import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Nullable, PageOf, Period, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { ReportState } from '../vocabulary.ts'
import { LedgerRates, ledgerCounts, Timeliness } from './ledger.routes.ts'
import { ExcuseCause } from './reliefs.routes.ts'

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
  counts: Closed({ ...ledgerCounts, approved: Type.Integer({ description: '审核通过' }) }),
  rates: LedgerRates,
})
export type Cycle = Static<typeof Cycle>

/** One project that must report for one period; due and lock are those of its cycle until an extension or a reopening moves them. */
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
  isExtended: Type.Boolean({ description: '已延期: due later than its cycle' }),
  excuse: Nullable(ExcuseCause),
  reportState: ReportState,
  submittedAt: Nullable(Instant),
  timeliness: Timeliness,
  isLate: Type.Boolean({ description: '逾期: filed after the due instant, or not filed and past it; excused or not' }),
})
export type Obligation = Static<typeof Obligation>

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
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(Cycle) } },
})

export const getCycle = defineRoute({
  operationId: 'getCycle',
  method: 'GET',
  url: '/api/v1/cycles/:period',
  service: 'investment',
  summary: 'One cycle with its counts',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: { params: periodParams, response: { 200: Cycle } },
})

export const listObligations = defineRoute({
  operationId: 'listObligations',
  method: 'GET',
  url: '/api/v1/cycles/:period/obligations',
  service: 'investment',
  summary: 'Who must report for the period, and where each report stands',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    params: periodParams,
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(ReportState),
      late: Type.Optional(Type.Boolean({ description: 'true: only 逾期' })),
      timeliness: Type.Optional(Timeliness),
      unitId: Type.Optional(Uuid),
    }),
    response: { 200: PageOf(Obligation) },
  },
})
