import { type Migration, sql } from 'kysely'

// Marks come and go by the hundred thousand, and every reader asks whether there is one: what is dead has to go soon.
export const sweepMarks: Migration = {
  async up(db) {
    await sql`
      alter table rollup_marks set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0)`.execute(db)
  },
}
