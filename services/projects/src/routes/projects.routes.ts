import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { toAct } from '../operations/act.ts'
import { addBaseline } from '../operations/add-baseline.ts'
import { changeProject } from '../operations/change-project.ts'
import { countProjects, getFunnel } from '../operations/count-projects.ts'
import { exportProjects } from '../operations/export-projects.ts'
import { getProject, getProjectAsOf } from '../operations/get-project.ts'
import { listAllowedMoves } from '../operations/list-allowed-moves.ts'
import { listBaselines } from '../operations/list-baselines.ts'
import { listMovePage, listVersionPage } from '../operations/list-history.ts'
import { listProjects } from '../operations/list-projects.ts'
import { moveProject } from '../operations/move-project.ts'
import { registerProject } from '../operations/register-project.ts'

export function mountProjects(app: FastifyInstance, database: Database<DB>): void {
  const { kysely } = database
  mount(app, routes.listProjects, ({ query, reach }) => listProjects(database, query, reach))
  mount(app, routes.countProjects, ({ query, reach }) => countProjects(database, query, reach))
  mount(app, routes.exportProjects, async ({ query, reach, now }) => exportProjects(database, query, reach, now))
  mount(app, routes.getFunnel, ({ query, reach }) => getFunnel(database, query, reach))
  mount(app, routes.getProject, ({ params, query }) =>
    query.asOf === undefined
      ? getProject(database, params.id)
      : getProjectAsOf(kysely, params.id, new Date(query.asOf)),
  )
  mount(app, routes.createProject, (context) => registerProject(kysely, uuidv7(), context.body, toAct(context)))
  mount(app, routes.updateProject, ({ params, body, expectedVersion, ...context }) =>
    changeProject(kysely, { id: params.id, patch: body, expectedVersion }, { ...toAct(context), reach: context.reach }),
  )
  mount(app, routes.listProjectVersions, ({ params, query }) =>
    listVersionPage(kysely, 'project', { ...params, ...query }),
  )
  mount(app, routes.moveProject, ({ params, body, expectedVersion, ...context }) =>
    moveProject(kysely, { projectId: params.id, id: uuidv7(), move: body, expectedVersion }, toAct(context)),
  )
  mount(app, routes.listAllowedMoves, ({ params }) => listAllowedMoves(kysely, params.id))
  mount(app, routes.addBaseline, ({ params, body, ...context }) => addBaseline(kysely, params.id, body, toAct(context)))
  mount(app, routes.listBaselines, ({ params }) => listBaselines(kysely, params.id))
  mount(app, routes.listProjectMoves, ({ params, query }) => listMovePage(kysely, { ...params, ...query }))
}
