import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Line, Nullable, OneOf, PageOf, Period, pageQuery, SignedYuan, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { EntryChange, ReportEntry, ReturnReason } from './reports.routes.ts'

/** 待审核 asked, 已更正 approved, 未同意 refused, 已撤回 withdrawn. */
export const CorrectionState = OneOf(['asked', 'approved', 'refused', 'withdrawn'])
export type CorrectionState = Static<typeof CorrectionState>

/** What an approved report is to say instead; a month may be below zero here and nowhere else. */
export const CorrectedEntry = Closed({ ...ReportEntry.properties, completedYuan: SignedYuan })

/** 更正: what an approved report said and is to say, why, who asked and who decided. */
export const Correction = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  unitName: Nullable(Type.String()),
  period: Period,
  number: Type.Integer({ minimum: 1, description: 'Counts the corrections of this report' }),
  state: CorrectionState,
  reason: Type.String(),
  changes: Type.Array(EntryChange),
  askedBy: Nullable(Uuid),
  askedAt: Instant,
  decidedBy: Nullable(Uuid),
  decidedAt: Nullable(Instant),
  decisionReason: Nullable(Type.String({ description: 'Why it was refused' })),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type Correction = Static<typeof Correction>

/** One act in the life of a report. */
export const ReportAct = Closed({
  action: OneOf(
    ['submitted', 'returned', 'passed', 'approved', 'corrected'],
    '操作: submitted 上报, returned 退回, passed 本级审核通过 (another level follows), approved 审核通过, corrected 更正',
  ),
  revision: Type.Integer({ description: 'How many times it had been submitted' }),
  at: Instant,
  actorId: Nullable(Uuid),
  levelName: Nullable(Type.String({ description: 'Of the level at which it was returned, passed or approved' })),
  returnReasons: Type.Array(ReturnReason),
  changes: Nullable(Type.Array(EntryChange, { description: 'Against the act before; null for the first one' })),
})
export type ReportAct = Static<typeof ReportAct>

const params = { id: Uuid, period: Period }
const numbered = Closed({ ...params, number: Type.Integer({ minimum: 1, maximum: 1_000 }) })
const reportUrl = '/api/v1/projects/:id/reports/:period'
const url = `${reportUrl}/corrections`
const response = { 200: Correction }

export const listReportActs = defineRoute({
  operationId: 'listReportActs',
  method: 'GET',
  url: `${reportUrl}/history`,
  service: 'investment',
  summary: 'Everything that was done to a report, oldest first, with what changed each time',
  permission: { roles: READER_ROLES, scope: 'project' },
  errors: ['not-found'],
  schema: { params: Closed(params), response: { 200: Closed({ items: Type.Array(ReportAct) }) } },
})

export const listCorrections = defineRoute({
  operationId: 'listCorrections',
  method: 'GET',
  url: '/api/v1/corrections',
  service: 'investment',
  summary: 'Corrections within reach, newest first',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(CorrectionState),
      period: Type.Optional(Period),
      projectId: Type.Optional(Uuid),
    }),
    response: { 200: PageOf(Correction) },
  },
})

export const askCorrection = defineRoute({
  operationId: 'askCorrection',
  method: 'POST',
  url,
  service: 'investment',
  summary: 'Ask for 更正 of an approved report (If-Match: its version)',
  permission: { roles: ['filer'], scope: 'project' },
  errors: [
    'not-found',
    'report-not-approved',
    'already-exists',
    'nothing-changed',
    'exceeds-total-investment',
    'cumulative-below-zero',
    'version-mismatch',
  ],
  schema: {
    params: Closed(params),
    body: Closed({
      entry: Type.Partial(CorrectedEntry, { additionalProperties: false }),
      reason: Line(500, '更正原因'),
    }),
    response: { 201: Correction },
  },
})

export const approveCorrection = defineRoute({
  operationId: 'approveCorrection',
  method: 'POST',
  url: `${url}/:number/approve`,
  service: 'investment',
  summary: 'Approve a correction; report, roll-ups and published bulletins’ errata change in one transaction',
  permission: { roles: ['reviewer'], scope: 'project' },
  errors: [
    'not-found',
    'other-review-level',
    'correction-decided',
    'own-report',
    'exceeds-total-investment',
    'cumulative-below-zero',
    'version-mismatch',
  ],
  schema: { params: numbered, response },
})

export const refuseCorrection = defineRoute({
  operationId: 'refuseCorrection',
  method: 'POST',
  url: `${url}/:number/refuse`,
  service: 'investment',
  summary: 'Refuse a correction with a reason; the report stays as it is',
  permission: { roles: ['reviewer'], scope: 'project' },
  errors: ['not-found', 'correction-decided', 'own-report'],
  schema: { params: numbered, body: Closed({ reason: Line(500, '不同意的原因') }), response },
})

export const withdrawCorrection = defineRoute({
  operationId: 'withdrawCorrection',
  method: 'POST',
  url: `${url}/:number/withdraw`,
  service: 'investment',
  summary: 'Take back a correction that is not decided yet',
  permission: { roles: ['filer'], scope: 'project' },
  errors: ['not-found', 'correction-decided'],
  schema: { params: numbered, response },
})
