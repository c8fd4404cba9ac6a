import type { Migrations } from '@tiaodu/database'
import { createMessaging } from './20261123T1000_create_messaging.ts'
import { createReadModels } from './20261123T1010_create_read_models.ts'
import { createAlertsAndMessages } from './20261123T1020_create_alerts_and_messages.ts'
import { keepPayloads } from './20261123T1450_keep_payloads_as_written.ts'
import { keepUnits } from './20261123T1530_keep_units.ts'
import { alertOfSlips } from './20261123T1910_alert_of_slips.ts'
import { keepGrounds } from './20261125T1000_keep_grounds.ts'
import { createEndpoints } from './20261125T1001_create_endpoints.ts'
import { policiesAsData } from './20261125T1030_policies_as_data.ts'
import { keepEvents } from './20261125T1045_keep_events.ts'
import { keepPreferences } from './20261125T1045_keep_preferences.ts'
import { createOrders } from './20261125T1100_create_orders.ts'
import { moveObligations } from './20261125T1240_move_obligations.ts'
import { tellInboxes } from './20261125T1420_tell_inboxes.ts'
import { tellGroups } from './20261125T1425_tell_groups.ts'
import { keepMobiles } from './20261125T1430_keep_mobiles.ts'
import { createCalendarFeeds } from './20261125T1440_create_calendar_feeds.ts'
import { keepSettlings } from './20261125T1450_keep_settlings.ts'
import { tellDivergence } from './20261125T1840_tell_divergence.ts'
import { keepOrdersOfMessages } from './20261125T1845_keep_orders_of_messages.ts'

export const migrations: Migrations = {
  '20261123T1000_create_messaging': createMessaging,
  '20261123T1010_create_read_models': createReadModels,
  '20261123T1020_create_alerts_and_messages': createAlertsAndMessages,
  '20261123T1450_keep_payloads_as_written': keepPayloads,
  '20261123T1530_keep_units': keepUnits,
  '20261123T1910_alert_of_slips': alertOfSlips,
  '20261125T1000_keep_grounds': keepGrounds,
  '20261125T1001_create_endpoints': createEndpoints,
  '20261125T1030_policies_as_data': policiesAsData,
  '20261125T1045_keep_preferences': keepPreferences,
  '20261125T1100_create_orders': createOrders,
  '20261125T1045_keep_events': keepEvents,
  '20261125T1425_tell_groups': tellGroups,
  '20261125T1430_keep_mobiles': keepMobiles,
  '20261125T1440_create_calendar_feeds': createCalendarFeeds,
  '20261125T1450_keep_settlings': keepSettlings,
  '20261125T1420_tell_inboxes': tellInboxes,
  '20261125T1240_move_obligations': moveObligations,
  '20261125T1840_tell_divergence': tellDivergence,
  '20261125T1845_keep_orders_of_messages': keepOrdersOfMessages,
}
