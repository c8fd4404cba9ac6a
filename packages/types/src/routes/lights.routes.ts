import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Line, Nullable, OneOf, PageOf, Period, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { decided } from '../version.ts'
import { Light } from '../vocabulary.ts'
import { LightReason } from './reports.routes.ts'

const Months = (minimum: number, description: string) =>
  Nullable(
    Closed(
      {
        yellowMonths: Type.Integer({ minimum, maximum: 24, description: '黄灯: from so many months on' }),
        redMonths: Type.Integer({
          minimum,
          maximum: 24,
          description: '红灯: from so many months on, not before yellow',
        }),
      },
      { description },
    ),
  )

const ruleFields = {
  fromPeriod: Period,
  behind: Closed(
    {
      yellowPoints: Type.Integer({ minimum: 0, maximum: 100, description: '黄灯: behind by more points than this' }),
      redPoints: Type.Integer({ minimum: 0, maximum: 100, description: '红灯: behind by more points than this' }),
    },
    { description: '序时进度: completion against the scheduled share' },
  ),
  start: Months(1, '开工: months after the planned one without a start; null: starts do not count'),
  reports: Months(1, '报送: months running without a report that was due; null: reports do not count'),
  procedures: Months(
    0,
    '前期手续: months after that of its due day, of the one that has waited longest; null: not counted',
  ),
}

/** 亮灯标准: what a light is judged by, from a month on. */
export const LightRuleFields = Closed(ruleFields)
export type LightRuleFields = Static<typeof LightRuleFields>

/** One version of it. */
export const LightRule = Closed({
  ...ruleFields,
  ...decided,
})
export type LightRule = Static<typeof LightRule>

const declaration = {
  light: Light,
  statement: Line(500, '单位自评说明: the sentence on which the unit judges itself'),
}

/** 单位自评灯: the unit's own judgement, which nothing is computed from. */
export const DeclaredLight = Closed({
  ...declaration,
  version: Type.Integer({ description: 'Counts declarations of the month; send it back as If-Match' }),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
})
export type DeclaredLight = Static<typeof DeclaredLight>

/** 豁免事由. */
export const EXEMPTION_GROUNDS = { justified: '正当理由', forceMajeure: '不可抗力' } as const
export type ExemptionGround = keyof typeof EXEMPTION_GROUNDS
const ExemptionGround = OneOf(['justified', 'forceMajeure'], '豁免事由: justified 正当理由, forceMajeure 不可抗力')

const exemptionFields = {
  ground: ExemptionGround,
  reason: Line(500, '豁免理由'),
  evidence: Line(200, '文号或佐证'),
  fromPeriod: Type.String({ ...Period, description: '起始月: a month that is not locked' }),
  untilPeriod: Type.String({ ...Period, description: '截止月, the last one that is exempt' }),
}
/** What a supervisor or reviewer decides. */
export const NewExemption = Closed(exemptionFields)
export type NewExemption = Static<typeof NewExemption>

/** 豁免: the months in which a project's light does not count. */
export const LightExemption = Closed({
  id: Uuid,
  projectId: Uuid,
  ...exemptionFields,
  state: OneOf(['recorded', 'ended', 'withdrawn'], '豁免状态: recorded 有效, ended 提前结束, withdrawn 撤销'),
  recordedAt: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  closedAt: Nullable(Instant),
  closedBy: Nullable(Type.String({ description: 'Name of who ended or withdrew it' })),
  closedReason: Nullable(Type.String()),
  version: Type.Integer({ description: 'Send it back as If-Match' }),
})
export type LightExemption = Static<typeof LightExemption>

/** 亮灯 of a project in a month: computed with its reasons, declared beside it, exempt or not. */
export const ProjectLight = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  regionName: Type.String(),
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Period,
  light: Nullable(Light),
  reasons: Type.Array(LightReason),
  declared: Nullable(DeclaredLight),
  isMismatched: Type.Boolean({ description: '自评与计算不一致; false while there is nothing to compare' }),
  isExempt: Type.Boolean({ description: '豁免: its light counts as neither green, yellow nor red' }),
  exemption: Nullable(LightExemption),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type ProjectLight = Static<typeof ProjectLight>

const read = { method: 'GET', service: 'investment' } as const
const ofProject = { roles: [...READER_ROLES, 'service'], scope: 'project' } as const
const deciders = { roles: ['reviewer', 'supervisor'], scope: 'project' } as const

