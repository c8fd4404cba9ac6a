import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Formed, Instant, Line, PageOf, Period, pageQuery } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { decided } from '../version.ts'
import { HOLIDAY_POLICIES } from './cycles.routes.ts'

export const DUE_ANCHORS = ['nextMonthDay', 'sameMonthDay', 'workdayAfterMonth', 'daysBeforeMonthEnd'] as const

const due = {
  dueAnchor: Type.Unsafe<(typeof DUE_ANCHORS)[number]>(
    Type.String({
      enum: [...DUE_ANCHORS],
      description:
        '截止日算法: 次月第几日 nextMonthDay, 当月第几日 sameMonthDay, 月末后第几个工作日 workdayAfterMonth, 月末前第几日 daysBeforeMonthEnd',
    }),
  ),
  dueDay: Type.Integer({
    minimum: 1,
    maximum: 31,
    description:
      'n of the anchor; of nextMonthDay 1-31 (31 is the last day of any month), sameMonthDay 10-31, workdayAfterMonth 1-15, daysBeforeMonthEnd 1-18',
  }),
}

/** How a period's due and lock instants are told, and who reports how often. */
export const CycleRuleFields = Closed({
  ...due,
  dueTime: Formed(
    '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    { zh: '应为时刻，如 18:00', en: 'must be a clock time, as 18:00' },
    { description: 'Clock time HH:MM, Asia/Shanghai' },
  ),
  holidayPolicy: Type.Unsafe<(typeof HOLIDAY_POLICIES)[number]>(
    Type.String({
      enum: [...HOLIDAY_POLICIES],
      description: 'A due day that is a day off: 顺延 postpone, 提前 bringForward, 不变 fixed',
    }),
  ),
  areWeekendsOff: Type.Boolean({
    description: 'Whether ordinary weekends are days off; statutory holidays always are, make-up workdays never',
  }),
  december: Type.Union([Closed(due), Type.Null()], {
    description: 'December has a due day of its own; null: as others',
  }),
  lockAfterDays: Type.Union([Type.Integer({ minimum: 1, maximum: 60 }), Type.Null()], {
    description: 'Locked at the end of the n-th day after the due day; null: at the end of the month of the due day',
  }),
  extendAtMostDays: Type.Integer({
    minimum: 0,
    maximum: 60,
    description: '延期上报: days from the due day of the cycle at most; 0: none is granted',
  }),
  reopenAtMostDays: Type.Integer({
    minimum: 0,
    maximum: 60,
    description: '重新开放: days from the day it is asked for at most; 0: none is granted',
  }),
  preliminaryFrequency: Type.Unsafe<'monthly' | 'quarterly'>(
    Type.String({
      enum: ['monthly', 'quarterly'],
      description: '前期项目 (签约, 前期) report each month, or for the last month of each quarter',
    }),
  ),
})
export type CycleRuleFields = Static<typeof CycleRuleFields>

/** 报送规则: one version of it. */
export const CycleRule = Closed({
  ...CycleRuleFields.properties,
  ...decided,
})
export type CycleRule = Static<typeof CycleRule>

/** What one period's cycle is, or would be, if it opened now. */
export const CyclePreview = Closed({
  period: Period,
  dueAt: Instant,
  lockAt: Instant,
  isCalendarProvisional: Type.Boolean({
    description: 'Rests on a year whose arrangement was not published; it may still move',
  }),
  isOpened: Type.Boolean({ description: 'The cycle was opened: these instants are frozen' }),
  reportsPreliminary: Type.Boolean({ description: '前期项目 report for this month' }),
})
export type CyclePreview = Static<typeof CyclePreview>

export const getCycleRule = defineRoute({
  operationId: 'getCycleRule',
  method: 'GET',
  url: '/api/v1/cycle-rule',
  service: 'investment',
  summary: 'The rule of the monthly cycles that is in force',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: CycleRule } },
})

export const putCycleRule = defineRoute({
  operationId: 'putCycleRule',
  method: 'PUT',
  url: '/api/v1/cycle-rule',
  service: 'investment',
  summary: 'Change the rule for the cycles that open from now on (If-Match: its version); opened ones stay as they are',
  permission: { roles: ['operator'], scope: 'none' },
  errors: ['version-mismatch'],
  schema: {
    body: Closed({ ...CycleRuleFields.properties, reason: Line(500, 'Why it changes') }),
    response: { 200: CycleRule },
  },
})

export const listCycleRules = defineRoute({
  operationId: 'listCycleRules',
  method: 'GET',
  url: '/api/v1/cycle-rule/versions',
  service: 'investment',
  summary: 'Every version of the rule with who, when and why, newest first',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(CycleRule) } },
})

export const previewCycles = defineRoute({
  operationId: 'previewCycles',
  method: 'GET',
  url: '/api/v1/cycle-rule/preview',
  service: 'investment',
  summary: 'Due and lock instants of each month of a year: frozen ones, and by the rule in force those to come',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: {
    querystring: Closed({ year: Type.Integer({ minimum: 2020, maximum: 2040 }) }),
    response: { 200: Closed({ items: Type.Array(CyclePreview) }) },
  },
})
