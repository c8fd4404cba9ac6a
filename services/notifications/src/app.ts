import type { Database } from '@tiaodu/database'
import { type AppParts, createApp } from '@tiaodu/service'
import type { FastifyInstance } from 'fastify'
import type { DB } from './generated/tables.ts'
import { mountNotifications } from './routes/notifications.routes.ts'

/** The notifications service as a value. */
export function createNotificationsApp(parts: AppParts, database: Database<DB>): FastifyInstance {
  const app = createApp(parts)
  mountNotifications(app, database)
  return app
}
