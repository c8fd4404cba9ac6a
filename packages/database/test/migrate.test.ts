import { sql } from 'kysely'
import t from 'tap'
import { assertMigrated, connect, type Migrations, migrate } from '../src/index.ts'
import { startCluster } from './fixtures/cluster.ts'

const first: Migrations = {
  '20261123T0900_create_things': {
    up: (db) => sql`create table things (id integer primary key)`.execute(db).then(() => {}),
  },
}
const second: Migrations = {
  ...first,
  '20261123T1000_name_things': { up: (db) => sql`alter table things add name text`.execute(db).then(() => {}) },
}
const broken: Migrations = {
  ...first,
  '20261123T1100_break': {
    async up(db) {
      await sql`create table half (id integer)`.execute(db)
      await sql`create table things (id integer)`.execute(db)
    },
  },
}

const cluster = await startCluster(t)

t.test('applies what is missing, once, and says what it applied', async (t) => {
  const url = await cluster.createDatabase()
  t.same(await migrate({ url, schema: 'things', migrations: first }), ['20261123T0900_create_things'])
  t.same(await migrate({ url, schema: 'things', migrations: first }), [])
  t.same(await migrate({ url, schema: 'things', migrations: second }), ['20261123T1000_name_things'])
})

t.test('a migration of an earlier hour that comes later is applied too', async (t) => {
  const url = await cluster.createDatabase()
  await migrate({ url, schema: 'things', migrations: second })
  const late: Migrations = {
    ...second,
    '20261123T0930_count_things': { up: (db) => sql`alter table things add count integer`.execute(db).then(() => {}) },
  }
  t.same(await migrate({ url, schema: 'things', migrations: late }), ['20261123T0930_count_things'])
})

t.test('a migration that fails leaves nothing of itself', async (t) => {
  const url = await cluster.createDatabase()
  await migrate({ url, schema: 'things', migrations: first })
  await t.rejects(migrate({ url, schema: 'things', migrations: broken }), /things/)
  const { kysely, close } = connect({ url, schema: 'things' })
  t.teardown(close)
  await t.rejects(sql`select * from half`.execute(kysely), /half/)
})

t.test('services of many databases of one cluster may be set up at the same moment', async (t) => {
  const urls = await Promise.all(Array.from({ length: 6 }, () => cluster.createDatabase()))
  const applied = await Promise.all(urls.map((url) => migrate({ url, schema: 'crowd', migrations: first })))
  t.same(applied.flat().length, urls.length)
})

t.test('a service refuses to start on a schema that lacks migrations, and names them', async (t) => {
  const url = await cluster.createDatabase()
  await migrate({ url, schema: 'things', migrations: first })
  const { kysely, close } = connect({ url, schema: 'things' })
  t.teardown(close)
  await t.resolves(assertMigrated(kysely, 'things', first))
  await t.rejects(assertMigrated(kysely, 'things', second), /20261123T1000_name_things/)
  await t.rejects(assertMigrated(kysely, 'nowhere', first), /20261123T0900_create_things/)
})
