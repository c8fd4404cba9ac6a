import { type Migration, sql } from 'kysely'

// When projects came to a stage: fed by project.moved from now on, and begun with where each of them stands.
export const keepStageEntries: Migration = {
  async up(db) {
    await sql`
      create table stage_entries (
        id bigint generated always as identity primary key,
        project_id uuid not null,
        entered_on date not null,
        stage text not null,
        at timestamptz not null
      )`.execute(db)
    await sql`create index stage_entries_by_project on stage_entries (project_id, entered_on, id)`.execute(db)
    await sql`create index stage_entries_by_time on stage_entries (at)`.execute(db)
    await sql`
      insert into stage_entries (project_id, entered_on, stage, at)
      select id, (now() at time zone 'Asia/Shanghai')::date, stage, now() from projects order by id`.execute(db)
  },
}
