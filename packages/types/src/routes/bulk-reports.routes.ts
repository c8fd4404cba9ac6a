import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Nullable, Period, Uuid } from '../primitives.ts'
import { ReportState } from '../vocabulary.ts'
import { ReportEntry, ReturnReason } from './reports.routes.ts'
import { ReviewLevel } from './review-levels.routes.ts'

const version = Type.Integer({
  minimum: 0,
  maximum: 999_999_999,
  description: 'The version that was seen, 0 when nothing was saved',
})

/** One report of many that are filed together: its entry, or `isUnchanged` for 无变化. */
export const Filing = Closed({
  projectId: Uuid,
  version: Type.Optional(version),
  entry: Type.Optional(Type.Partial(ReportEntry, { additionalProperties: false })),
  isUnchanged: Type.Optional(Type.Boolean({ description: '无变化: nothing happened; there is no entry then' })),
})
export type Filing = Static<typeof Filing>

/** A report that was seen in a version. */
export const SeenReport = Closed({ projectId: Uuid, version: version })
export type SeenReport = Static<typeof SeenReport>

/** What became of each report, in the order in which they were sent. */
export const BulkOutcome = Closed({
  period: Period,
  isDryRun: Type.Boolean({ description: 'Decided and counted; nothing was changed' }),
  reports: Type.Array(
    Closed({
      projectId: Uuid,
      state: ReportState,
      version: Type.Integer(),
      isLate: Type.Boolean({ description: 'Filed after its due instant' }),
      awaits: Nullable(ReviewLevel),
    }),
  ),
})
export type BulkOutcome = Static<typeof BulkOutcome>

const querystring = Closed({ dryRun: Type.Optional(Type.Boolean({ description: 'Check and count only' })) })
const errors = ['rows-refused', 'idempotency-key-reused'] as const
const response = { 200: BulkOutcome }
const bulk = { method: 'POST', service: 'investment', errors } as const
const ALL_OR_NOTHING = 'all of them or none; Idempotency-Key: a key of your own'

export const fileReports = defineRoute({
  ...bulk,
  operationId: 'fileReports',
  url: '/api/v1/reports/filings',
  summary: `File the reports of many projects at once, ${ALL_OR_NOTHING}`,
  permission: { roles: ['filer'], scope: 'reach' },
  schema: {
    querystring,
    body: Closed({ period: Period, reports: Type.Array(Filing, { minItems: 1, maxItems: 500 }) }),
    response,
  },
})

const seen = { period: Period, reports: Type.Array(SeenReport, { minItems: 1, maxItems: 5_000 }) }

export const approveReports = defineRoute({
  ...bulk,
  operationId: 'approveReports',
  url: '/api/v1/reports/approvals',
  summary: `Approve many filed reports at once, each at the level it waits for, ${ALL_OR_NOTHING}`,
  permission: { roles: ['reviewer'], scope: 'reach' },
  schema: { querystring, body: Closed(seen), response },
})

export const returnReports = defineRoute({
  ...bulk,
  operationId: 'returnReports',
  url: '/api/v1/reports/returns',
  summary: `Return many filed reports for the same reasons, ${ALL_OR_NOTHING}`,
  permission: { roles: ['reviewer'], scope: 'reach' },
  schema: {
    querystring,
    body: Closed({ ...seen, reasons: Type.Array(ReturnReason, { minItems: 1, maxItems: 20 }) }),
    response,
  },
})
