import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Formed, Instant, Line, Nullable, PageOf, pageQuery, RegionCode, Uuid, Year } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Version } from '../version.ts'
import { Stage, Tier } from '../vocabulary.ts'

const everyone = [...READER_ROLES, 'service'] as const
const operators = ['operator', 'service'] as const

const programmeFields = {
  name: Line(100, '专项计划名称, unique'),
  level: Tier,
  document: Type.Union([Line(200), Type.Null()], { description: '设立文件: the document that sets it up' }),
  fromYear: Type.Integer({ ...Year, description: 'The first year that it has members of' }),
  toYear: Type.Union([Year, Type.Null()], { description: 'The last one; null while it goes on' }),
}

const code = Formed(
  '^[a-z0-9][a-z0-9-]{1,49}$',
  {
    zh: '应为 2 至 50 个小写字母、数字或 -，以字母或数字开头',
    en: 'must be 2 to 50 small letters, digits or -, beginning with a letter or digit',
  },
  { description: '代号, unique; it does not change' },
)

/** 专项计划: a list of projects by year that somebody set up, such as 省重点项目 or 三十工程. */
export const Programme = Closed({
  id: Uuid,
  code,
  ...programmeFields,
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
})
export type Programme = Static<typeof Programme>

/** What registering a programme takes. */
export const NewProgramme = Closed({
  code,
  ...programmeFields,
  document: Type.Optional(programmeFields.document),
  toYear: Type.Optional(programmeFields.toYear),
})
export type NewProgramme = Static<typeof NewProgramme>

/** Any fields of a programme that change, and why. */
export const ProgrammePatch = Type.Partial(Type.Object({ ...programmeFields, reason: Line(500, 'Why it changes') }), {
  additionalProperties: false,
  minProperties: 1,
})
export type ProgrammePatch = Static<typeof ProgrammePatch>

/** A project in a programme in a year, or one that was until it left. */
export const ProgrammeMember = Closed({
  programmeId: Uuid,
  programmeName: Line(100),
  year: Year,
  projectId: Uuid,
  projectName: Line(200),
  projectCode: Nullable(Type.String()),
  regionCode: RegionCode,
  regionName: Line(50),
  stage: Stage,
  totalInvestmentYuan: Nullable(Type.Integer({ description: '总投资, whole yuan (元)' })),
  document: Type.Union([Line(200), Type.Null()], { description: '列入文件' }),
  joinedAt: Instant,
  joinedBy: Type.String({ description: 'The name of who took it in' }),
  leftAt: Nullable(Instant),
  leftBy: Nullable(Type.String()),
  leftReason: Type.Union([Type.String(), Type.Null()], { description: '退出原因; null while it is a member' }),
})
export type ProgrammeMember = Static<typeof ProgrammeMember>

/** Projects by id or by 项目代码, each once. */
export const ProjectKeys = Type.Array(Line(36), {
  minItems: 1,
  maxItems: 500,
  uniqueItems: true,
  description: 'Projects by id or by 项目代码; all are taken or none',
})

const Params = Closed({ id: Uuid })
const ofYear = Closed({ id: Uuid, year: Year })
const ofMember = Closed({ id: Uuid, year: Year, projectId: Uuid })
const document = Type.Optional(Line(200, '列入文件'))
const Count = Type.Integer({ minimum: 0 })
const Taken = Closed({
  added: Count,
  unchanged: Type.Integer({ minimum: 0, description: 'Those that were members already' }),
})

export const listProgrammes = defineRoute({
  operationId: 'listProgrammes',
  method: 'GET',
  url: '/api/v1/programmes',
  service: 'projects',
  summary: 'Programmes, by code',
  permission: { roles: everyone, scope: 'none' },
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(Programme) } },
})

