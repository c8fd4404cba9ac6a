import { type Migration, sql } from 'kysely'

export const createProjectHistory: Migration = {
  async up(db) {
    // Projects are never deleted and history is written with them: a foreign key would only be checked for every row.
    await sql`
      create table project_versions (
        project_id uuid not null,
        version integer not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text,
        changes jsonb not null,
        primary key (project_id, version)
      )`.execute(db)
    await sql`
      create table stage_moves (
        id uuid primary key,
        project_id uuid not null,
        from_stage text,
        to_stage text not null,
        moved_on date not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text,
        evidence jsonb not null,
        approver_id uuid references people (id)
      )`.execute(db)
    await sql`create index stage_moves_by_project on stage_moves (project_id, id desc)`.execute(db)
    await sql`create index stage_moves_by_day on stage_moves (moved_on, to_stage)`.execute(db)

    // What was registered before history was kept begins it as it stands.
    await sql`
      insert into project_versions
      select id, version, updated_at, null, 'migration', null, (
        select jsonb_agg(jsonb_build_object('field', field, 'from', null, 'to', value)) from jsonb_each(jsonb_build_object(
          'name', name, 'regionCode', region_code, 'regionName', region_name, 'category', category, 'stage', stage,
          'tiers', tiers, 'assessmentClass', assessment_class, 'totalInvestmentYuan', total_investment_yuan,
          'responsibleUnitId', responsible_unit_id, 'filerId', filer_id, 'leaderId', leader_id, 'source', source,
          'section', section, 'note', note)) as known (field, value) where value <> 'null'::jsonb
      ) from projects`.execute(db)
    await sql`
      insert into stage_moves
      select uuidv7(), id, null, stage, (created_at at time zone 'Asia/Shanghai')::date, created_at, null,
        'migration', null, '[]'::jsonb, null from projects`.execute(db)
  },
}
