import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { type Cell, connect, instantJson, type Migrations, migrate, prepare, toTextArray } from '../src/index.ts'
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
const database = connect<Tables>({ url, schema: 'projects', poolSize: 1 })
const { kysely, pool, close } = database
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

t.test('very many rows come by COPY, in a transaction that stays only when its work is kept', async (t) => {
  const rows = (first: number): Cell[][] => [
    [first, 12, '2026-02-28', '2026-12-07T10:00:00Z'],
    [first + 1, null, null, null],
  ]
  const load = (first: number, isKept: boolean) =>
    database.tryOut(async ({ trx, copy }) => {
      const things = copy('things', ['id', 'amount', 'day', 'at'], (cells: Cell[]) => cells)
      for (const row of rows(first)) things.add(row)
      const copying = things.send()
      const counting = trx.selectFrom('things').select('id').where('id', '>=', first).execute()
      const [found] = await Promise.all([counting, copying])
      return { isKept, count: found.length }
    })
  t.match(await load(100, true), { count: 2 }, 'what is asked at once is answered in turn')
  t.match(await load(200, false), { count: 2 })
  await t.rejects(load(100, true), { code: '23505' }, 'a row that the table has already')
  const kept = await kysely.selectFrom('things').selectAll().where('id', '>=', 100).orderBy('id').execute()
  t.same(kept, [
    { id: 100, amount: 12, day: '2026-02-28', at: new Date('2026-12-07T10:00:00Z') },
    { id: 101, amount: null, day: null, at: null },
  ])
})

t.test('a text survives COPY whatever stands in it, in a column and in a list', async (t) => {
  await t.resolves(
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), async (texts) => {
        const clean = texts.map((text) => text.replaceAll('\0', ''))
        const { found } = await database.tryOut(async ({ trx, copy }) => {
          await sql`create temp table texts (place integer, one text, all_of_them text[]) on commit drop`.execute(trx)
          const rows = copy('texts', ['place', 'one', 'all_of_them'], (at: number) => {
            return [at, clean[at] ?? null, toTextArray(clean)]
          })
          for (const at of clean.keys()) rows.add(at)
          await rows.send()
          const read = await sql<{ one: string; all: string[] }>`
            select one, all_of_them as all from texts order by place`.execute(trx)
          return { isKept: false, found: read.rows }
        })
        return isDeepStrictEqual(
          found,
          clean.map((text) => ({ one: text, all: clean })),
        )
      }),
      { numRuns: 100 },
    ),
  )
})

const until = async (isSo: () => boolean) => {
  while (!isSo()) await sleep(20)
}

t.test('words are heard, and whoever listens is told when some may have been missed', async (t) => {
  const [words, gaps]: [string[], number[]] = [[], []]
  const listening = database.listen('things', {
    onWord: (word) => words.push(word),
    onGap: () => gaps.push(words.length),
  })
  t.teardown(() => listening.close())
  await until(() => gaps.length === 1)
  await sql`select pg_notify('things', 'one'), pg_notify('others', 'two')`.execute(kysely)
  await until(() => words.length === 1)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tiaodu-projects-listen'`,
  )
  await client.end()
  await until(() => gaps.length === 2)
  await sql`select pg_notify('things', 'three')`.execute(kysely)
  await until(() => words.length === 2)
  t.same(words, ['one', 'three'])
  await listening.close()
  await sql`select pg_notify('things', 'four')`.execute(kysely)
  t.equal(words.length, 2, 'nothing after it was closed')
})
