import { type Migration, sql } from 'kysely'

const RANKING = {
  measures: [{ measure: 'completionRate', weight: 100 }],
  order: 'highestFirst',
  ties: 'shared',
  lists: { measure: 'scheduleRate', red: { level: 100, positions: 3 }, black: { level: 80, positions: 3 } },
}

// Rules that are data: what is decided of a subject, from a period on. Version 1 comes with the system.
export const createFormulas: Migration = {
  async up(db) {
    await sql`
      create table formulas (
        subject text not null,
        version integer not null,
        from_period text not null,
        content jsonb not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text not null,
        primary key (subject, version)
      )`.execute(db)
    await sql`
      insert into formulas
      select subject, 1, '2000-01', ${JSON.stringify(RANKING)}::jsonb, '2000-01-01T00:00:00Z', null, '系统', '出厂默认'
      from unnest(array['ranking region', 'ranking unit']) as subject`.execute(db)
  },
}
