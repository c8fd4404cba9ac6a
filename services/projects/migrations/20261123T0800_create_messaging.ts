import { createMessagingTables } from '@tiaodu/messaging/tables'
import type { Migration } from 'kysely'

export const createMessaging: Migration = { up: createMessagingTables }
