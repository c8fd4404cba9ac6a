import Type, { type Static } from 'typebox'
import { Explanation, Finding } from '../checks.ts'
import { defineRoute } from '../contract.ts'
import {
  Closed,
  Instant,
  Line,
  Nullable,
  PageOf,
  Percent,
  Period,
  Prose,
  pageQuery,
  RegionCode,
  SignedYuan,
  Uuid,
  Yuan,
} from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { FundSource, Light, ReportState, Stage } from '../vocabulary.ts'
import { ReviewLevel } from './review-levels.routes.ts'

/** The only things a person types: everything else is computed. */
export const ReportEntry = Closed({
  completedYuan: Nullable(Yuan),
  fundsReceived: Type.Array(Closed({ source: FundSource, yuan: Yuan }), { maxItems: 8 }),
  visualProgress: Prose(2000, '形象进度'),
  difficulties: Prose(2000, '困难和问题'),
  nextSteps: Prose(2000, '下一步工作'),
  explanations: Type.Array(Explanation, { maxItems: 20, description: 'Sentences on what the checks found' }),
})
export type ReportEntry = Static<typeof ReportEntry>

/** Why a light is yellow or red, with the figures behind it. */
export const LightReason = Closed({
  code: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  figures: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Null()])),
})
export type LightReason = Static<typeof LightReason>

/** What follows from the entry, the plan and the approved months before; read-only. */
export const ReportComputed = Closed({
  plannedYuan: Type.Union([Yuan, Type.Null()]),
  yearToDateBeforeYuan: SignedYuan,
  yearToDateYuan: SignedYuan,
  sinceStartYuan: SignedYuan,
  totalInvestmentYuan: Nullable(Yuan),
  completionPercent: Percent,
  shareOfTotalPercent: Percent,
  scheduledPercent: Percent,
  light: Nullable(Light),
  lightReasons: Type.Array(LightReason),
})
export type ReportComputed = Static<typeof ReportComputed>

export const ReturnReason = Closed({
  field: Type.String({
    enum: ['completedYuan', 'fundsReceived', 'visualProgress', 'difficulties', 'nextSteps', 'report'],
  }),
  reason: Line(500),
})
export type ReturnReason = Static<typeof ReturnReason>

/** An entry as it may stand after a correction. */
const FiledEntry = Closed({ ...ReportEntry.properties, completedYuan: Nullable(SignedYuan) })

/** What an entry says where it once said something else; money by source is named `fundsReceived.<source>`. */
export const EntryChange = Closed({
  field: Type.String(),
  before: Type.Union([SignedYuan, Type.String(), Type.Null()]),
  after: Type.Union([SignedYuan, Type.String(), Type.Null()]),
})
export type EntryChange = Static<typeof EntryChange>

/** What was filed for an earlier month. */
export const EarlierEntry = Closed({ period: Period, ...ReportEntry.properties, completedYuan: SignedYuan })

const awaits = Nullable(ReviewLevel)

/** A monthly report, or what it would be prefilled with when nothing is saved yet (`state` expected). */
export const Report = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Period,
  state: ReportState,
  version: Type.Integer({ description: '0 when nothing is saved; send it back as If-Match' }),
  revision: Type.Integer({ description: 'How many times it was submitted' }),
  dueAt: Instant,
  lockAt: Instant,
  entry: FiledEntry,
  computed: ReportComputed,
  findings: Type.Array(Finding, { description: 'What the checks find in this entry as it is now' }),
  previous: Nullable(EarlierEntry),
  changesSinceLastMonth: Nullable(
    Type.Array(EntryChange, { description: 'Against what was filed for `previous`; null when there is none' }),
  ),
  changesSinceSubmission: Nullable(
    Type.Array(EntryChange, { description: 'Against what was filed before it was returned; null when it never was' }),
  ),
  submittedAt: Nullable(Instant),
  isLate: Type.Boolean(),
  returnReasons: Type.Array(ReturnReason),
  reviewLevels: Type.Array(ReviewLevel, { description: 'The levels that it passes, in order' }),
  awaits,
  approvedAt: Nullable(Instant),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type Report = Static<typeof Report>

/** A report in a list. */
export const ReportRow = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Period,
  state: ReportState,
  version: Type.Integer(),
  completedYuan: Nullable(SignedYuan),
  visualProgress: Type.String(),
  submittedAt: Nullable(Instant),
  isLate: Type.Boolean(),
  awaits,
  approvedAt: Nullable(Instant),
  isSimulated: Type.Boolean(),
})
export type ReportRow = Static<typeof ReportRow>

