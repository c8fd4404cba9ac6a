import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { toAct } from '../operations/act.ts'
import { changeUnit } from '../operations/change-unit.ts'
import { getUnit } from '../operations/get-unit.ts'
import { listVersionPage } from '../operations/list-history.ts'
import { listRegionTree } from '../operations/list-regions.ts'
import { listGroups, listUnitPage } from '../operations/list-units.ts'
import { moveUnit } from '../operations/move-unit.ts'
import { registerRegion } from '../operations/register-region.ts'
import { registerUnit } from '../operations/register-unit.ts'

export function mountUnits(app: FastifyInstance, { kysely }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  mount(app, routes.listRegions, () => listRegionTree(kysely))
  mount(app, routes.createRegion, (context) => registerRegion(kysely, context.body, toAct(context)))
  mount(app, routes.listUnits, ({ query }) => listUnitPage(kysely, query))
  mount(app, routes.listPeerGroups, () => listGroups(kysely))
  mount(app, routes.createUnit, ({ body, ...context }) =>
    registerUnit(kysely, { id: uuidv7(), fields: body, isSimulated }, toAct(context)),
  )
  mount(app, routes.getUnit, ({ params }) => getUnit(kysely, params.id))
  mount(app, routes.updateUnit, ({ params, body, expectedVersion, ...context }) =>
    changeUnit(kysely, { id: params.id, patch: body, expectedVersion }, toAct(context)),
  )
  mount(app, routes.moveUnit, ({ params, body, expectedVersion, ...context }) =>
    moveUnit(kysely, { id: params.id, move: body, expectedVersion }, toAct(context)),
  )
  mount(app, routes.listUnitVersions, ({ params, query }) => listVersionPage(kysely, 'unit', { ...params, ...query }))
}
