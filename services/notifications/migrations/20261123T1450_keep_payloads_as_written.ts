import { keepPayloadsAsWritten } from '@tiaodu/messaging'
import type { Migration } from 'kysely'

export const keepPayloads: Migration = { up: keepPayloadsAsWritten }
