import Type from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, OneOf, PageOf, pageQuery, Uuid } from '../primitives.ts'
import {
  AllowedMove,
  Baseline,
  NewBaseline,
  NewProject,
  NewStageMove,
  Project,
  ProjectPatch,
  ProjectVersion,
  StageMove,
} from '../project.ts'
import { projectFilters } from '../project-filters.ts'
import { READER_ROLES } from '../roles.ts'
import { Stage } from '../vocabulary.ts'

const everyone = [...READER_ROLES, 'service'] as const
const keepers = ['operator', 'reviewer', 'service'] as const
const Params = Closed({ id: Uuid })

const filters = projectFilters.properties

export const listProjects = defineRoute({
  operationId: 'listProjects',
  method: 'GET',
  url: '/api/v1/projects',
  service: 'projects',
  summary: 'Projects within reach, newest first',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: { querystring: Closed({ ...pageQuery, ...filters }), response: { 200: PageOf(Project) } },
})

export const countProjects = defineRoute({
  operationId: 'countProjects',
  method: 'GET',
  url: '/api/v1/project-counts',
  service: 'projects',
  summary: 'How many projects within reach the same filters find, in all and by stage',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: {
    querystring: projectFilters,
    response: {
      200: Closed({
        count: Type.Integer({ minimum: 0 }),
        totalInvestmentYuan: Type.Integer({ minimum: 0, description: 'Sum of the totals that are known, whole yuan' }),
        byStage: Type.Array(Closed({ stage: Stage, count: Type.Integer({ minimum: 0 }) })),
      }),
    },
  },
})

export const exportProjects = defineRoute({
  operationId: 'exportProjects',
  method: 'GET',
  url: '/api/v1/project-export',
  service: 'projects',
  summary: 'Every project within reach that the filters find, as a stream; the CSV can be imported again',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  download: { types: ['text/csv', 'application/x-ndjson'] },
  schema: {
    querystring: Closed({ ...filters, format: Type.Optional(OneOf(['csv', 'ndjson'], 'csv when absent')) }),
    response: { 200: Type.String() },
  },
})

export const getProject = defineRoute({
  operationId: 'getProject',
  method: 'GET',
  url: '/api/v1/projects/:id',
  service: 'projects',
  summary: 'One project, as it is or as it was known at an instant',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed({ asOf: Type.Optional(Instant) }), response: { 200: Project } },
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
  permission: { roles: [...keepers, 'contributor'], scope: 'project' },
  errors: ['not-found', 'already-exists', 'unknown-reference', 'version-mismatch'],
  schema: { params: Params, body: ProjectPatch, response: { 200: Project } },
})

export const listProjectVersions = defineRoute({
  operationId: 'listProjectVersions',
  method: 'GET',
  url: '/api/v1/projects/:id/versions',
  service: 'projects',
  summary: 'Every version of a project, newest first: who changed what, when and why',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed(pageQuery), response: { 200: PageOf(ProjectVersion) } },
})

export const moveProject = defineRoute({
  operationId: 'moveProject',
  method: 'POST',
  url: '/api/v1/projects/:id/moves',
  service: 'projects',
  summary: 'Move a project to another stage of its life cycle (If-Match: its version)',
  permission: { roles: [...keepers, 'contributor'], scope: 'project' },
  errors: ['not-found', 'move-forbidden', 'unknown-reference', 'version-mismatch'],
  schema: { params: Params, body: NewStageMove, response: { 201: StageMove } },
})

export const listProjectMoves = defineRoute({
  operationId: 'listProjectMoves',
  method: 'GET',
  url: '/api/v1/projects/:id/moves',
  service: 'projects',
  summary: 'The life of a project: its moves from stage to stage, newest first',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed(pageQuery), response: { 200: PageOf(StageMove) } },
})

export const listAllowedMoves = defineRoute({
  operationId: 'listAllowedMoves',
  method: 'GET',
  url: '/api/v1/projects/:id/moves/allowed',
  service: 'projects',
  summary: 'Where a project may move from its stage, and what each move needs; every other move is refused',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: {
    params: Params,
    response: {
      200: Closed({
        stage: Stage,
        since: Type.String({ ...CalendarDate, description: 'When it reached its stage; no move lies before that' }),
        version: Type.Integer({ description: 'The version of the project that this holds for; send it as If-Match' }),
        items: Type.Array(AllowedMove),
      }),
    },
  },
})

export const addBaseline = defineRoute({
  operationId: 'addBaseline',
  method: 'POST',
  url: '/api/v1/projects/:id/baselines',
  service: 'projects',
  summary: 'Record the totals and dates that an approval, or its revision (调概), fixes',
  permission: { roles: keepers, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, body: NewBaseline, response: { 201: Baseline } },
})

export const listBaselines = defineRoute({
  operationId: 'listBaselines',
  method: 'GET',
  url: '/api/v1/projects/:id/baselines',
  service: 'projects',
  summary: 'The baselines of a project, first to last, with the overrun against each',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, response: { 200: Closed({ items: Type.Array(Baseline) }) } },
})

export const getFunnel = defineRoute({
  operationId: 'getFunnel',
  method: 'GET',
  url: '/api/v1/funnel',
  service: 'projects',
  summary: '谋划→储备→签约→开工→竣工→投产: how many projects within reach reached each stage between two days',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({ from: CalendarDate, to: CalendarDate }),
    response: {
      200: Closed({
        from: CalendarDate,
        to: CalendarDate,
        steps: Type.Array(Closed({ stage: Stage, count: Type.Integer({ minimum: 0 }) })),
      }),
    },
  },
})
