import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { getSummary } from '../operations/get-summary.ts'

export function mountPortfolio(app: FastifyInstance, database: Database<DB>): void {
  mount(app, routes.getSummary, ({ query, reach, now }) => getSummary(database, query, reach, now))
}
