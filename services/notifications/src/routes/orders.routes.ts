import type { Database } from '@tiaodu/database'
import { mount, type RouteContext } from '@tiaodu/service'
import { type RouteContract, routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { Ways } from '../domain/channel-choice.ts'
import type { DB } from '../generated/tables.ts'
import { createOrder, moveFlow, moveOrder, toFlowRequest } from '../operations/keep-orders.ts'
import { readOrderRule } from '../operations/read-order-rule.ts'
import { getOrder, getOrderStatistics, keepOrderRule, listOrderPage, proposeOrder } from '../operations/read-orders.ts'

export function mountOrders(app: FastifyInstance, { kysely }: Database<DB>, ways: Ways): void {
  const by = ({ actor, now, expectedVersion, reach }: RouteContext<RouteContract>) => ({
    ...{ actor, now, expectedVersion, reach, ways },
  })
  mount(app, routes.listOrders, ({ query, reach, now }) => listOrderPage(kysely, query, reach, now))
  mount(app, routes.getOrderStatistics, ({ query, reach, now }) => getOrderStatistics(kysely, query, reach, now))
  mount(app, routes.getOrder, ({ params, reach, now }) => getOrder(kysely, params.id, reach, now))
  mount(app, routes.createOrder, (context) => createOrder(kysely, context.body, by(context)))
  mount(app, routes.moveOrder, (context) => moveOrder(kysely, context.params.id, context.body, by(context)))
  mount(app, routes.handleOrder, (context) => {
    const { id, flowId } = context.params
    return moveFlow(kysely, id, flowId, toFlowRequest(context.body), by(context))
  })
  mount(app, routes.reviewOrder, (context) => {
    const { id, flowId } = context.params
    return moveFlow(kysely, id, flowId, toFlowRequest(context.body), by(context))
  })
  mount(app, routes.getOrderRule, () => readOrderRule(kysely))
  mount(app, routes.putOrderRule, (context) => keepOrderRule(kysely, context.body, by(context)))
  mount(app, routes.proposeOrder, ({ params, reach }) => proposeOrder(kysely, params.id, reach))
}
