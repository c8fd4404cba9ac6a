import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  CalendarDate,
  Closed,
  Instant,
  Line,
  Nullable,
  PageOf,
  Period,
  pageQuery,
  RegionCode,
  Uuid,
} from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { DifficultyAction, DifficultyCategory, DifficultyState, DifficultySubcategory } from '../vocabulary.ts'

/** 协调层级. */
export const CoordinationLevel = Type.Integer({
  minimum: 1,
  maximum: 4,
  description: '协调层级: 1 is the lowest, 4 the highest',
})

const entered = {
  description: Line(500, '困难和问题, in one sentence'),
  category: DifficultyCategory,
  subcategory: Nullable(DifficultySubcategory),
  coordinationLevel: CoordinationLevel,
  unitInChargeId: Type.String({ ...Uuid, description: '协调责任单位: the unit in charge of settling it' }),
  dueOn: Type.String({ ...CalendarDate, description: '解决期限: the day by which it is to be settled' }),
}
const outcome = Line(1_000, '解决结果: what has settled it')
const reason = Line(500, '理由')

/** A difficulty as it goes into the ledger. */
export const NewDifficulty = Closed({ ...entered, subcategory: Type.Optional(entered.subcategory), period: Period })
export type NewDifficulty = Static<typeof NewDifficulty>

/** 困难和问题台账的一条. */
export const Difficulty = Closed({
  id: Uuid,
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  regionName: Type.String(),
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Period,
  reportedText: Type.String({ description: '困难和问题, as the report of the period says' }),
  ...entered,
  unitInChargeName: Nullable(Type.String()),
  state: DifficultyState,
  outcome: Nullable(outcome),
  registeredAt: Instant,
  resolvedAt: Nullable(Instant),
  ageDays: Type.Integer({ description: 'Days since it was registered, until it was resolved' }),
  overdueDays: Type.Integer({ description: 'Days past the due day, until it was resolved; 0 when in time' }),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type Difficulty = Static<typeof Difficulty>

/** What was done about a difficulty, and how it stood afterwards. */
export const DifficultyMove = Closed({
  version: Type.Integer(),
  action: DifficultyAction,
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Nullable(reason),
  state: DifficultyState,
  coordinationLevel: CoordinationLevel,
  unitInChargeId: Uuid,
  unitInChargeName: Nullable(Type.String()),
  dueOn: entered.dueOn,
  outcome: Nullable(outcome),
})
export type DifficultyMove = Static<typeof DifficultyMove>

export const DifficultyWithTimeline = Closed({ ...Difficulty.properties, timeline: Type.Array(DifficultyMove) })
export type DifficultyWithTimeline = Static<typeof DifficultyWithTimeline>

/** A filed report that tells of a difficulty which is not in the ledger. */
export const UnregisteredDifficulty = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Period,
  reportState: Type.String({ enum: ['submitted', 'approved'] }),
  submittedAt: Nullable(Instant),
  difficulties: Type.String({ description: '困难和问题' }),
})
export type UnregisteredDifficulty = Static<typeof UnregisteredDifficulty>

const counts = {
  openAtStart: Type.Integer({ description: 'Open when the month began' }),
  raised: Type.Integer({ description: 'Registered in the month' }),
  reopened: Type.Integer({ description: 'Resolved before the month, sent back in it and open at its end' }),
  solved: Type.Integer({ description: 'Resolved in the month and so at its end' }),
  openAtEnd: Type.Integer({ description: 'openAtStart + raised + reopened − solved' }),
  overdueAtEnd: Type.Integer({ description: 'Open at the end, past the due day' }),
  averageAgeDays: Nullable(
    Type.Number({ description: 'Of those open at the end, one decimal; null when there are none' }),
  ),
}
const DifficultyGroup = Closed({ key: Type.String(), name: Type.String(), ...counts })
export type DifficultyGroup = Static<typeof DifficultyGroup>
export const DifficultyCounts = Closed(counts)
export type DifficultyCounts = Static<typeof DifficultyCounts>

