import type { Database } from '@tiaodu/database'
import { type AppParts, createApp, type Seal } from '@tiaodu/service'
import type { PersonalChannel } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from './generated/tables.ts'
import { mountAlerts } from './routes/alerts.routes.ts'
import { mountEndpoints } from './routes/endpoints.routes.ts'
import { mountEvents } from './routes/events.routes.ts'
import { mountNotifications } from './routes/notifications.routes.ts'
import { mountOrders } from './routes/orders.routes.ts'

export interface NotificationsParts extends AppParts {
  /** Keeps the settings of endpoints. */
  readonly seal: Seal
}

/** The notifications service as a value. */
export function createNotificationsApp(
  parts: NotificationsParts,
  database: Database<DB>,
  channels: readonly PersonalChannel[] = [],
): FastifyInstance {
  const { seal, ...rest } = parts
  const app = createApp(rest)
  mountNotifications(app, database)
  mountEvents(app, database)
  mountEndpoints(app, { db: database.kysely, seal })
  mountAlerts(app, database)
  mountOrders(app, database, { channels, isSimulated: parts.clock.isSimulated })
  return app
}
