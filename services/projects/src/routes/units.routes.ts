import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { getPerson } from '../operations/get-person.ts'
import { listUnitPage } from '../operations/list-units.ts'
import { registerPerson } from '../operations/register-person.ts'
import { registerUnit } from '../operations/register-unit.ts'

export function mountUnits(app: FastifyInstance, { kysely }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  mount(app, routes.listUnits, ({ query }) => listUnitPage(kysely, query))
  mount(app, routes.createUnit, ({ body }) => registerUnit(kysely, uuidv7(), body, isSimulated))
  mount(app, routes.createPerson, ({ body, now }) => registerPerson(kysely, uuidv7(), body, isSimulated, now))
  mount(app, routes.getPerson, ({ params }) => getPerson(kysely, params.id))
}