/** The month's analysis for the committee (每月分析). */
export const DifficultyAnalysis = Closed({
  period: Period,
  asOn: Type.String({ ...CalendarDate, description: 'The last day of the month, or today while it lasts' }),
  total: DifficultyCounts,
  byCategory: Type.Array(DifficultyGroup),
  byLevel: Type.Array(DifficultyGroup),
  byUnitInCharge: Type.Array(DifficultyGroup),
  oldest: Type.Array(
    Closed({
      id: Uuid,
      projectId: Uuid,
      projectName: Type.String(),
      description: entered.description,
      category: DifficultyCategory,
      coordinationLevel: CoordinationLevel,
      unitInChargeId: Uuid,
      unitInChargeName: Nullable(Type.String()),
      dueOn: entered.dueOn,
      registeredOn: CalendarDate,
      ageDays: Type.Integer(),
      overdueDays: Type.Integer(),
    }),
    { maxItems: 20, description: 'Those that are open the longest, oldest first' },
  ),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type DifficultyAnalysis = Static<typeof DifficultyAnalysis>

const narrowing = {
  regionCode: Type.Optional(
    Type.String({ ...RegionCode, description: '区划代码: this region alone; a list is narrowed to the reach anyway' }),
  ),
  unitId: Type.Optional(Type.String({ ...Uuid, description: '责任单位 of the project' })),
  projectId: Type.Optional(Uuid),
}

const params = Closed({ id: Type.String({ ...Uuid, description: '困难和问题' }) })
const read = { method: 'GET', service: 'investment', permission: { roles: READER_ROLES, scope: 'reach' } } as const

export const registerDifficulty = defineRoute({
  operationId: 'registerDifficulty',
  method: 'POST',
  url: '/api/v1/projects/:id/difficulties',
  service: 'investment',
  summary: 'Put a difficulty that the filed report of a period tells of into the ledger',
  permission: { roles: ['filer', 'reviewer'], scope: 'project' },
  errors: ['not-found', 'no-difficulty-reported', 'unknown-reference', 'already-exists'],
  schema: { params: Closed({ id: Uuid }), body: NewDifficulty, response: { 201: Difficulty } },
})

export const listDifficulties = defineRoute({
  ...read,
  operationId: 'listDifficulties',
  url: '/api/v1/difficulties',
  summary: 'The ledger of difficulties within reach, the earliest due day first',
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(DifficultyState),
      isOpen: Type.Optional(Type.Boolean({ description: '未解决: 待协调 or 协调中' })),
      overdue: Type.Optional(Type.Boolean({ description: 'Open and past the due day, or not so' })),
      category: Type.Optional(DifficultyCategory),
      coordinationLevel: Type.Optional(CoordinationLevel),
      unitInChargeId: Type.Optional(Type.String({ ...Uuid, description: '协调责任单位' })),
      ...narrowing,
    }),
    response: { 200: PageOf(Difficulty) },
  },
})

export const listUnregisteredDifficulties = defineRoute({
  ...read,
  operationId: 'listUnregisteredDifficulties',
  url: '/api/v1/difficulties/unregistered',
  summary: 'Filed reports of a period that tell of a difficulty which is not in the ledger, by project',
  errors: [],
  schema: {
    querystring: Closed({ ...pageQuery, period: Period, ...narrowing }),
    response: { 200: PageOf(UnregisteredDifficulty) },
  },
})

export const analyseDifficulties = defineRoute({
  ...read,
  operationId: 'analyseDifficulties',
  url: '/api/v1/difficulties/analysis',
  summary: 'What has become of the difficulties in a month: by category, level and unit in charge, and the oldest',
  errors: [],
  schema: { querystring: Closed({ period: Period }), response: { 200: DifficultyAnalysis } },
})

