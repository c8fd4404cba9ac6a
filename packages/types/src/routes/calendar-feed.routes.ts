import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Nullable } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'

/** 日历订阅地址 of one person: whoever has it reads their deadlines. */
export const CalendarAddress = Closed({
  path: Type.String({ description: '日历订阅地址, below the address of the portal; whoever has it can read the feed' }),
  createdAt: Instant,
  lastReadAt: Type.Union([Instant, Type.Null()], { description: '最近读取, to the hour' }),
})
export type CalendarAddress = Static<typeof CalendarAddress>

const mine = { service: 'notifications', permission: { roles: PERSON_ROLES, scope: 'none' } } as const
const url = '/api/v1/calendar-feed'

export const getCalendarAddress = defineRoute({
  ...mine,
  operationId: 'getCalendarAddress',
  method: 'GET',
  url,
  summary: 'Where a calendar subscribes to my deadlines; null before I have asked for an address',
  errors: [],
  schema: { response: { 200: Closed({ address: Nullable(CalendarAddress) }) } },
})

export const renewCalendarAddress = defineRoute({
  ...mine,
  operationId: 'renewCalendarAddress',
  method: 'POST',
  url,
  summary: 'Give me an address, or a new one: the one before is dead at once',
  errors: ['not-found'],
  schema: { response: { 201: CalendarAddress } },
})

export const closeCalendarFeed = defineRoute({
  ...mine,
  operationId: 'closeCalendarFeed',
  method: 'DELETE',
  url,
  summary: 'Stop my feed',
  errors: [],
  schema: { response: { 204: Type.Null() } },
})

export const getCalendarFeed = defineRoute({
  operationId: 'getCalendarFeed',
  method: 'GET',
  url: '/api/v1/calendars/:file',
  service: 'notifications',
  summary: 'The deadlines of one person as iCalendar (RFC 5545); the address is the secret',
  permission: 'public',
  errors: ['not-found'],
  download: { types: ['text/calendar'] },
  schema: {
    params: Closed({ file: Type.String({ pattern: '^[A-Za-z0-9_-]{43}\\.ics$', description: '日历文件' }) }),
    response: { 200: Type.Unsafe<string>({ type: 'string' }) },
  },
})
