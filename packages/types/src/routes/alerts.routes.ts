import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { MessageGround, MessageKind } from '../messages.ts'
import { AlertKind } from '../policy.ts'
import {
  CalendarDate,
  Closed,
  Instant,
  Line,
  Nullable,
  OneOf,
  Period,
  pageQuery,
  RegionCode,
  Uuid,
} from '../primitives.ts'
import { PERSON_ROLES, READER_ROLES } from '../roles.ts'

/** The rungs of escalation, lowest first: 填报人, 单位负责人, 责任领导, 督查室. */
export const RUNGS = ['filer', 'head', 'leader', 'supervisor'] as const
export type Rung = (typeof RUNGS)[number]
const RungSchema = Type.Unsafe<Rung>(Type.String({ enum: [...RUNGS] }))

const AlertState = OneOf(['open', 'closed'], '预警状态: open 未解除, closed 已解除')

/** What happened to an alert. */
export const ALERT_EVENTS = {
  opened: '发生',
  reopened: '再次发生',
  told: '通知',
  escalated: '升级',
  acknowledged: '承诺办结',
  promiseBroken: '承诺逾期',
  snoozed: '暂缓',
  woken: '暂缓期满',
  inhibited: '由更重的预警代替',
  released: '恢复',
  closed: '解除',
} as const
export type AlertEvent = keyof typeof ALERT_EVENTS

const AlertMoment = Closed({
  at: Instant,
  what: OneOf(Object.keys(ALERT_EVENTS) as [AlertEvent, ...AlertEvent[]], '预警动态'),
  rung: Nullable(RungSchema),
  policyId: Nullable(Type.String({ description: 'The policy that told of it' })),
  actorName: Nullable(Type.String({ description: 'Who did it; null when the facts or the time did' })),
  note: Nullable(Type.String({ description: 'What they said' })),
})

/** 预警: one fact about one project. It opens and closes by the facts alone. */
export const Alert = Closed({
  id: Uuid,
  kind: AlertKind,
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Type.Union([Period, Type.Null()], { description: '报告期 of the report, or of the light; null for a step' }),
  label: Type.Union([Type.String(), Type.Null()], {
    description: '事由: the step, the difficulty, or the reason of the light; null for a report that is missing',
  }),
  dueAt: Type.String({ ...Instant, description: 'When it was due; when the light changed for a light' }),
  state: AlertState,
  rung: RungSchema,
  promisedOn: Type.Union([CalendarDate, Type.Null()], { description: '承诺办结日期' }),
  snoozedUntil: Type.Union([Instant, Type.Null()], { description: '暂缓至' }),
  isInhibited: Type.Boolean({ description: 'A greater alert of the project is open: nobody is told of this one' }),
  openedAt: Instant,
  closedAt: Nullable(Instant),
  timeline: Type.Array(AlertMoment),
})
export type Alert = Static<typeof Alert>

/** Open alerts of one unit, or of the projects of one filer. */
export const AlertGroup = Closed({
  key: Nullable(Uuid),
  name: Nullable(Type.String()),
  openCount: Type.Integer({ description: 'Open alerts' }),
  promised: Type.Integer({ description: 'Of them acknowledged with a day' }),
  snoozed: Type.Integer({ description: 'Of them put off' }),
  inhibited: Type.Integer({ description: 'Of them kept quiet by a greater one' }),
  rung: RungSchema,
})
export type AlertGroup = Static<typeof AlertGroup>

/** A message to one person; a digest carries one line per project. */
export const InboxItem = Closed({
  id: Uuid,
  kind: MessageKind,
  title: Type.String(),
  body: Type.String(),
  period: Nullable(Period),
  projectIds: Type.Array(Uuid),
  orderIds: Type.Array(Uuid, { description: 'Supervision orders that it is about' }),
  why: Type.String({ description: 'Why this person got it' }),
  grounds: Type.Array(MessageGround, { description: 'The policies behind it, each with its fact' }),
  createdAt: Instant,
  readAt: Nullable(Instant),
})
export type InboxItem = Static<typeof InboxItem>

const params = Closed({ id: Uuid })
const readAlerts = {
  method: 'GET',
  service: 'notifications',
  permission: { roles: READER_ROLES, scope: 'reach' },
} as const

export const listAlerts = defineRoute({
  ...readAlerts,
  operationId: 'listAlerts',
  url: '/api/v1/alerts',
  summary: 'Alerts within reach, newest first',
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(AlertState),
      period: Type.Optional(Period),
      kind: Type.Optional(AlertKind),
      unitId: Type.Optional(Uuid),
      filerId: Type.Optional(Uuid),
    }),
    response: {
      200: Closed({
        items: Type.Array(Alert),
        nextCursor: Nullable(Type.String()),
        openCount: Type.Integer({
          description: 'Open alerts within reach, of the kind, period, unit and filer that are asked for',
        }),
      }),
    },
  },
})

export const listAlertGroups = defineRoute({
  ...readAlerts,
  operationId: 'listAlertGroups',
  url: '/api/v1/alerts/groups',
  summary: 'Open alerts within reach by unit or by filer, the most first; up to 200 groups',
  errors: [],
  schema: {
    querystring: Closed({ by: OneOf(['unit', 'filer'], '分组: unit 责任单位, filer 填报人') }),
    response: { 200: Closed({ items: Type.Array(AlertGroup, { maxItems: 200 }) }) },
  },
})

export const getAlert = defineRoute({
  ...readAlerts,
  operationId: 'getAlert',
  url: '/api/v1/alerts/:id',
  summary: 'An alert with everything that has happened to it, oldest first',
  errors: ['not-found', 'outside-scope'],
  schema: { params, response: { 200: Alert } },
})

export const acknowledgeAlert = defineRoute({
  operationId: 'acknowledgeAlert',
  method: 'POST',
  url: '/api/v1/alerts/:id/acknowledge',
  service: 'notifications',
  summary: 'Promise a day on which it will be settled; nobody is chased until that day has passed',
  permission: { roles: ['filer', 'head', 'leader', 'reviewer', 'supervisor'], scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'alert-closed'],
  schema: {
    params,
    body: Closed({ promisedOn: CalendarDate, note: Line(500, '办理打算') }),
    response: { 200: Alert },
  },
})

export const snoozeAlert = defineRoute({
  operationId: 'snoozeAlert',
  method: 'POST',
  url: '/api/v1/alerts/:id/snooze',
  service: 'notifications',
  summary: 'Put it off until the morning of a day, with a reason',
  permission: { roles: ['leader', 'supervisor'], scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'alert-closed'],
  schema: {
    params,
    body: Closed({ untilOn: CalendarDate, note: Line(500, '暂缓理由') }),
    response: { 200: Alert },
  },
})

export const listInbox = defineRoute({
  operationId: 'listInbox',
  method: 'GET',
  url: '/api/v1/inbox',
  service: 'notifications',
  summary: 'My messages, newest first',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: {
    querystring: Closed({ ...pageQuery, unread: Type.Optional(Type.Boolean()) }),
    response: {
      200: Closed({ items: Type.Array(InboxItem), nextCursor: Nullable(Type.String()), unreadCount: Type.Integer() }),
    },
  },
})

export const readInboxItem = defineRoute({
  operationId: 'readInboxItem',
  method: 'POST',
  url: '/api/v1/inbox/:id/read',
  service: 'notifications',
  summary: 'Mark one of my messages as read',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: InboxItem } },
})
