import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { listAnnualTargets, listPlanIndicators } from '../operations/list-indicators.ts'

export function mountIndicators(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listPlanIndicators, ({ query }) => listPlanIndicators(kysely, query))
  mount(app, routes.listAnnualTargets, ({ query }) => listAnnualTargets(kysely, query))
}
