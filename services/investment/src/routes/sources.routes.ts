import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { listFundsSources, listPolicySources, listPortfolioSources } from '../operations/list-figure-sources.ts'

export function mountSources(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  mount(app, routes.listPortfolioSources, ({ query, reach, now }) => listPortfolioSources(db, query, reach, now))
  mount(app, routes.listFundsSources, ({ query, reach, now }) => listFundsSources(db, query, reach, now))
  mount(app, routes.listPolicySources, ({ params, query, reach }) => listPolicySources(db, params, query, reach))
}
