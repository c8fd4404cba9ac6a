import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  CalendarDate,
  Closed,
  Formed,
  Line,
  Nullable,
  PageOf,
  Prose,
  pageQuery,
  RegionCode,
  Uuid,
} from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Version } from '../version.ts'
import { StepKind, StepStatus } from '../vocabulary.ts'

const everyone = [...READER_ROLES, 'service'] as const
const keepers = ['filer', 'head', 'reviewer', 'operator', 'service'] as const

const stepFields = {
  name: Line(100, '步骤名称, unique among those of its kind in the project'),
  dueOn: Type.Union([CalendarDate, Type.Null()], { description: '应完成日期; null while nobody has set one' }),
  doneOn: Type.Union([CalendarDate, Type.Null()], { description: '完成日期; null until it is done' }),
  progressPercent: Type.Integer({ minimum: 0, maximum: 100, description: '进度; 100 when it is done' }),
  unitId: Type.Union([Uuid, Type.Null()], { description: '办理单位; null: the responsible unit of the project' }),
  personId: Type.Union([Uuid, Type.Null()], { description: '办理人' }),
  evidence: Type.Union([Line(200), Type.Null()], { description: '文号或佐证' }),
  note: Type.Union([Prose(2_000), Type.Null()], { description: '说明' }),
  isNeeded: Type.Boolean({ description: '是否需要; false with a reason: this project does without it' }),
}

/** 推进计划的一步: a procedure, a milestone, a guarantee or one of the four systems. */
export const PlanStep = Closed({
  id: Uuid,
  kind: StepKind,
  code: Type.Union([Type.String(), Type.Null()], { description: '模板代码; null for a step of the project’s own' }),
  position: Type.Integer({ minimum: 1, description: '顺序 within its kind' }),
  ...stepFields,
  status: StepStatus,
  slippedDays: Type.Integer({ minimum: 0, description: '滞后天数: days past the due day, until it was done' }),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
})
export type PlanStep = Static<typeof PlanStep>

/** A step of the project's own, beside those of the templates. */
export const NewPlanStep = Closed({
  kind: StepKind,
  name: stepFields.name,
  dueOn: Type.Optional(stepFields.dueOn),
  unitId: Type.Optional(stepFields.unitId),
  personId: Type.Optional(stepFields.personId),
})
export type NewPlanStep = Static<typeof NewPlanStep>

/** Any fields of a step that change, and why. */
export const PlanStepPatch = Type.Partial(Type.Object({ ...stepFields, reason: Line(500, 'Why it changes') }), {
  additionalProperties: false,
  minProperties: 1,
})
export type PlanStepPatch = Static<typeof PlanStepPatch>

/** A step as lists over many projects show it. */
export const ListedStep = Closed({
  ...PlanStep.properties,
  projectId: Uuid,
  projectName: Line(200),
  regionName: Line(50),
  unitName: Nullable(Type.String()),
})
export type ListedStep = Static<typeof ListedStep>

const code = Formed(
  '^[a-z][A-Za-z0-9]{1,39}$',
  {
    zh: '应为 2 至 40 个字母或数字，以小写字母开头',
    en: 'must be 2 to 40 letters or digits, beginning with a small letter',
  },
  { description: '模板代码; it does not change' },
)

/** 步骤模板: what new plans begin with. */
export const StepTemplate = Closed({
  code,
  kind: StepKind,
  name: Line(100, '步骤名称'),
  position: Type.Integer({ minimum: 1, maximum: 999, description: '顺序 within its kind' }),
  days: Type.Union([Type.Integer({ minimum: 0, maximum: 3_650 }), Type.Null()], {
    description: '期限: days from the start of the plan to the due day; null: no due day',
  }),
  isActive: Type.Boolean({ description: '启用: new plans have it' }),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
})
export type StepTemplate = Static<typeof StepTemplate>

const { code: _code, version: _version, ...templateFields } = StepTemplate.properties
/** What a template says but for its code. */
export const StepTemplateFields = Closed(templateFields)

