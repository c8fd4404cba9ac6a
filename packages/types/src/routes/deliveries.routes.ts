import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CHANNELS } from '../messages.ts'
import { Closed, Instant, Nullable, OneOf, PageOf, pageQuery, Uuid } from '../primitives.ts'

/** 发送渠道 of a delivery: those of messages, and webhooks, which business events go out by. */
export const DELIVERY_CHANNELS = { ...CHANNELS, webhook: '事件推送' } as const
export type DeliveryChannel = keyof typeof DELIVERY_CHANNELS
export const DeliveryChannel = OneOf(
  Object.keys(DELIVERY_CHANNELS) as [DeliveryChannel, ...DeliveryChannel[]],
  `发送渠道: ${Object.entries(DELIVERY_CHANNELS)
    .map((pair) => pair.join(' '))
    .join(', ')}`,
)

/** queued, being sent, sent, failed and tried again at nextAttemptAt, given up until somebody replays it. */
export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'failed', 'givenUp'] as const
export const DeliveryState = OneOf(
  DELIVERY_STATES,
  '状态: queued 排队, sending 发送中, sent 已发送, failed 待重试, givenUp 已放弃',
)
export type DeliveryState = Static<typeof DeliveryState>

/** One way out of one message or one business event. A test has neither. */
export const Delivery = Closed({
  id: Uuid,
  channel: DeliveryChannel,
  state: DeliveryState,
  messageId: Nullable(Uuid),
  eventId: Nullable(Type.String()),
  endpointId: Nullable(Uuid),
  recipient: Nullable(Type.String()),
  title: Type.String(),
  why: Type.String(),
  attempts: Type.Integer(),
  answer: Nullable(Type.String({ description: "The provider's last answer, cut" })),
  queuedAt: Instant,
  nextAttemptAt: Nullable(Instant),
  sentAt: Nullable(Instant),
})
export type Delivery = Static<typeof Delivery>

const roles = ['operator', 'supervisor'] as const
const service = 'notifications'

export const listDeliveries = defineRoute({
  operationId: 'listDeliveries',
  method: 'GET',
  url: '/api/v1/deliveries',
  service,
  summary: 'What was sent over which channel within reach, newest first',
  permission: { roles, scope: 'reach' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      channel: Type.Optional(DeliveryChannel),
      state: Type.Optional(DeliveryState),
      endpointId: Type.Optional(Uuid),
      personId: Type.Optional(Uuid),
    }),
    response: { 200: PageOf(Delivery) },
  },
})

export const getDelivery = defineRoute({
  operationId: 'getDelivery',
  method: 'GET',
  url: '/api/v1/deliveries/:id',
  service,
  summary: 'One delivery within reach',
  permission: { roles, scope: 'reach' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: Delivery } },
})

export const replayDelivery = defineRoute({
  operationId: 'replayDelivery',
  method: 'POST',
  url: '/api/v1/deliveries/:id/replay',
  service,
  summary: 'Try a delivery again that was given up',
  permission: { roles: ['operator'], scope: 'reach' },
  errors: ['not-found', 'delivery-not-given-up', 'endpoint-disabled'],
  schema: { params: Closed({ id: Uuid }), response: { 202: Delivery } },
})
