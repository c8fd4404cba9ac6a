import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { toAct } from '../operations/act.ts'
import { appointPerson, endAppointment } from '../operations/appoint-person.ts'
import { changePerson } from '../operations/change-person.ts'
import { getPerson } from '../operations/get-person.ts'
import { listAppointmentPage } from '../operations/list-appointments.ts'
import { listVersionPage } from '../operations/list-history.ts'
import { listPeoplePage } from '../operations/list-people.ts'
import { registerPerson } from '../operations/register-person.ts'

export function mountPeople(app: FastifyInstance, { kysely }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  mount(app, routes.listPeople, ({ query, actor }) => listPeoplePage(kysely, query, actor))
  mount(app, routes.createPerson, ({ body, ...context }) =>
    registerPerson(kysely, { id: uuidv7(), fields: body, isSimulated }, toAct(context)),
  )
  mount(app, routes.getPerson, ({ params }) => getPerson(kysely, params.id))
  mount(app, routes.updatePerson, ({ params, body, expectedVersion, ...context }) =>
    changePerson(kysely, { id: params.id, patch: body, expectedVersion }, toAct(context)),
  )
  mount(app, routes.listPersonVersions, ({ params, query }) =>
    listVersionPage(kysely, 'person', { ...params, ...query }),
  )
  mount(app, routes.listAppointments, ({ query, actor }) => listAppointmentPage(kysely, query, actor))
  mount(app, routes.createAppointment, ({ params, body, ...context }) =>
    appointPerson(kysely, { personId: params.id, id: uuidv7(), fields: body }, toAct(context)),
  )
  mount(app, routes.endAppointment, ({ params, body, ...context }) =>
    endAppointment(kysely, { personId: params.id, appointmentId: params.appointmentId, fields: body }, toAct(context)),
  )
}
