import { type Migration, sql } from 'kysely'

// A version of a plan says what is to be reached in the year, by 旬 where it is told so closely, the dates that were
// planned when it was made, and who changed it and why. What was made before keeps what it said.
export const detailPlans: Migration = {
  async up(db) {
    await sql`
      alter table annual_plans
        add column ten_day_targets_yuan bigint[] check (cardinality(ten_day_targets_yuan) = 36),
        add column visual_goal text,
        add column planned_start_on date,
        add column planned_completion_on date,
        add column reason text,
        add column created_by_name text not null default ''`.execute(db)
  },
}