const Params = Closed({ id: Uuid })
const StepParams = Closed({ id: Uuid, stepId: Uuid })
const Steps = Closed({ items: Type.Array(PlanStep) })

export const listStepTemplates = defineRoute({
  operationId: 'listStepTemplates',
  method: 'GET',
  url: '/api/v1/step-templates',
  service: 'projects',
  summary: 'The steps that new push plans begin with, by kind and position',
  permission: { roles: everyone, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(StepTemplate) }) } },
})

export const putStepTemplate = defineRoute({
  operationId: 'putStepTemplate',
  method: 'PUT',
  url: '/api/v1/step-templates/:code',
  service: 'projects',
  summary: 'Add a step to the templates, or change one (If-Match: its version); plans that were made stay as they are',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['already-exists', 'version-mismatch'],
  schema: { params: Closed({ code }), body: StepTemplateFields, response: { 200: StepTemplate } },
})

export const listPlanSteps = defineRoute({
  operationId: 'listPlanSteps',
  method: 'GET',
  url: '/api/v1/projects/:id/plan-steps',
  service: 'projects',
  summary: 'The push plan of a project: procedures, milestones, guarantees, the four systems, in their order',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Params, response: { 200: Steps } },
})

export const createPlan = defineRoute({
  operationId: 'createPlan',
  method: 'POST',
  url: '/api/v1/projects/:id/plan',
  service: 'projects',
  summary: 'Begin the push plan of a project with the steps of the templates; what it has already stays as it is',
  permission: { roles: keepers, scope: 'project' },
  errors: ['not-found'],
  schema: {
    params: Params,
    body: Closed({
      startOn: Type.Optional(
        Type.String({ ...CalendarDate, description: '起算日期: due days count from it; without it none are set' }),
      ),
    }),
    response: { 201: Steps },
  },
})

export const addPlanStep = defineRoute({
  operationId: 'addPlanStep',
  method: 'POST',
  url: '/api/v1/projects/:id/plan-steps',
  service: 'projects',
  summary: 'Add a step of the project’s own to its plan',
  permission: { roles: keepers, scope: 'project' },
  errors: ['not-found', 'already-exists', 'unknown-reference'],
  schema: { params: Params, body: NewPlanStep, response: { 201: PlanStep } },
})

export const updatePlanStep = defineRoute({
  operationId: 'updatePlanStep',
  method: 'PATCH',
  url: '/api/v1/projects/:id/plan-steps/:stepId',
  service: 'projects',
  summary: 'Change a step: its due day, progress, who does it, that it is done (If-Match: its version)',
  permission: { roles: [...keepers, 'contributor'], scope: 'project' },
  errors: ['not-found', 'already-exists', 'unknown-reference', 'version-mismatch'],
  schema: { params: StepParams, body: PlanStepPatch, response: { 200: PlanStep } },
})

export const listPlanStepVersions = defineRoute({
  operationId: 'listPlanStepVersions',
  method: 'GET',
  url: '/api/v1/projects/:id/plan-steps/:stepId/versions',
  service: 'projects',
  summary: 'Every version of a step, newest first: who changed what, when and why',
  permission: { roles: everyone, scope: 'project' },
  errors: ['not-found'],
  schema: { params: StepParams, querystring: Closed(pageQuery), response: { 200: PageOf(Version) } },
})

export const listDueSteps = defineRoute({
  operationId: 'listDueSteps',
  method: 'GET',
  url: '/api/v1/plan-steps',
  service: 'projects',
  summary: 'Open steps within reach that have a due day, the earliest first: what has slipped, then what falls due',
  permission: { roles: everyone, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      dueBefore: Type.Optional(Type.String({ ...CalendarDate, description: '应完成日期 before this day' })),
      kind: Type.Optional(StepKind),
      regionCode: Type.Optional(RegionCode),
      unitId: Type.Optional(Type.String({ ...Uuid, description: '办理单位, else the responsible unit' })),
    }),
    response: { 200: PageOf(ListedStep) },
  },
})
