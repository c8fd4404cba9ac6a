import type { Database } from '@tiaodu/database'
import { type AppParts, createApp, mountQueues } from '@tiaodu/service'
import type { FastifyInstance } from 'fastify'
import type { DB } from './generated/tables.ts'
import { isUnreadable, readRows } from './readers/index.ts'
import { findPlace } from './repositories/projects.repository.ts'
import { mountImports } from './routes/imports.routes.ts'
import { mountIndicators } from './routes/indicators.routes.ts'
import { mountPeople } from './routes/people.routes.ts'
import { mountProgrammes } from './routes/programmes.routes.ts'
import { mountProjects } from './routes/projects.routes.ts'
import { mountPushPlan } from './routes/push-plan.routes.ts'
import { mountReservePool } from './routes/reserve-pool.routes.ts'
import { mountSavedViews } from './routes/saved-views.routes.ts'
import { mountUnits } from './routes/units.routes.ts'

/** The projects service as a value: every route is listed here. */
export function createProjectsApp(parts: Omit<AppParts, 'findPlace'>, database: Database<DB>): FastifyInstance {
  const app = createApp({ ...parts, findPlace: (id) => findPlace(database, id) })
  mountImports(app, database)
  mountProjects(app, database)
  mountUnits(app, database)
  mountPeople(app, database)
  mountIndicators(app, database, { readRows, isUnreadable })
  mountPushPlan(app, database)
  mountProgrammes(app, database)
  mountReservePool(app, database)
  mountSavedViews(app, database)
  mountQueues(app, 'projects')
  return app
}
