import { type Migration, sql } from 'kysely'

export const createUnitHistory: Migration = {
  async up(db) {
    for (const subject of ['unit', 'person']) {
      await sql`
        create table ${sql.id(`${subject}_versions`)} (
          ${sql.id(`${subject}_id`)} uuid not null,
          version integer not null,
          at timestamptz not null,
          actor_id uuid,
          actor_name text not null,
          reason text,
          changes jsonb not null,
          primary key (${sql.id(`${subject}_id`)}, version)
        )`.execute(db)
    }
    // What was registered before history was kept begins it as it stands.
    await sql`
      insert into unit_versions
      select id, version, now(), null, 'migration', null, (
        select jsonb_agg(jsonb_build_object('field', field, 'from', null, 'to', value)) from jsonb_each(jsonb_build_object(
          'name', name, 'kind', kind, 'regionCode', region_code, 'parentId', parent_id, 'parentSince', parent_since,
          'isSimulated', is_simulated)) as known (field, value) where value <> 'null'::jsonb
      ) from units`.execute(db)
    await sql`
      insert into person_versions
      select p.id, p.version, now(), null, 'migration', null, (
        select jsonb_agg(jsonb_build_object('field', field, 'from', null, 'to', value)) from jsonb_each(jsonb_build_object(
          'name', p.name, 'unitId', p.unit_id, 'role', p.role, 'email', p.email, 'isSimulated', p.is_simulated,
          'appointments', (select jsonb_agg(jsonb_build_object('id', a.id, 'unitId', a.unit_id, 'role', a.role,
            'isMain', a.is_main, 'fromOn', a.from_on, 'untilOn', a.until_on)) from appointments a where a.person_id = p.id)
          )) as known (field, value) where value <> 'null'::jsonb
      ) from people p`.execute(db)
  },
}