export const getDifficulty = defineRoute({
  ...read,
  operationId: 'getDifficulty',
  url: '/api/v1/difficulties/:id',
  summary: 'A difficulty with everything that was done about it, oldest first',
  errors: ['not-found', 'outside-scope'],
  schema: { params, response: { 200: DifficultyWithTimeline } },
})

const move = { method: 'POST', service: 'investment' } as const
const moveErrors = ['not-found', 'outside-scope', 'difficulty-move-forbidden', 'version-mismatch'] as const

export const acceptDifficulty = defineRoute({
  ...move,
  operationId: 'acceptDifficulty',
  url: '/api/v1/difficulties/:id/accept',
  summary: 'Take it up: 待协调 becomes 协调中; a unit does so when it is in charge (If-Match: its version)',
  permission: { roles: ['filer', 'head', 'reviewer', 'leader', 'supervisor'], scope: 'reach' },
  errors: moveErrors,
  schema: { params, response: { 200: Difficulty } },
})

export const resolveDifficulty = defineRoute({
  ...move,
  operationId: 'resolveDifficulty',
  url: '/api/v1/difficulties/:id/resolve',
  summary: 'Tell what has settled it: 协调中 becomes 已解决 (If-Match: its version)',
  permission: { roles: ['filer', 'head', 'reviewer', 'leader'], scope: 'reach' },
  errors: moveErrors,
  schema: { params, body: Closed({ outcome }), response: { 200: Difficulty } },
})

export const closeDifficulty = defineRoute({
  ...move,
  operationId: 'closeDifficulty',
  url: '/api/v1/difficulties/:id/close',
  summary: 'Strike it off (销号): 已解决 becomes 已销号 (If-Match: its version)',
  permission: { roles: ['supervisor'], scope: 'reach' },
  errors: moveErrors,
  schema: { params, response: { 200: Difficulty } },
})

export const returnDifficulty = defineRoute({
  ...move,
  operationId: 'returnDifficulty',
  url: '/api/v1/difficulties/:id/return',
  summary: 'It is not settled: 已解决 becomes 协调中 again (If-Match: its version)',
  permission: { roles: ['supervisor'], scope: 'reach' },
  errors: moveErrors,
  schema: { params, body: Closed({ reason }), response: { 200: Difficulty } },
})

export const raiseDifficulty = defineRoute({
  ...move,
  operationId: 'raiseDifficulty',
  url: '/api/v1/difficulties/:id/raise',
  summary: 'Raise it to a higher level of coordination (If-Match: its version)',
  permission: { roles: ['filer', 'head', 'reviewer', 'leader', 'supervisor'], scope: 'reach' },
  errors: moveErrors,
  schema: {
    params,
    body: Closed({ coordinationLevel: CoordinationLevel, reason }),
    response: { 200: Difficulty },
  },
})

export const rescheduleDifficulty = defineRoute({
  ...move,
  operationId: 'rescheduleDifficulty',
  url: '/api/v1/difficulties/:id/reschedule',
  summary: 'Set another day by which it is to be settled (If-Match: its version)',
  permission: { roles: ['reviewer', 'leader', 'supervisor'], scope: 'reach' },
  errors: moveErrors,
  schema: { params, body: Closed({ dueOn: entered.dueOn, reason }), response: { 200: Difficulty } },
})

export const reassignDifficulty = defineRoute({
  ...move,
  operationId: 'reassignDifficulty',
  url: '/api/v1/difficulties/:id/reassign',
  summary: 'Put another unit in charge, which has yet to take it up: it is 待协调 again (If-Match: its version)',
  permission: { roles: ['reviewer', 'leader', 'supervisor'], scope: 'reach' },
  errors: [...moveErrors, 'unknown-reference'],
  schema: { params, body: Closed({ unitInChargeId: entered.unitInChargeId, reason }), response: { 200: Difficulty } },
})
