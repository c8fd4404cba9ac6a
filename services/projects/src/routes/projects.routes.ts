import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { changeProject } from '../operations/change-project.ts'
import { getProject } from '../operations/get-project.ts'
import { listProjects } from '../operations/list-projects.ts'
import { registerProject } from '../operations/register-project.ts'

export function mountProjects(app: FastifyInstance, database: Database<DB>): void {
  mount(app, routes.listProjects, ({ query, reach }) => listProjects(database, query, reach))
  mount(app, routes.getProject, ({ params }) => getProject(database, params.id))
  mount(app, routes.createProject, ({ body, now }) => registerProject(database.kysely, uuidv7(), body, now))
  mount(app, routes.updateProject, ({ params, body, expectedVersion, now }) =>
    changeProject(database.kysely, { id: params.id, patch: body, expectedVersion }, now),
  )
}
