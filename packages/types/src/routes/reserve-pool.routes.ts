import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, Line, Nullable, PageOf, pageQuery, Uuid, Year } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { ReserveState, Stage } from '../vocabulary.ts'
import { ProjectKeys } from './programmes.routes.ts'

const everyone = [...READER_ROLES, 'service'] as const
const keepers = ['operator', 'reviewer', 'service'] as const

/** What entering projects in the reserve pool of a year takes. */
export const NewReserveEntry = Closed({
  state: ReserveState,
  decidedOn: Type.String({ ...CalendarDate, description: 'The day of the decision, not after today' }),
  reason: Type.Optional(Line(500, '原因: compulsory for 未入库, 增补 and 退库')),
  document: Type.Optional(Line(200, '文号: compulsory for 入库 and 增补')),
  withStage: Type.Optional(
    Type.Boolean({
      description: '退库 alone: true moves the project to the stage 退出 as well; otherwise its stage stays',
    }),
  ),
})
export type NewReserveEntry = Static<typeof NewReserveEntry>

/** 储备库登记: one step of a project in the reserve pool of a year; the last one counts, those before are its history. */
export const ReserveEntry = Closed({
  year: Year,
  projectId: Uuid,
  projectName: Line(200),
  projectCode: Nullable(Type.String()),
  regionName: Line(50),
  stage: Stage,
  totalInvestmentYuan: Nullable(Type.Integer({ description: '总投资, whole yuan (元)' })),
  number: Type.Integer({ minimum: 1, description: 'Counts the steps of this project in this year' }),
  state: ReserveState,
  decidedOn: CalendarDate,
  reason: Nullable(Type.String()),
  document: Nullable(Type.String()),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
})
export type ReserveEntry = Static<typeof ReserveEntry>

const Params = Closed({ year: Year })
const Count = Type.Integer({ minimum: 0 })

export const listReserveEntries = defineRoute({
  operationId: 'listReserveEntries',
  method: 'GET',
  url: '/api/v1/reserve-pool/:year',
  service: 'projects',
  summary: 'Where the projects within reach stand in the reserve pool of a year, entered last first',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: {
    params: Params,
    querystring: Closed({ ...pageQuery, state: Type.Optional(ReserveState) }),
    response: { 200: PageOf(ReserveEntry) },
  },
})

export const countReserveEntries = defineRoute({
  operationId: 'countReserveEntries',
  method: 'GET',
  url: '/api/v1/reserve-pool/:year/counts',
  service: 'projects',
  summary: 'How many projects within reach stand where in the reserve pool of a year',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: {
    params: Params,
    response: {
      200: Closed({ year: Year, byState: Type.Array(Closed({ state: ReserveState, count: Count })) }),
    },
  },
})

export const addReserveEntries = defineRoute({
  operationId: 'addReserveEntries',
  method: 'POST',
  url: '/api/v1/reserve-pool/:year/entries',
  service: 'projects',
  summary: 'Enter projects in the reserve pool of a year, all or none; every one that cannot be is named (projects.0)',
  permission: { roles: keepers, scope: 'reach' },
  errors: ['entry-forbidden', 'unknown-reference'],
  schema: {
    params: Params,
    body: Closed({ projects: ProjectKeys, ...NewReserveEntry.properties }),
    response: {
      201: Closed({
        entered: Count,
        moved: Type.Integer({ minimum: 0, description: 'Projects that the entry has moved to another stage' }),
      }),
    },
  },
})

export const rollReservePool = defineRoute({
  operationId: 'rollReservePool',
  method: 'POST',
  url: '/api/v1/reserve-pool/:year/roll',
  service: 'projects',
  summary: 'Propose for this year what the year before has listed and what has not started; safe to repeat',
  permission: { roles: keepers, scope: 'reach' },
  errors: [],
  schema: {
    params: Params,
    body: Closed({
      decidedOn: Type.Optional(
        Type.String({ ...CalendarDate, description: 'The day of the proposal, today when absent' }),
      ),
      dryRun: Type.Optional(Type.Boolean({ description: 'Show what would be proposed, and do nothing' })),
    }),
    response: {
      200: Closed({
        year: Year,
        isDryRun: Type.Boolean(),
        proposed: Count,
        alreadyEntered: Type.Integer({ minimum: 0, description: 'Listed in the year before and entered in this one' }),
        leftOut: Type.Integer({
          minimum: 0,
          description: 'Listed in the year before, but started, suspended or withdrawn',
        }),
        projects: Type.Array(Closed({ projectId: Uuid, projectName: Line(200), regionName: Line(50), stage: Stage }), {
          description: 'The first 200 of those proposed',
        }),
      }),
    },
  },
})

export const listProjectReserveEntries = defineRoute({
  operationId: 'listProjectReserveEntries',
  method: 'GET',
  url: '/api/v1/projects/:id/reserve-entries',
  service: 'projects',
  summary: 'Every step of a project in the reserve pools, the last one first',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: Closed({ items: Type.Array(ReserveEntry) }) } },
})
