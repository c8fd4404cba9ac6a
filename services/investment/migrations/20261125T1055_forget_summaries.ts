import { type Migration, sql } from 'kysely'

// Answers that are kept say from now on where their figures come from.
export const forgetSummaries: Migration = {
  async up(db) {
    await sql`truncate summaries`.execute(db)
  },
}
