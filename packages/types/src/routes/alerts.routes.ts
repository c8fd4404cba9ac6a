import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { MessageGround, MessageKind } from '../messages.ts'
import { Closed, Instant, Nullable, Period, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'

/** The rungs of escalation, lowest first: 填报人, 单位负责人, 责任领导, 督查室. */
export const RUNGS = ['filer', 'head', 'leader', 'supervisor'] as const
export type Rung = (typeof RUNGS)[number]
const RungSchema = Type.Unsafe<Rung>(Type.String({ enum: [...RUNGS] }))

/** 逾期未报 of one project for one period, or 手续(节点)滞后 of one step of its push plan. It opens and closes by the facts alone. */
export const Alert = Closed({
  id: Uuid,
  kind: Type.Unsafe<'report-overdue' | 'step-slipped'>(
    Type.String({
      enum: ['report-overdue', 'step-slipped'],
      description: '类型: report-overdue 逾期未报, step-slipped 推进计划滞后',
    }),
  ),
  projectId: Uuid,
  projectName: Type.String(),
  regionCode: RegionCode,
  unitId: Nullable(Uuid),
  unitName: Nullable(Type.String()),
  period: Type.Union([Period, Type.Null()], { description: '报告期 of the report that is missing; null for a step' }),
  stepName: Type.Union([Type.String(), Type.Null()], { description: '步骤名称 of the step that has slipped' }),
  dueAt: Instant,
  state: Type.Unsafe<'open' | 'closed'>(Type.String({ enum: ['open', 'closed'] })),
  rung: RungSchema,
  openedAt: Instant,
  closedAt: Nullable(Instant),
  timeline: Type.Array(
    Closed({
      at: Instant,
      what: Type.Unsafe<'opened' | 'escalated' | 'closed' | 'reopened'>(
        Type.String({ enum: ['opened', 'escalated', 'closed', 'reopened'] }),
      ),
      rung: Nullable(RungSchema),
    }),
  ),
})
export type Alert = Static<typeof Alert>

/** A message to one person; a digest carries one line per project. */
export const InboxItem = Closed({
  id: Uuid,
  kind: MessageKind,
  title: Type.String(),
  body: Type.String(),
  period: Nullable(Period),
  projectIds: Type.Array(Uuid),
  why: Type.String({ description: 'Why this person got it' }),
  grounds: Type.Array(MessageGround, { description: 'The policies behind it, each with its fact' }),
  createdAt: Instant,
  readAt: Nullable(Instant),
})
export type InboxItem = Static<typeof InboxItem>

export const listAlerts = defineRoute({
  operationId: 'listAlerts',
  method: 'GET',
  url: '/api/v1/alerts',
  service: 'notifications',
  summary: 'Overdue alerts within reach, newest first',
  permission: { roles: PERSON_ROLES, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      state: Type.Optional(Type.Unsafe<'open' | 'closed'>(Type.String({ enum: ['open', 'closed'] }))),
      period: Type.Optional(Period),
    }),
    response: {
      200: Closed({
        items: Type.Array(Alert),
        nextCursor: Nullable(Type.String()),
        openCount: Type.Integer({ description: 'All open alerts within reach' }),
      }),
    },
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
