import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { listReconciliationPage } from '../operations/reconcile-daily.ts'

export function mountReconciliations(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  mount(app, routes.listReconciliations, ({ query }) => listReconciliationPage(db, query))
}
