import { type Migration, sql } from 'kysely'

// The last approval of what a project may cost: the first (number 1), or a revision of it (调概).
export const keepBaselines: Migration = {
  async up(db) {
    await sql`
      create table project_baselines (
        project_id uuid primary key,
        number integer not null,
        document text not null,
        approved_on date not null,
        total_investment_yuan bigint not null
      )`.execute(db)
  },
}