export const listLights = defineRoute({
  ...read,
  operationId: 'listLights',
  url: '/api/v1/lights',
  summary: 'The lights of a month within reach, by project: computed, declared, exempt',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found'],
  schema: {
    querystring: Closed({
      ...pageQuery,
      period: Period,
      light: Type.Optional(OneOf(['green', 'yellow', 'red', 'none'], '亮灯: the computed one; none: there is none')),
      isMismatched: Type.Optional(Type.Boolean({ description: '自评与计算不一致' })),
      isExempt: Type.Optional(Type.Boolean({ description: '豁免' })),
      unitId: Type.Optional(Uuid),
      regionCode: Type.Optional(RegionCode),
    }),
    response: { 200: PageOf(ProjectLight) },
  },
})

export const listProjectLights = defineRoute({
  ...read,
  operationId: 'listProjectLights',
  url: '/api/v1/projects/:id/lights',
  summary: 'The lights of a project month by month, newest first',
  permission: ofProject,
  errors: ['not-found'],
  schema: {
    params: Closed({ id: Uuid }),
    querystring: Closed(pageQuery),
    response: { 200: PageOf(ProjectLight) },
  },
})

export const declareLight = defineRoute({
  operationId: 'declareLight',
  method: 'PUT',
  url: '/api/v1/projects/:id/lights/:period/declaration',
  service: 'investment',
  summary:
    'Declare the light that the unit itself gives a project in a month (If-Match: the last declaration, 0 when none)',
  permission: { roles: ['filer', 'head'], scope: 'project' },
  errors: ['not-found', 'period-not-open', 'period-locked', 'version-mismatch'],
  schema: {
    params: Closed({ id: Uuid, period: Period }),
    body: Closed(declaration),
    response: { 200: DeclaredLight },
  },
})

export const listExemptions = defineRoute({
  ...read,
  operationId: 'listExemptions',
  url: '/api/v1/projects/:id/light-exemptions',
  summary: 'Every exemption of a project, newest first, with who decided it and how it ended',
  permission: ofProject,
  errors: ['not-found'],
  schema: {
    params: Closed({ id: Uuid }),
    response: { 200: Closed({ items: Type.Array(LightExemption) }) },
  },
})

export const recordExemption = defineRoute({
  operationId: 'recordExemption',
  method: 'POST',
  url: '/api/v1/projects/:id/light-exemptions',
  service: 'investment',
  summary: 'Exempt a project from counting as yellow or red in months that are not locked',
  permission: deciders,
  errors: ['not-found', 'already-exists', 'period-locked'],
  schema: { params: Closed({ id: Uuid }), body: NewExemption, response: { 201: LightExemption } },
})

const exemptionParams = Closed({ id: Uuid, exemptionId: Uuid })
const closedReason = Line(500, 'Why it ends')

export const endExemption = defineRoute({
  operationId: 'endExemption',
  method: 'POST',
  url: '/api/v1/projects/:id/light-exemptions/:exemptionId/end',
  service: 'investment',
  summary: 'End an exemption earlier: with a month that is not before the last locked one (If-Match: its version)',
  permission: deciders,
  errors: ['not-found', 'exemption-closed', 'period-locked', 'version-mismatch'],
  schema: {
    params: exemptionParams,
    body: Closed({ untilPeriod: exemptionFields.untilPeriod, reason: closedReason }),
    response: { 200: LightExemption },
  },
})

export const withdrawExemption = defineRoute({
  operationId: 'withdrawExemption',
  method: 'POST',
  url: '/api/v1/projects/:id/light-exemptions/:exemptionId/withdraw',
  service: 'investment',
  summary: 'Withdraw an exemption of which no month is locked, as if it had not been (If-Match: its version)',
  permission: deciders,
  errors: ['not-found', 'exemption-closed', 'period-locked', 'version-mismatch'],
  schema: { params: exemptionParams, body: Closed({ reason: closedReason }), response: { 200: LightExemption } },
})

export const listLightRules = defineRoute({
  ...read,
  operationId: 'listLightRules',
  url: '/api/v1/light-rules',
  summary: 'Every version of what lights are judged by, newest first, with who, when and why',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(LightRule) }) } },
})

export const putLightRule = defineRoute({
  operationId: 'putLightRule',
  method: 'PUT',
  url: '/api/v1/light-rules',
  service: 'investment',
  summary: 'Change what lights are judged by from a month on that is not locked (If-Match: the newest version)',
  permission: { roles: ['supervisor', 'operator'], scope: 'none' },
  errors: ['version-mismatch', 'period-locked'],
  schema: { body: Closed({ ...ruleFields, reason: Line(500, 'Why it changes') }), response: { 200: LightRule } },
})
