import { keepPayloadsAsWritten } from '@tiaodu/messaging/tables'
import type { Migration } from 'kysely'

export const keepPayloads: Migration = { up: keepPayloadsAsWritten }