/** A report as the last months of a project show it. */
export const ProgressReport = Closed({
  period: Period,
  state: ReportState,
  completedYuan: Nullable(SignedYuan),
  fundsReceivedYuan: SignedYuan,
  visualProgress: Type.String({ description: '形象进度' }),
  difficulties: Type.String({ description: '困难和问题' }),
  nextSteps: Type.String({ description: '下一步工作' }),
  submittedAt: Nullable(Instant),
  isLate: Type.Boolean({ description: 'Filed after its due instant' }),
  approvedAt: Nullable(Instant),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type ProgressReport = Static<typeof ProgressReport>

/** A project with its last reports, in one answer. */
export const ProjectProgress = Closed({
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  regionName: Type.String(),
  category: Type.String(),
  stage: Stage,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  totalInvestmentYuan: Nullable(Yuan),
  sinceStartYuan: Type.Integer({ description: 'Approved since the start, whole yuan (元)' }),
  reports: Type.Array(ProgressReport, {
    maxItems: 12,
    description: 'The last 12 that are filed or approved, newest first',
  }),
})
export type ProjectProgress = Static<typeof ProjectProgress>

const params = Closed({ id: Uuid, period: Period })
const reportUrl = '/api/v1/projects/:id/reports/:period'
const cycleErrors = [
  'not-found',
  'outside-scope',
  'period-not-open',
  'period-locked',
  'no-obligation',
  'version-mismatch',
] as const

const reviewErrors = ['report-not-submitted', 'own-report', 'other-review-level', 'reviewed-before'] as const

export const getReport = defineRoute({
  operationId: 'getReport',
  method: 'GET',
  url: reportUrl,
  service: 'investment',
  summary: 'The report of a project for a period, prefilled when nothing is saved yet',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'period-not-open', 'no-obligation'],
  schema: { params, response: { 200: Report } },
})

export const getProgress = defineRoute({
  operationId: 'getProgress',
  method: 'GET',
  url: '/api/v1/projects/:id/progress',
  service: 'investment',
  summary: 'A project with the 12 last reports that its unit filed',
  permission: { roles: [...READER_ROLES, 'service'], scope: 'reach' },
  errors: ['not-found', 'outside-scope'],
  schema: { params: Closed({ id: Uuid }), response: { 200: ProjectProgress } },
})

export const saveReport = defineRoute({
  operationId: 'saveReport',
  method: 'PUT',
  url: reportUrl,
  service: 'investment',
  summary: 'Save the draft; creates or replaces it (If-Match: its version)',
  permission: { roles: ['filer'], scope: 'reach' },
  errors: [...cycleErrors, 'report-not-editable'],
  schema: { params, body: Type.Partial(ReportEntry, { additionalProperties: false }), response: { 200: Report } },
})

export const submitReport = defineRoute({
  operationId: 'submitReport',
  method: 'POST',
  url: `${reportUrl}/submit`,
  service: 'investment',
  summary: 'File the saved draft for review',
  permission: { roles: ['filer'], scope: 'reach' },
  errors: [
    ...cycleErrors,
    'report-not-editable',
    'report-incomplete',
    'exceeds-total-investment',
    'explanation-needed',
  ],
  schema: { params, response: { 200: Report } },
})

export const fileUnchanged = defineRoute({
  operationId: 'fileUnchanged',
  method: 'POST',
  url: `${reportUrl}/unchanged`,
  service: 'investment',
  summary: 'File 无变化 in one call: nothing completed, nothing received, the words of last month',
  permission: { roles: ['filer'], scope: 'reach' },
  errors: [...cycleErrors, 'report-not-editable', 'report-incomplete', 'exceeds-total-investment'],
  schema: { params, response: { 200: Report } },
})

export const returnReport = defineRoute({
  operationId: 'returnReport',
  method: 'POST',
  url: `${reportUrl}/return`,
  service: 'investment',
  summary: 'Return a filed report with a reason per field',
  permission: { roles: ['reviewer'], scope: 'reach' },
  errors: [...cycleErrors, ...reviewErrors],
  schema: {
    params,
    body: Closed({ reasons: Type.Array(ReturnReason, { minItems: 1, maxItems: 20 }) }),
    response: { 200: Report },
  },
})

export const approveReport = defineRoute({
  operationId: 'approveReport',
  method: 'POST',
  url: `${reportUrl}/approve`,
  service: 'investment',
  summary: 'Approve a filed report at the level it waits for; with the last one the roll-ups change',
  permission: { roles: ['reviewer'], scope: 'reach' },
  errors: [...cycleErrors, ...reviewErrors, 'exceeds-total-investment'],
  schema: { params, response: { 200: Report } },
})

export const listReports = defineRoute({
  operationId: 'listReports',
  method: 'GET',
  url: '/api/v1/reports',
  service: 'investment',
  summary: 'Saved reports within reach, newest period first',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      period: Type.Optional(Period),
      status: Type.Optional(ReportState),
      unitId: Type.Optional(Uuid),
      projectId: Type.Optional(Uuid),
      awaitingMe: Type.Optional(Type.Boolean({ description: 'Only those that the caller may review now' })),
    }),
    response: { 200: PageOf(ReportRow) },
  },
})
