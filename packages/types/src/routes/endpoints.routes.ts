import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { PUBLISHED_EVENTS, PublishedEvent } from '../events/published.ts'
import { GROUP_CHANNELS } from '../messages.ts'
import {
  Closed,
  Formed,
  Instant,
  Line,
  Nullable,
  OneOf,
  PageOf,
  Prose,
  pageQuery,
  RegionCode,
  Uuid,
} from '../primitives.ts'

/** What an endpoint is: an integrator's webhook, the robot of a group at work, or a gateway for text messages. */
export const ENDPOINT_KINDS = ['webhook', 'wecom', 'dingtalk', 'feishu', 'sms'] as const
export const EndpointKind = OneOf(
  ENDPOINT_KINDS,
  `推送方式: webhook 事件推送, ${Object.entries(GROUP_CHANNELS)
    .map(([kind, name]) => `${kind} ${name}机器人`)
    .join(', ')}, sms 短信网关`,
)
export type EndpointKind = Static<typeof EndpointKind>

const url = Line(2_000, 'http or https; kept encrypted, shown without its query')
const eventTypes = Type.Array(PublishedEvent, { maxItems: PUBLISHED_EVENTS.length, uniqueItems: true })
const isPrivateAllowed = Type.Boolean()
const unitId = Type.Union([Uuid, Type.Null()], {
  description: 'Of a robot: the unit whose group it is; null for a group that hears of the whole region',
})
const secret = Line(200, 'Of a robot of 钉钉 or 飞书: the secret that it was given for signing (加签, 签名校验)')

/** Where an operator lets the system send to. Our secrets are told once, when they are made; those of others never. */
export const Endpoint = Closed({
  id: Uuid,
  kind: EndpointKind,
  name: Line(100),
  shownUrl: Type.String(),
  regionCode: RegionCode,
  unitId,
  eventTypes,
  isPrivateAllowed,
  state: OneOf(['active', 'disabled']),
  disabledBecause: Nullable(Type.String()),
  oldSecretUntil: Nullable(Instant),
  lastSentAt: Nullable(Instant),
  lastFailedAt: Nullable(Instant),
  lastAnswer: Nullable(Type.String()),
  version: Type.Integer(),
  createdAt: Instant,
  createdBy: Type.String(),
})
export type Endpoint = Static<typeof Endpoint>

/** 短信请求: how a gateway wants to be asked. {{mobile}}, {{text}} and {{id}} are filled in, there and in the address; the id is the same when a message is sent again. */
export const GatewayRequest = Closed({
  method: OneOf(['GET', 'POST'], 'HTTP 方法'),
  headers: Type.Array(
    Closed({
      name: Formed(
        '^[A-Za-z][A-Za-z0-9-]{0,63}$',
        { zh: '应为 HTTP 头名称', en: 'must be the name of an HTTP header' },
        { description: 'HTTP 头' },
      ),
      value: Line(2_000, 'HTTP 头的值'),
    }),
    { maxItems: 20, description: 'HTTP 头, Authorization among them' },
  ),
  body: Type.Union([Prose(4_000), Type.Null()], { description: '请求体, filled in as its Content-Type wants it' }),
  success: Type.Union([Line(200), Type.Null()], {
    description: 'What the answer says of a message that was taken; null when a 2xx says so',
  }),
  testMobile: Type.Union([Type.String({ pattern: '^1[0-9]{10}$' }), Type.Null()], { description: '测试手机号' }),
})
export type GatewayRequest = Static<typeof GatewayRequest>

const operator = { roles: ['operator'], scope: 'reach' } as const
const service = 'notifications'
const params = Closed({ id: Uuid })
const WithSecret = Closed({ endpoint: Endpoint, secret: Nullable(Type.String()) })

export const listEndpoints = defineRoute({
  operationId: 'listEndpoints',
  method: 'GET',
  url: '/api/v1/endpoints',
  service,
  summary: 'Endpoints within reach, newest first',
  permission: operator,
  errors: [],
  schema: {
    querystring: Closed({ ...pageQuery, kind: Type.Optional(EndpointKind) }),
    response: { 200: PageOf(Endpoint) },
  },
})

export const createEndpoint = defineRoute({
  operationId: 'createEndpoint',
  method: 'POST',
  url: '/api/v1/endpoints',
  service,
  summary: 'Register an endpoint; the secret of a webhook is told in this answer and never again',
  permission: operator,
  errors: ['outside-scope', 'limit-reached', 'unknown-reference'],
  schema: {
    body: Closed({
      kind: EndpointKind,
      name: Line(100),
      url,
      regionCode: RegionCode,
      unitId: Type.Optional(unitId),
      secret: Type.Optional(secret),
      request: Type.Optional(GatewayRequest),
      eventTypes: Type.Optional(eventTypes),
      isPrivateAllowed: Type.Optional(isPrivateAllowed),
    }),
    response: { 201: WithSecret },
  },
})

export const updateEndpoint = defineRoute({
  operationId: 'updateEndpoint',
  method: 'PATCH',
  url: '/api/v1/endpoints/:id',
  service,
  summary: 'Change an endpoint, disable it or let it work again',
  permission: operator,
  errors: ['not-found', 'version-mismatch'],
  schema: {
    params,
    body: Closed({
      name: Type.Optional(Line(100)),
      url: Type.Optional(url),
      secret: Type.Optional(secret),
      request: Type.Optional(GatewayRequest),
      eventTypes: Type.Optional(eventTypes),
      isPrivateAllowed: Type.Optional(isPrivateAllowed),
      state: Type.Optional(OneOf(['active', 'disabled'])),
    }),
    response: { 200: Endpoint },
  },
})

export const rotateEndpointSecret = defineRoute({
  operationId: 'rotateEndpointSecret',
  method: 'POST',
  url: '/api/v1/endpoints/:id/rotate',
  service,
  summary: 'Give a webhook a new secret; both sign until the old one has run out',
  permission: operator,
  errors: ['not-found', 'endpoint-has-no-secret'],
  schema: {
    params,
    body: Closed({ keepOldHours: Type.Integer({ minimum: 0, maximum: 168 }) }),
    response: { 200: WithSecret },
  },
})

export const testEndpoint = defineRoute({
  operationId: 'testEndpoint',
  method: 'POST',
  url: '/api/v1/endpoints/:id/test',
  service,
  summary: 'Queue a test; its delivery tells what became of it',
  permission: operator,
  errors: ['not-found', 'endpoint-disabled'],
  schema: { params, response: { 202: Closed({ deliveryId: Uuid }) } },
})

export const replayEndpoint = defineRoute({
  operationId: 'replayEndpoint',
  method: 'POST',
  url: '/api/v1/endpoints/:id/replay',
  service,
  summary: 'Try again everything that was given up since an instant',
  permission: operator,
  errors: ['not-found', 'endpoint-disabled'],
  schema: {
    params,
    body: Closed({ since: Instant }),
    response: { 202: Closed({ replayed: Type.Integer() }) },
  },
})
