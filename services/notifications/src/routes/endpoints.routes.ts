import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import {
  createEndpoint,
  type EndpointParts,
  listEndpointPage,
  rotateSecret,
  updateEndpoint,
} from '../operations/manage-endpoints.ts'
import { getDelivery, listDeliveryPage } from '../operations/read-deliveries.ts'
import { replayDelivery, replayEndpoint, testEndpoint } from '../operations/replay.ts'

export function mountEndpoints(app: FastifyInstance, parts: EndpointParts): void {
  const { db } = parts
  mount(app, routes.listDeliveries, ({ query, reach }) => listDeliveryPage(db, query, reach))
  mount(app, routes.getDelivery, ({ params, reach }) => getDelivery(db, params.id, reach))
  mount(app, routes.replayDelivery, ({ params, reach }) => replayDelivery(db, params.id, reach))
  mount(app, routes.listEndpoints, ({ query, reach }) => listEndpointPage(parts, query, reach))
  mount(app, routes.createEndpoint, ({ body, now, ...caller }) => createEndpoint(parts, body, caller, now))
  mount(app, routes.updateEndpoint, ({ params, body, ...caller }) => updateEndpoint(parts, params.id, body, caller))
  mount(app, routes.rotateEndpointSecret, ({ params, body, reach }) => rotateSecret(parts, params.id, body, reach))
  mount(app, routes.testEndpoint, ({ params, ...caller }) => testEndpoint(db, params.id, caller))
  mount(app, routes.replayEndpoint, ({ params, body, reach }) => replayEndpoint(db, params.id, body, reach))
}
