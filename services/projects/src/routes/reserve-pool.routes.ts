import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toAct } from '../operations/act.ts'
import { enterInPool } from '../operations/enter-in-pool.ts'
import { countPool, listPoolOfProject, listPoolPage } from '../operations/list-pool.ts'
import { rollPool } from '../operations/roll-pool.ts'

export function mountReservePool(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listReserveEntries, ({ params, query, reach }) => listPoolPage(kysely, params.year, query, reach))
  mount(app, routes.countReserveEntries, ({ params, reach }) => countPool(kysely, params.year, reach))
  mount(app, routes.addReserveEntries, ({ params, body, reach, ...context }) =>
    enterInPool(kysely, params.year, body, reach, toAct(context)),
  )
  mount(app, routes.rollReservePool, ({ params, body, reach, ...context }) => {
    const { decidedOn, dryRun = false } = body
    return rollPool(kysely, { year: params.year, decidedOn, isDryRun: dryRun }, reach, toAct(context))
  })
  mount(app, routes.listProjectReserveEntries, ({ params }) => listPoolOfProject(kysely, params.id))
}
