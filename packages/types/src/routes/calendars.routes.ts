import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Line, PageOf, pageQuery } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Version } from '../version.ts'

/** A day that is not as its day of the week: a holiday on a weekday, or a weekend day that is worked. */
export const ArrangedDay = Closed({
  onDate: CalendarDate,
  isWorkday: Type.Boolean({ description: '上班 true (调休 on a weekend), 放假 false (on a weekday)' }),
})
export type ArrangedDay = Static<typeof ArrangedDay>

/** 工作日历: the arrangement of a year, told by the days that differ from the ordinary week. */
export const WorkCalendar = Closed({
  year: Type.Integer(),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
  isProvisional: Type.Boolean({ description: 'The official arrangement was not published: ordinary weeks are taken' }),
  days: Type.Array(ArrangedDay),
})
export type WorkCalendar = Static<typeof WorkCalendar>

const params = Closed({ year: Type.Integer({ minimum: 2020, maximum: 2041 }) })

export const getWorkCalendar = defineRoute({
  operationId: 'getWorkCalendar',
  method: 'GET',
  url: '/api/v1/work-calendars/:year',
  service: 'investment',
  summary: 'The workday arrangement of a year',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { params, response: { 200: WorkCalendar } },
})

export const putWorkCalendar = defineRoute({
  operationId: 'putWorkCalendar',
  method: 'PUT',
  url: '/api/v1/work-calendars/:year',
  service: 'investment',
  summary: 'Publish or correct the arrangement of a year (If-Match: its version); opened cycles stay as they are',
  permission: { roles: ['operator'], scope: 'none' },
  errors: ['version-mismatch'],
  schema: {
    params,
    body: Closed({
      days: Type.Array(ArrangedDay, { maxItems: 100 }),
      reason: Line(500, 'The notice that arranges it, or why it changes'),
    }),
    response: { 200: WorkCalendar },
  },
})

export const listWorkCalendarVersions = defineRoute({
  operationId: 'listWorkCalendarVersions',
  method: 'GET',
  url: '/api/v1/work-calendars/:year/versions',
  service: 'investment',
  summary: 'The changes of the arrangement with who, when and why, newest first; version 1 came with the system',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { params, querystring: Closed(pageQuery), response: { 200: PageOf(Version) } },
})
