import { keepPayloadsAsWritten } from '@tiaodu/messaging/tables'
import { type Migration, sql } from 'kysely'

/** What was said of a change and what was told of it stay as they were written: nobody looks into them. */
export const keepHistoryAsWritten: Migration = {
  async up(db) {
    await sql`alter table project_versions alter changes type json`.execute(db)
    await keepPayloadsAsWritten(db)
  },
}
