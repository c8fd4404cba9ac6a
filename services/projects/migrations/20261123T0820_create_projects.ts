import { type Migration, sql } from 'kysely'

export const createProjects: Migration = {
  async up(db) {
    await sql`
      create table projects (
        id uuid primary key,
        name text not null,
        region_code text not null check (region_code ~ '^[1-9][0-9]{5}$'),
        region_name text not null,
        category text not null,
        stage text not null,
        tiers text[] not null check (cardinality(tiers) between 1 and 3),
        assessment_class text not null check (assessment_class in ('assessed', 'followed')),
        total_investment_yuan bigint check (total_investment_yuan between 1 and 9999999999999),
        responsible_unit_id uuid references units (id),
        filer_id uuid references people (id),
        leader_id uuid references people (id),
        source text,
        section text,
        note text,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (region_code, name)
      )`.execute(db)
    await sql`create index projects_by_region_stage on projects (region_code text_pattern_ops, stage, id desc)`.execute(
      db,
    )
    await sql`create index projects_by_unit on projects (responsible_unit_id, id desc)`.execute(db)
  },
}
