import { type Migration, sql } from 'kysely'

export const evaluateIndicators: Migration = {
  async up(db) {
    // Until now a list of indicators had base_2020 and target_2025 and nothing else.
    await sql`
      alter table plan_indicators
        add column base_year integer not null default 2020,
        add column target_year integer not null default 2025,
        add column version integer not null default 1`.execute(db)
    await sql`
      alter table plan_indicators alter column base_year drop default, alter column target_year drop default,
        add check (base_year < target_year)`.execute(db)
    await sql`create index plan_indicators_region on plan_indicators (region_code, id)`.execute(db)
    await sql`alter table annual_targets add column version integer not null default 1`.execute(db)
    await sql`
      create table indicator_years (
        indicator_id uuid not null references plan_indicators,
        year integer not null check (year between 2000 and 2099),
        target text,
        actual numeric(18, 4),
        version integer not null,
        primary key (indicator_id, year)
      )`.execute(db)
    // Of indicators, of their years, and of annual targets: subject_id is the indicator or the target.
    await sql`
      create table indicator_changes (
        id uuid primary key,
        subject_id uuid not null,
        year integer,
        version integer not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text,
        changes jsonb not null,
        unique nulls not distinct (subject_id, year, version)
      )`.execute(db)
    await sql`create index indicator_changes_subject on indicator_changes (subject_id, id)`.execute(db)
  },
}
