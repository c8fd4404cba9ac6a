import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { getCycle, listCyclePage } from '../operations/get-cycle.ts'
import { getLedger } from '../operations/get-ledger.ts'
import { listObligationPage } from '../operations/list-obligations.ts'
import { openCycle } from '../operations/open-cycle.ts'

export function mountCycles(app: FastifyInstance, database: Database<DB>): void {
  const { kysely } = database
  const { isSimulated } = app.parts.clock
  mount(app, routes.openCycle, async ({ body, now, reply }) => {
    const { cycle, isNew } = await openCycle(kysely, body.period, now, isSimulated)
    if (isNew) reply.code(201)
    return cycle
  })
  mount(app, routes.listCycles, ({ query, now }) => listCyclePage(kysely, query, now))
  mount(app, routes.getCycle, ({ params, now }) => getCycle(kysely, params.period, now))
  mount(app, routes.listObligations, ({ params, query, reach, now }) =>
    listObligationPage(database, params.period, query, reach, now),
  )
  mount(app, routes.getLedger, ({ params, query, reach, now }) =>
    getLedger(kysely, params.period, query.groupBy ?? 'region', reach, now),
  )
}
