import Type from 'typebox'
import { defineRoute } from '../contract.ts'
import { CloudEvent } from '../events/cloud-event.ts'
import { PublishedEvent } from '../events/published.ts'
import { Closed, Formed } from '../primitives.ts'
import { ROLES } from '../roles.ts'

const Position = Formed(
  '^[0-9]{1,15}$',
  { zh: '请使用上一次返回的 nextAfter', en: 'Send the nextAfter of an answer' },
  { description: 'Position in the feed' },
)

export const listEvents = defineRoute({
  operationId: 'listEvents',
  method: 'GET',
  url: '/api/v1/events',
  service: 'notifications',
  summary: 'Business events within reach after a position, oldest first; ask again with nextAfter',
  permission: { roles: ROLES, scope: 'reach' },
  errors: ['cursor-expired'],
  schema: {
    querystring: Closed({
      after: Type.Optional(Position),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 500, description: 'Events per answer, 100 when absent' }),
      ),
      type: Type.Optional(PublishedEvent),
    }),
    response: {
      200: Closed({
        items: Type.Array(CloudEvent),
        nextAfter: Position,
        hasMore: Type.Boolean({ description: 'Whether to ask again at once' }),
      }),
    },
  },
})
