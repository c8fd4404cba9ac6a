import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, Line, Nullable, OneOf, PageOf, Period, pageQuery, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'

/** 宽限: what may be granted to a project for one period. */
export const RELIEF_KINDS = { extension: '延期上报', reopening: '重新开放', excuse: '正当理由' } as const
export const ReliefKind = OneOf(
  ['extension', 'reopening', 'excuse'],
  '宽限类别: extension 延期上报, reopening 重新开放, excuse 正当理由',
)
export type ReliefKind = Static<typeof ReliefKind>

/** Where a relief stands. */
export const RELIEF_STATES = {
  asked: '待审批',
  granted: '已同意',
  refused: '未同意',
  withdrawn: '已撤回',
  revoked: '已撤销',
} as const
export const ReliefState = OneOf(
  ['asked', 'granted', 'refused', 'withdrawn', 'revoked'],
  '待审批 asked, 已同意 granted, 未同意 refused, 已撤回 withdrawn, 已撤销 revoked',
)
export type ReliefState = Static<typeof ReliefState>

/** Why a report that is late or missing is not held against its unit. */
export const EXCUSE_CAUSES = { justified: '正当理由', forceMajeure: '不可抗力' } as const
export const ExcuseCause = OneOf(['justified', 'forceMajeure'], '免责事由: justified 正当理由, forceMajeure 不可抗力')
export type ExcuseCause = Static<typeof ExcuseCause>

/** 宽限: a later due instant, a locked period opened once more, or an excuse, of one project for one period. */
export const Relief = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  unitName: Nullable(Type.String()),
  period: Period,
  number: Type.Integer({ minimum: 1, description: 'Counts the reliefs of this project and period' }),
  kind: ReliefKind,
  state: ReliefState,
  reason: Type.String(),
  untilAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'extension: the due instant asked for; reopening: locked again from then on; null for an excuse',
    }),
  ),
  cause: Nullable(ExcuseCause),
  evidence: Type.Array(Type.String()),
  askedBy: Nullable(Uuid),
  askedByName: Type.String(),
  askedAt: Instant,
  decidedBy: Nullable(Uuid),
  decidedByName: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  decisionReason: Nullable(Type.String({ description: 'Why it was refused' })),
  revokedBy: Nullable(Uuid),
  revokedByName: Nullable(Type.String()),
  revokedAt: Nullable(Instant),
  revocationReason: Nullable(Type.String({ description: 'Why it was revoked' })),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type Relief = Static<typeof Relief>

const UNIT = ['filer', 'head'] as const
const DECIDERS = ['reviewer', 'supervisor'] as const
const params = { id: Uuid, period: Period }
const numbered = Closed({ ...params, number: Type.Integer({ minimum: 1, maximum: 1_000 }) })
const reportUrl = '/api/v1/projects/:id/reports/:period'
const url = `${reportUrl}/reliefs/:number`
const response = { 200: Relief }
const owed = ['not-found', 'period-not-open', 'no-obligation'] as const

export const listReliefs = defineRoute({
  operationId: 'listReliefs',
  method: 'GET',
  url: '/api/v1/reliefs',
  service: 'investment',
  summary: 'Extensions, reopenings and excuses within reach, newest first',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      kind: Type.Optional(ReliefKind),
      state: Type.Optional(ReliefState),
      period: Type.Optional(Period),
      projectId: Type.Optional(Uuid),
    }),
    response: { 200: PageOf(Relief) },
  },
})

export const askExtension = defineRoute({
  operationId: 'askExtension',
  method: 'POST',
  url: `${reportUrl}/extensions`,
  service: 'investment',
  summary: 'Ask for 延期上报, before the due instant; as many days at most as the rule of the cycle lets',
  permission: { roles: UNIT, scope: 'project' },
  errors: [...owed, 'period-past-due', 'already-exists', 'relief-forbidden'],
  schema: {
    params: Closed(params),
    body: Closed({ untilOn: CalendarDate, reason: Line(500, '延期原因') }),
    response: { 201: Relief },
  },
})

export const askReopening = defineRoute({
  operationId: 'askReopening',
  method: 'POST',
  url: `${reportUrl}/reopenings`,
  service: 'investment',
  summary: 'Ask that a locked period is opened once more for one project, up to the end of a day',
  permission: { roles: UNIT, scope: 'project' },
  errors: [...owed, 'period-not-locked', 'already-exists', 'relief-forbidden'],
  schema: {
    params: Closed(params),
    body: Closed({ untilOn: CalendarDate, reason: Line(500, '重新开放的原因') }),
    response: { 201: Relief },
  },
})

export const recordExcuse = defineRoute({
  operationId: 'recordExcuse',
  method: 'POST',
  url: `${reportUrl}/excuses`,
  service: 'investment',
  summary: 'Record 正当理由 or 不可抗力 of a report that is or will be late or missing; it counts at once',
  permission: { roles: DECIDERS, scope: 'project' },
  errors: [...owed, 'already-exists', 'relief-forbidden'],
  schema: {
    params: Closed(params),
    body: Closed({
      cause: ExcuseCause,
      reason: Line(500, '情况说明'),
      evidence: Type.Array(Line(200), { minItems: 1, maxItems: 10, description: '文号或佐证材料' }),
    }),
    response: { 201: Relief },
  },
})

export const grantRelief = defineRoute({
  operationId: 'grantRelief',
  method: 'POST',
  url: `${url}/grant`,
  service: 'investment',
  summary: 'Grant an extension or a reopening that somebody else has asked for',
  permission: { roles: DECIDERS, scope: 'project' },
  errors: ['not-found', 'relief-decided', 'own-request', 'period-locked', 'relief-forbidden'],
  schema: { params: numbered, response },
})

export const refuseRelief = defineRoute({
  operationId: 'refuseRelief',
  method: 'POST',
  url: `${url}/refuse`,
  service: 'investment',
  summary: 'Refuse an extension or a reopening with a reason',
  permission: { roles: DECIDERS, scope: 'project' },
  errors: ['not-found', 'relief-decided', 'own-request'],
  schema: { params: numbered, body: Closed({ reason: Line(500, '不同意的原因') }), response },
})

export const withdrawRelief = defineRoute({
  operationId: 'withdrawRelief',
  method: 'POST',
  url: `${url}/withdraw`,
  service: 'investment',
  summary: 'Take back what was asked for and is not decided yet',
  permission: { roles: UNIT, scope: 'project' },
  errors: ['not-found', 'relief-decided'],
  schema: { params: numbered, response },
})

export const revokeRelief = defineRoute({
  operationId: 'revokeRelief',
  method: 'POST',
  url: `${url}/revoke`,
  service: 'investment',
  summary: 'Take back a reopening or an excuse that was granted, with a reason; a due instant stays moved',
  permission: { roles: DECIDERS, scope: 'project' },
  errors: ['not-found', 'relief-forbidden'],
  schema: { params: numbered, body: Closed({ reason: Line(500, '撤销原因') }), response },
})
