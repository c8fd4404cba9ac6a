import type { Database } from '@tiaodu/database'
import { type AppParts, createApp, mountQueues, type Seal } from '@tiaodu/service'
import type { PersonalChannel } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { toCalendar } from './channels/calendar-feed.ts'
import type { DB } from './generated/tables.ts'
import type { CalendarParts } from './operations/keep-calendar-feed.ts'
import { mountAlerts } from './routes/alerts.routes.ts'
import { mountCalendar } from './routes/calendar.routes.ts'
import { mountEndpoints } from './routes/endpoints.routes.ts'
import { mountEvents } from './routes/events.routes.ts'
import { mountNotifications } from './routes/notifications.routes.ts'
import { mountOrders } from './routes/orders.routes.ts'

export interface NotificationsParts extends AppParts {
  /** Keeps the settings of endpoints, and the addresses of calendars. */
  readonly seal: Seal
  /** What other services keep of what falls due for a person; absent: they are not asked. */
  readonly askElsewhere?: CalendarParts['askElsewhere']
}

/** The notifications service as a value. */
export function createNotificationsApp(
  parts: NotificationsParts,
  database: Database<DB>,
  channels: readonly PersonalChannel[] = [],
): FastifyInstance {
  const { seal, askElsewhere = async () => ({ steps: [], difficulties: [] }), ...rest } = parts
  const app = createApp(rest)
  mountNotifications(app, database)
  mountEvents(app, database)
  mountEndpoints(app, { db: database.kysely, seal })
  mountAlerts(app, database)
  mountCalendar(app, { db: database.kysely, seal, askElsewhere, write: toCalendar })
  mountOrders(app, database, { channels, isSimulated: parts.clock.isSimulated })
  mountQueues(app, 'notifications')
  return app
}
