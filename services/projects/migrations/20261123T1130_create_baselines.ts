import { type Migration, sql } from 'kysely'

export const createBaselines: Migration = {
  async up(db) {
    await sql`
      create table baselines (
        project_id uuid not null,
        number integer not null check (number > 0),
        document text not null,
        approved_on date not null,
        total_investment_yuan bigint not null check (total_investment_yuan between 1 and 9999999999999),
        planned_start_on date,
        planned_completion_on date,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        primary key (project_id, number)
      )`.execute(db)
  },
}
