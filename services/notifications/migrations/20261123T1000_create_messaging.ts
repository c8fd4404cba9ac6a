import { createMessagingTables } from '@tiaodu/messaging'
import type { Migration } from 'kysely'

export const createMessaging: Migration = { up: createMessagingTables }
