import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { changeView, forgetView, keepView, listSavedViews } from '../operations/keep-views.ts'

export function mountSavedViews(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listSavedViews, ({ actor }) => listSavedViews(kysely, actor))
  mount(app, routes.createSavedView, (context) => keepView(kysely, uuidv7(), context.body, context))
  mount(app, routes.updateSavedView, (context) =>
    changeView(kysely, { id: context.params.id, expectedVersion: context.expectedVersion }, context.body, context),
  )
  mount(app, routes.deleteSavedView, ({ params, actor }) => forgetView(kysely, params.id, actor))
}
