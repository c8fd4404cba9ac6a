import type { Database } from '@tiaodu/database'
import { type AppParts, createApp, mountQueues } from '@tiaodu/service'
import type { FastifyInstance } from 'fastify'
import type { DB } from './generated/tables.ts'
import { findPlace } from './repositories/projects.repository.ts'
import { mountAssessments } from './routes/assessments.routes.ts'
import { mountBulkReports } from './routes/bulk-reports.routes.ts'
import { mountBulletins } from './routes/bulletins.routes.ts'
import { mountCorrections } from './routes/corrections.routes.ts'
import { mountCycleRules } from './routes/cycle-rules.routes.ts'
import { mountCycles } from './routes/cycles.routes.ts'
import { mountDifficulties } from './routes/difficulties.routes.ts'
import { mountForecasts } from './routes/forecasts.routes.ts'
import { mountFunds } from './routes/funds.routes.ts'
import { mountLights } from './routes/lights.routes.ts'
import { mountPhotos } from './routes/photos.routes.ts'
import { mountPlans } from './routes/plans.routes.ts'
import { mountPortfolio } from './routes/portfolio.routes.ts'
import { mountRankings } from './routes/rankings.routes.ts'
import { mountReconciliations } from './routes/reconciliations.routes.ts'
import { mountReliefs } from './routes/reliefs.routes.ts'
import { mountReports } from './routes/reports.routes.ts'
import { mountSources } from './routes/sources.routes.ts'

/** The investment service as a value: every route is listed here. */
export function createInvestmentApp(parts: Omit<AppParts, 'findPlace'>, database: Database<DB>): FastifyInstance {
  const app = createApp({ ...parts, findPlace: (id) => findPlace(database, id) })
  mountCycleRules(app, database)
  mountCycles(app, database)
  mountPlans(app, database)
  mountReports(app, database)
  mountPhotos(app, database)
  mountBulkReports(app, database)
  mountReliefs(app, database)
  mountCorrections(app, database)
  mountDifficulties(app, database)
  mountFunds(app, database)
  mountLights(app, database)
  mountForecasts(app, database)
  mountPortfolio(app, database)
  mountRankings(app, database)
  mountAssessments(app, database)
  mountBulletins(app, database)
  mountSources(app, database)
  mountReconciliations(app, database)
  mountQueues(app, 'investment')
  return app
}
