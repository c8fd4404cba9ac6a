import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Line, MAX_YUAN, Nullable, PageOf, Prose, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { AssessmentClass, Stage, Tier } from '../vocabulary.ts'

const PositiveYuan = Type.Integer({ minimum: 1, maximum: MAX_YUAN, description: '总投资, whole yuan (元)' })

const projectFields = {
  name: Line(200, '项目名称; unique within its region'),
  regionCode: RegionCode,
  regionName: Line(50, '所属区域'),
  category: Line(50, '类别'),
  stage: Stage,
  tiers: Type.Array(Tier, { minItems: 1, maxItems: 3, uniqueItems: true }),
  assessmentClass: AssessmentClass,
  totalInvestmentYuan: Nullable(PositiveYuan),
  responsibleUnitId: Nullable(Uuid),
  filerId: Nullable(Uuid),
  leaderId: Nullable(Uuid),
  source: Nullable(Line(200, 'The document that names the project')),
  section: Nullable(Line(100, 'The section of that document')),
  note: Nullable(Prose(2000)),
}

/** 重点项目. */
export const Project = Closed({
  id: Uuid,
  ...projectFields,
  responsibleUnitName: Nullable(Type.String()),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Project = Static<typeof Project>

const { name, regionCode, regionName, category, stage, ...defaulted } = projectFields

/** What registering a project takes; the rest has defaults (tier from the region, 考核类). */
export const NewProject = Type.Object(
  { name, regionCode, regionName, category, stage, ...Type.Partial(Type.Object(defaulted)).properties },
  { additionalProperties: false },
)
export type NewProject = Static<typeof NewProject>

/** Any fields of a project that change. */
export const ProjectPatch = Type.Partial(Type.Object(projectFields), { additionalProperties: false, minProperties: 1 })
export type ProjectPatch = Static<typeof ProjectPatch>

const everyone = [...PERSON_ROLES, 'service'] as const

export const listProjects = defineRoute({
  operationId: 'listProjects',
  method: 'GET',
  url: '/api/v1/projects',
  service: 'projects',
  summary: 'Projects within reach, newest first',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      q: Type.Optional(Line(50, 'Part of the name')),
      regionCode: Type.Optional(RegionCode),
      stage: Type.Optional(Stage),
      category: Type.Optional(Line(50)),
      unitId: Type.Optional(Uuid),
    }),
    response: { 200: PageOf(Project) },
  },
})

export const getProject = defineRoute({
  operationId: 'getProject',
  method: 'GET',
  url: '/api/v1/projects/:id',
  service: 'projects',
  summary: 'One project',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: Project } },
})

export const createProject = defineRoute({
  operationId: 'createProject',
  method: 'POST',
  url: '/api/v1/projects',
  service: 'projects',
  summary: 'Register a project',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['already-exists', 'unknown-reference'],
  schema: { body: NewProject, response: { 201: Project } },
})

export const updateProject = defineRoute({
  operationId: 'updateProject',
  method: 'PATCH',
  url: '/api/v1/projects/:id',
  service: 'projects',
  summary: 'Change fields of a project (If-Match: its version)',
  permission: { roles: ['operator', 'reviewer', 'service'], scope: 'project' },
  errors: ['not-found', 'already-exists', 'unknown-reference', 'version-mismatch'],
  schema: { params: Closed({ id: Uuid }), body: ProjectPatch, response: { 200: Project } },
})
