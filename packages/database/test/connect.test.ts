import { sql } from 'kysely'
import t from 'tap'
import { connect, instantJson, type Migrations, migrate, prepare } from '../src/index.ts'
import { startCluster } from './fixtures/cluster.ts'

interface Tables {
  things: { id: number; amount: number; day: string; at: Date }
}

const migrations: Migrations = {
  '20261123T0900_create_things': {
    up: (db) =>
      sql`create table things (id integer primary key, amount bigint, day date, at timestamptz)`
        .execute(db)
        .then(() => {}),
  },
}

const cluster = await startCluster(t)
const url = await cluster.createDatabase()
for (const schema of ['projects', 'investment']) await migrate({ url, schema, migrations })
const { kysely, pool, close } = connect<Tables>({ url, schema: 'projects', poolSize: 1 })
t.teardown(close)

t.test('a service sees its own schema only, and may not change a table', async (t) => {
  const { rows } = await sql`select current_user as role, current_schema as schema`.execute(kysely)
  t.same(rows, [{ role: 'tiaodu_projects', schema: 'projects' }])
  await t.rejects(sql`select * from investment.things`.execute(kysely), { code: '42501' })
  await t.rejects(sql`alter table things add name text`.execute(kysely), { code: '42501' })
  await t.rejects(sql`create table projects.more (id integer)`.execute(kysely), { code: '42501' })
})

t.test('yuan are exact numbers, a day is text, an instant is UTC with milliseconds', async (t) => {
  const at = new Date('2026-12-07T10:00:00.120Z')
  await kysely
    .insertInto('things')
    .values([
      { id: 1, amount: Number.MAX_SAFE_INTEGER, day: '2026-02-28', at },
      { id: 2, amount: 0, day: '2024-02-29', at },
    ])
    .execute()
  const row = await kysely.selectFrom('things').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()
  t.same(row, { id: 1, amount: Number.MAX_SAFE_INTEGER, day: '2026-02-28', at })
  const { rows } = await sql<{ at: string }>`select ${instantJson('at')} as at from things where id = 1`.execute(kysely)
  t.equal(rows[0]?.at, at.toISOString())
  await t.rejects(sql`select ${'9007199254740992'}::bigint as amount`.execute(kysely), /does not fit/)
})

t.test('a prepared statement is named, planned once, and takes its values by name', async (t) => {
  const sum = prepare<{ low: number; high: number }, { total: number }>(
    'sum_things',
    (param) => sql`select ${param('high')}::integer - ${param('low')}::integer + ${param('low')}::integer as total`,
  )
  t.same(await sum(pool, { low: 3, high: 10 }), [{ total: 10 }])
  t.same(await sum(pool, { low: 1, high: 4 }), [{ total: 4 }])
  const { rows } = await pool.query(`select name, generic_plans, custom_plans from pg_prepared_statements`)
  t.same(rows, [{ name: 'sum_things', generic_plans: 2, custom_plans: 0 }])
})

t.test('a statement may take five seconds', async (t) => {
  const { rows } = await sql`show statement_timeout`.execute(kysely)
  t.same(rows, [{ statement_timeout: '5s' }])
})
