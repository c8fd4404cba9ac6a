import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { createServiceDatabase, createTestClock, waitFor } from '../src/index.ts'

const migrations = {
  '20261123T0900_create_things': {
    up: (db: never) => sql`create table things (id integer primary key)`.execute(db).then(() => {}),
  },
}

t.test('every suite gets a database of its own, which is gone when it ends', async (t) => {
  let url = ''
  await t.test('a suite', async (t) => {
    const mine = await createServiceDatabase(t, 'things', migrations)
    const other = await createServiceDatabase(t, 'things', migrations)
    url = mine.url
    await sql`insert into things values (1)`.execute(mine.kysely)
    const { rows } = await sql`select * from things`.execute(other.kysely)
    t.same(rows, [])
  })
  const client = new pg.Client({ connectionString: url })
  await t.rejects(client.connect())
})

t.test('waiting in vain says for what', async (t) => {
  let asked = 0
  t.equal(await waitFor('the third time', async () => (++asked === 3 ? 'there' : undefined)), 'there')
  await t.rejects(
    waitFor('Godot', async () => undefined, 100),
    /Godot/,
  )
})

t.test('a clock stands still until it is set', (t) => {
  const clock = createTestClock('2026-12-05T18:00:00+08:00')
  t.equal(clock.now().getTime(), clock.now().getTime())
  clock.set('2026-12-07T10:00:00Z')
  t.equal(clock.now().toISOString(), '2026-12-07T10:00:00.000Z')
  t.end()
})
