import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Instant, Line, Nullable, Percent, Uuid, Year, Yuan } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'

const MONTHS = 12
const TEN_DAYS = 36
const cumulative = (count: number, description: string) =>
  Nullable(Type.Array(Yuan, { minItems: count, maxItems: count, description }))
const entered = {
  plannedYuan: Yuan,
  monthlyTargetsYuan: cumulative(MONTHS, '月计划: cumulative by the end of months 1 to 12; null for the m/12 curve'),
  tenDayTargetsYuan: cumulative(TEN_DAYS, '旬计划: cumulative by the end of each 旬; every third is the month’s'),
  visualGoal: Nullable(Line(500, '年度形象进度目标')),
}

/** 年度计划: one version of it. */
export const AnnualPlan = Closed({
  projectId: Uuid,
  year: Year,
  ...entered,
  plannedStartOn: Nullable(CalendarDate),
  plannedCompletionOn: Nullable(CalendarDate),
  version: Type.Integer({ description: 'Send it back as If-Match' }),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  reason: Nullable(Type.String({ description: 'Why it changed; null for the first version' })),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type AnnualPlan = Static<typeof AnnualPlan>

/** The plan in force with what it schedules by a day. */
export const AnnualPlanAnswer = Closed({
  ...AnnualPlan.properties,
  scheduled: Closed({ asOn: CalendarDate, yuan: Yuan, percent: Percent }, { description: '序时进度 on a day' }),
})
export type AnnualPlanAnswer = Static<typeof AnnualPlanAnswer>

const params = Closed({ id: Uuid, year: Year })
const url = '/api/v1/projects/:id/plans/:year'

export const putAnnualPlan = defineRoute({
  operationId: 'putAnnualPlan',
  method: 'PUT',
  url,
  service: 'investment',
  summary: 'Set the annual plan of a project; every change is a new version with a reason (If-Match: the newest)',
  permission: { roles: ['reviewer', 'operator'], scope: 'project' },
  errors: ['not-found', 'version-mismatch'],
  schema: {
    params,
    body: Closed({
      plannedYuan: entered.plannedYuan,
      monthlyTargetsYuan: Type.Optional(entered.monthlyTargetsYuan),
      tenDayTargetsYuan: Type.Optional(entered.tenDayTargetsYuan),
      visualGoal: Type.Optional(entered.visualGoal),
      reason: Type.Optional(Line(500, '调整原因: needed from the second version on')),
    }),
    response: { 200: AnnualPlan },
  },
})

export const getAnnualPlan = defineRoute({
  operationId: 'getAnnualPlan',
  method: 'GET',
  url,
  service: 'investment',
  summary: 'The annual plan in force, and what it schedules by a day (today when none is named)',
  permission: { roles: READER_ROLES, scope: 'project' },
  errors: ['not-found'],
  schema: {
    params,
    querystring: Closed({ onDate: Type.Optional(CalendarDate) }),
    response: { 200: AnnualPlanAnswer },
  },
})

export const listAnnualPlanVersions = defineRoute({
  operationId: 'listAnnualPlanVersions',
  method: 'GET',
  url: `${url}/versions`,
  service: 'investment',
  summary: 'Every version of the annual plan with who, when and why, newest first',
  permission: { roles: READER_ROLES, scope: 'project' },
  errors: [],
  schema: { params, response: { 200: Closed({ items: Type.Array(AnnualPlan) }) } },
})
