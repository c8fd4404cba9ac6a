import Type from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  NewOrder,
  Order,
  OrderRule,
  OrderRuleFields,
  OrderState,
  OrderStatistics,
  OrderText,
  OrderWithTimeline,
} from '../order.ts'
import { CalendarDate, Closed, Line, OneOf, PageOf, pageQuery, Uuid, Year } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'

const params = Closed({ id: Type.String({ ...Uuid, description: '督办单' }) })
const flowParams = Closed({ ...params.properties, flowId: Type.String({ ...Uuid, description: '承办' }) })
const read = { method: 'GET', service: 'notifications', permission: { roles: READER_ROLES, scope: 'reach' } } as const
const write = { method: 'POST', service: 'notifications' } as const
const supervise = { roles: ['supervisor'], scope: 'reach' } as const

export const listOrders = defineRoute({
  ...read,
  operationId: 'listOrders',
  url: '/api/v1/orders',
  summary: 'Supervision orders within reach, or with a part for my unit, newest first',
  errors: [],
  schema: {
    querystring: Closed({ ...pageQuery, state: Type.Optional(OrderState), unitId: Type.Optional(Uuid) }),
    response: { 200: PageOf(Order) },
  },
})

export const getOrderStatistics = defineRoute({
  ...read,
  operationId: 'getOrderStatistics',
  url: '/api/v1/orders/statistics',
  summary: 'What became of the orders of a year, by unit',
  errors: [],
  schema: { querystring: Closed({ year: Year }), response: { 200: OrderStatistics } },
})

export const getOrder = defineRoute({
  ...read,
  operationId: 'getOrder',
  url: '/api/v1/orders/:id',
  summary: 'An order with the part of each unit and everything that was done, oldest first',
  errors: ['not-found', 'outside-scope'],
  schema: { params, response: { 200: OrderWithTimeline } },
})

export const createOrder = defineRoute({
  ...write,
  operationId: 'createOrder',
  url: '/api/v1/orders',
  summary: 'Draft an order (待交办); the urgency limits how many days it may give',
  permission: supervise,
  errors: ['unknown-reference'],
  schema: { body: NewOrder, response: { 201: OrderWithTimeline } },
})

export const moveOrder = defineRoute({
  ...write,
  operationId: 'moveOrder',
  url: '/api/v1/orders/:id/moves',
  summary: 'Issue an order, which numbers it; suspend, resume it; strike it off when all are finished (If-Match)',
  permission: supervise,
  errors: ['not-found', 'outside-scope', 'order-move-forbidden', 'version-mismatch'],
  schema: {
    params,
    body: Closed({
      action: OneOf(['issue', 'suspend', 'resume', 'strikeOff'], '督办动作'),
      note: Type.Optional(OrderText),
    }),
    response: { 200: OrderWithTimeline },
  },
})

export const handleOrder = defineRoute({
  ...write,
  operationId: 'handleOrder',
  url: '/api/v1/orders/:id/flows/:flowId/handle',
  summary: 'What a unit does about its part: sign for it, tell progress, report, ask for more time before it is due',
  permission: { roles: ['filer', 'head'], scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'order-move-forbidden', 'version-mismatch'],
  schema: {
    params: flowParams,
    body: Closed({
      action: OneOf(['sign', 'progress', 'report', 'askExtension'], '督办动作'),
      note: Type.Optional(Type.String({ ...OrderText, description: 'Progress, result, or why it needs more time' })),
      newDueOn: Type.Optional(Type.String({ ...CalendarDate, description: 'Of an extension: the new due day' })),
      progress: Type.Optional(Type.String({ ...OrderText, description: 'Of an extension: what has been done so far' })),
    }),
    response: { 200: OrderWithTimeline },
  },
})

export const reviewOrder = defineRoute({
  ...write,
  operationId: 'reviewOrder',
  url: '/api/v1/orders/:id/flows/:flowId/review',
  summary: 'Approve or send back what a unit reports; grant (two people) or refuse an extension',
  permission: { roles: ['leader', 'supervisor'], scope: 'reach' },
  errors: ['not-found', 'outside-scope', 'order-move-forbidden', 'version-mismatch'],
  schema: {
    params: flowParams,
    body: Closed({
      action: OneOf(['approve', 'reject', 'grantExtension', 'refuseExtension'], '督办动作'),
      note: Type.Optional(OrderText),
    }),
    response: { 200: OrderWithTimeline },
  },
})

export const getOrderRule = defineRoute({
  ...read,
  operationId: 'getOrderRule',
  url: '/api/v1/order-rule',
  summary: 'How long orders may take, by urgency',
  errors: [],
  schema: { response: { 200: OrderRule } },
})

export const putOrderRule = defineRoute({
  operationId: 'putOrderRule',
  method: 'PUT',
  url: '/api/v1/order-rule',
  service: 'notifications',
  summary: 'Change how long orders may take, for those drafted from now on (If-Match: its version)',
  permission: { roles: ['operator', 'supervisor'], scope: 'none' },
  errors: ['version-mismatch'],
  schema: {
    body: Closed({ ...OrderRuleFields.properties, reason: Line(500, 'Why it changes') }),
    response: { 200: OrderRule },
  },
})

export const proposeOrder = defineRoute({
  ...read,
  operationId: 'proposeOrder',
  url: '/api/v1/alerts/:id/order-proposal',
  summary: 'What an order about an alert would say; nothing is kept',
  permission: supervise,
  errors: ['not-found', 'outside-scope', 'alert-closed', 'unknown-reference'],
  schema: { params: Closed({ id: Uuid }), response: { 200: NewOrder } },
})
