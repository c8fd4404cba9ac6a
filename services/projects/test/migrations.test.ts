import { migrate } from '@tiaodu/database'
import { createServiceDatabase } from '@tiaodu/testing'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../migrations/index.ts'
import type { DB } from '../src/generated/tables.ts'
import { listUnits } from '../src/repositories/unit-pages.repository.ts'

t.test('units, people and regions that are there already begin their history as they stand', async (t) => {
  const before = Object.entries(migrations).filter(([name]) => name < '20261123T1500')
  const database = await createServiceDatabase<DB>(t, 'projects', Object.fromEntries(before))
  const db = database.kysely
  const [city, bureau, person] = [uuidv7(), uuidv7(), uuidv7()]
  await sql`
    insert into units values (${city}, '武汉市政府', '420100', '武汉市', null, false, 1),
      (${bureau}, '洪山区工信局', '420111', '洪山区', ${city}, true, 1)`.execute(db)
  await sql`insert into people values (${person}, '张三', ${bureau}, 'filer', 'a@example.com', true, 1)`.execute(db)
  await migrate({ url: database.url, schema: 'projects', migrations })

  const { rows: regions } = await sql`
    select code, name, parent_code, origin from regions where code like '42%' order by code`.execute(db)
  t.match(regions, [
    { code: '420100', name: '武汉市', origin: 'loaded' },
    { code: '420111', name: '洪山区', origin: 'loaded' },
  ])
  const page = { after: undefined, limit: 10 }
  const today = await listUnits(db, page)
  t.match(today, [
    {
      id: bureau,
      name: '洪山区工信局',
      regionName: '洪山区',
      parentId: city,
      kind: 'responsibleUnit',
      isSimulated: true,
    },
    { id: city, name: '武汉市政府', parentId: null, isSimulated: false },
  ])
  t.same(await listUnits(db, { ...page, asOf: today[0]?.parentSince ?? '' }), today, 'and the replay is what is there')
  const { rows: people } = await sql`
    select a.role, a.is_main, a.until_on, v.changes from appointments a
    join person_versions v on v.person_id = a.person_id where a.person_id = ${person} and a.unit_id = ${bureau}`.execute(
    db,
  )
  t.match(people, [{ role: 'filer', is_main: true, until_on: null }])
  t.match((people[0] as { changes: unknown[] }).changes, [{}, { from: null }], 'with all that is known of the person')
})
