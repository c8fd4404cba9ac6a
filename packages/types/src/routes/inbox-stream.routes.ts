import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'
import { InboxItem } from './alerts.routes.ts'

/** The data of one event of the stream. */
export const InboxNews = Closed({
  unreadCount: Type.Integer(),
  items: Type.Array(InboxItem, {
    description: '新消息: those since the event before, oldest first, the newest 20 at most',
  }),
})
export type InboxNews = Static<typeof InboxNews>

export const streamInbox = defineRoute({
  operationId: 'streamInbox',
  method: 'GET',
  url: '/api/v1/inbox/stream',
  service: 'notifications',
  summary: 'My inbox as server-sent events named inbox, at once and at every change; Last-Event-ID goes on from there',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  isEventStream: true,
  errors: ['too-many-requests'],
  schema: { response: { 200: InboxNews } },
})