export const createProgramme = defineRoute({
  operationId: 'createProgramme',
  method: 'POST',
  url: '/api/v1/programmes',
  service: 'projects',
  summary: 'Register a programme',
  permission: { roles: operators, scope: 'none' },
  errors: ['already-exists'],
  schema: { body: NewProgramme, response: { 201: Programme } },
})

export const updateProgramme = defineRoute({
  operationId: 'updateProgramme',
  method: 'PATCH',
  url: '/api/v1/programmes/:id',
  service: 'projects',
  summary: 'Change a programme (If-Match: its version)',
  permission: { roles: operators, scope: 'none' },
  errors: ['not-found', 'already-exists', 'version-mismatch'],
  schema: { params: Params, body: ProgrammePatch, response: { 200: Programme } },
})

export const listProgrammeVersions = defineRoute({
  operationId: 'listProgrammeVersions',
  method: 'GET',
  url: '/api/v1/programmes/:id/versions',
  service: 'projects',
  summary: 'Every version of a programme, newest first: who changed what, when and why',
  permission: { roles: everyone, scope: 'none' },
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed(pageQuery), response: { 200: PageOf(Version) } },
})

export const listProgrammeMembers = defineRoute({
  operationId: 'listProgrammeMembers',
  method: 'GET',
  url: '/api/v1/programmes/:id/years/:year/members',
  service: 'projects',
  summary: 'The projects within reach that are in a programme in a year, those taken in last first',
  permission: { roles: everyone, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    params: ofYear,
    querystring: Closed({
      ...pageQuery,
      withLeft: Type.Optional(Type.Boolean({ description: 'Those that have left, too' })),
    }),
    response: { 200: PageOf(ProgrammeMember) },
  },
})

export const putProgrammeMember = defineRoute({
  operationId: 'putProgrammeMember',
  method: 'PUT',
  url: '/api/v1/programmes/:id/years/:year/members/:projectId',
  service: 'projects',
  summary: 'Take a project into a programme; one that is in it already stays as it is',
  permission: { roles: operators, scope: 'reach' },
  errors: ['not-found', 'unknown-reference'],
  schema: { params: ofMember, body: Closed({ document }), response: { 200: Taken } },
})

export const addProgrammeMembers = defineRoute({
  operationId: 'addProgrammeMembers',
  method: 'POST',
  url: '/api/v1/programmes/:id/years/:year/members',
  service: 'projects',
  summary: 'Take many projects into a programme, all or none; every one that cannot be is named (projects.0)',
  permission: { roles: operators, scope: 'reach' },
  errors: ['not-found', 'unknown-reference'],
  schema: { params: ofYear, body: Closed({ projects: ProjectKeys, document }), response: { 200: Taken } },
})

export const leaveProgramme = defineRoute({
  operationId: 'leaveProgramme',
  method: 'POST',
  url: '/api/v1/programmes/:id/years/:year/members/:projectId/leave',
  service: 'projects',
  summary: 'Let a project leave a programme; that it was in it is kept',
  permission: { roles: operators, scope: 'reach' },
  errors: ['not-found'],
  schema: { params: ofMember, body: Closed({ reason: Line(500, '退出原因') }), response: { 200: ProgrammeMember } },
})

export const copyProgrammeMembers = defineRoute({
  operationId: 'copyProgrammeMembers',
  method: 'POST',
  url: '/api/v1/programmes/:id/years/:year/copy',
  service: 'projects',
  summary: 'Take the members within reach of the year before into this one; safe to repeat',
  permission: { roles: operators, scope: 'reach' },
  errors: ['not-found'],
  schema: { params: ofYear, body: Closed({ document }), response: { 200: Taken } },
})

export const listProjectProgrammes = defineRoute({
  operationId: 'listProjectProgrammes',
  method: 'GET',
  url: '/api/v1/projects/:id/programmes',
  service: 'projects',
  summary: 'The programmes that a project is or was in, by year, the last year first',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, response: { 200: Closed({ items: Type.Array(ProgrammeMember) }) } },
})
