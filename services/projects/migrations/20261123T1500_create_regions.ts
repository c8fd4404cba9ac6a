import { type Migration, sql } from 'kysely'

// GB/T 2260 as in force in 2026: the province and the two cities that the documents of the sample come from.
const NATIONAL: readonly (readonly [code: string, name: string, parent: string | null])[] = [
  ['410000', '河南省', null],
  ['410700', '新乡市', '410000'],
  ['410702', '红旗区', '410700'],
  ['410703', '卫滨区', '410700'],
  ['410704', '凤泉区', '410700'],
  ['410711', '牧野区', '410700'],
  ['410721', '新乡县', '410700'],
  ['410724', '获嘉县', '410700'],
  ['410725', '原阳县', '410700'],
  ['410726', '延津县', '410700'],
  ['410727', '封丘县', '410700'],
  ['410781', '卫辉市', '410700'],
  ['410782', '辉县市', '410700'],
  ['410783', '长垣市', '410700'],
  ['410800', '焦作市', '410000'],
  ['410802', '解放区', '410800'],
  ['410803', '中站区', '410800'],
  ['410804', '马村区', '410800'],
  ['410811', '山阳区', '410800'],
  ['410821', '修武县', '410800'],
  ['410822', '博爱县', '410800'],
  ['410823', '武陟县', '410800'],
  ['410825', '温县', '410800'],
  ['410882', '沁阳市', '410800'],
  ['410883', '孟州市', '410800'],
]

export const createRegions: Migration = {
  async up(db) {
    await sql`
      create table regions (
        code text primary key check (code ~ '^[1-9][0-9]{5}$'),
        name text not null,
        parent_code text references regions (code),
        origin text not null check (origin in ('national', 'registered', 'loaded')),
        version integer not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null
      )`.execute(db)
    const national = JSON.stringify(NATIONAL.map(([code, name, parent]) => ({ code, name, parent })))
    await sql`
      insert into regions
      select code, name, parent, 'national', 1, now(), null, 'GB/T 2260'
      from json_to_recordset(${national}::json) as r (code text, name text, parent text)`.execute(db)
    // The code that statistics use for the 示范区; the national table lacks it.
    await sql`
      insert into regions
      values ('410871', '焦作城乡一体化示范区', '410800', 'registered', 1, now(), null, 'migration')`.execute(db)
    // Whatever else projects and units name already; under the nearest region that is known.
    await sql`
      insert into regions
      select distinct on (named.code) named.code, named.name, (
        select r.code from regions r where r.code <> named.code
          and named.code like regexp_replace(r.code, '(00){1,2}$', '') || '%'
        order by length(regexp_replace(r.code, '(00){1,2}$', '')) desc limit 1
      ) as parent, 'loaded', 1, now(), null, 'migration'
      from (select region_code, region_name from projects union select region_code, region_name from units)
        as named (code, name)
      order by named.code, named.name on conflict (code) do nothing`.execute(db)
  },
}
