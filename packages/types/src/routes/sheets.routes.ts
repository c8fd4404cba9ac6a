import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, Nullable, Period, Uuid } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Report, ReportComputed } from './reports.routes.ts'

const { projectId, projectName, regionCode, unitName, period, state, version, revision, dueAt } = Report.properties
const { submittedAt, isLate, approvedAt, isSimulated, entry } = Report.properties
const { light: _light, lightReasons: _reasons, ...figures } = ReportComputed.properties

/** 报送表: what is printed of a report, for signature and seal. */
export const SheetContent = Closed({
  ...{ projectId, projectName, regionCode, unitName, period, state, version },
  ...{ revision, dueAt, submittedAt, isLate, approvedAt, entry },
  computed: Closed(figures),
  explained: Type.Array(Closed({ zh: Type.String(), en: Type.String(), text: Type.String() }), {
    description: 'What the checks had found, and the sentence of the filer on it',
  }),
  review: Type.Array(Closed({ levelName: Nullable(Type.String()), at: Instant }), {
    description: 'The levels that have approved it since it was last filed',
  }),
  photos: Type.Array(Closed({ id: Uuid, place: Type.String(), takenOn: CalendarDate, sha256: Type.String() })),
  isSimulated,
})
export type SheetContent = Static<typeof SheetContent>

export const ReportSheet = Closed({
  content: SheetContent,
  sha256: Type.String({
    description:
      'SHA-256 of `content` as JSON text without white space, as it is sent: the same on paper, the same here',
  }),
})
export type ReportSheet = Static<typeof ReportSheet>

export const getReportSheet = defineRoute({
  operationId: 'getReportSheet',
  method: 'GET',
  url: '/api/v1/projects/:id/reports/:period/sheet',
  service: 'investment',
  summary: 'A report as it is printed for signature and seal, with the hash that paper and record are compared by',
  permission: { roles: READER_ROLES, scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'period-not-open', 'no-obligation'],
  schema: { params: Closed({ id: Uuid, period: Period }), response: { 200: ReportSheet } },
})
