import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRedis, startRedis } from '@tiaodu/embedded'
import { createServiceDatabase, testTransports, waitFor } from '@tiaodu/testing'
import { type NewEvent, subscriptions } from '@tiaodu/types'
import { type Kysely, type Migration, sql } from 'kysely'
import { pino } from 'pino'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import {
  createQueueBoard,
  createRelay,
  createTransport,
  type Handlers,
  startConsumer,
  startDoorbell,
} from '../src/index.ts'
import { appendEvents } from '../src/outbox.ts'
import { createMessagingTables, type MessagingTables } from '../src/tables.ts'

interface Tables extends MessagingTables {
  effects: { event_id: string; note: string }
  work: { id: string; rung: number; done: number }
}

const logger = pino({ level: 'silent' })
const create: Migration = {
  async up(db) {
    await createMessagingTables(db)
    await sql`create table effects (event_id uuid not null, note text not null)`.execute(db)
    await sql`create table work (id uuid primary key, rung integer not null default 0, done integer not null default 0)`.execute(
      db,
    )
  },
}

const bulletin = (title: string): NewEvent => ({
  name: 'bulletin.published.v1',
  payload: { period: '2026-11', number: 1, title, publishedAt: '2026-12-11T08:00:00.000Z', isSimulated: false },
})

const append = (db: Kysely<Tables>, ...events: NewEvent[]) =>
  db.transaction().execute((trx) => appendEvents(trx, events, new Date('2026-12-11T08:00:00Z')))

const effects = async (db: Kysely<Tables>) =>
  (await db.selectFrom('effects').select('note').orderBy('note').execute()).map(({ note }) => note)

/** Writes an effect for each bulletin; everything else that notifications has subscribed to does nothing. */
function handlersThat(
  onBulletin: Handlers<'notifications', Tables>['bulletin.published.v1'],
): Handlers<'notifications', Tables> {
  const nothing = async () => {}
  const silent = Object.entries(subscriptions).flatMap(([name, consumers]) =>
    (consumers as readonly string[]).includes('notifications') ? [[name, nothing]] : [],
  )
  return { ...Object.fromEntries(silent), 'bulletin.published.v1': onBulletin }
}

const noteEffect: Handlers<'notifications', Tables>['bulletin.published.v1'] = async (trx, { id, payload }) => {
  await trx.insertInto('effects').values({ event_id: id, note: payload.title }).execute()
}

for (const { kind, redisUrl } of await testTransports(t)) {
  await t.test(`on ${kind}`, async (t) => {
    const database = await createServiceDatabase<Tables>(t, 'investment', { create })
    const db = database.kysely
    const transport = createTransport({ databaseUrl: database.url, redisUrl, logger })
    const relay = createRelay({ db, transport, logger })
    t.teardown(() => relay.close())
    const queue = transport.queue('notifications')
    t.teardown(() => queue.close())

    await t.test('an event travels outbox, relay, queue, inbox; one that was rolled back never does', async (t) => {
      const consumer = startConsumer({
        name: 'notifications',
        db,
        transport,
        handlers: handlersThat(noteEffect),
        logger,
      })
      t.teardown(() => consumer.close())
      await append(db, bulletin('a'), bulletin('b'))
      const rolledBack = db.transaction().execute(async (trx) => {
        await appendEvents(trx, [bulletin('never')], new Date())
        throw new Error('changed my mind')
      })
      await t.rejects(rolledBack, /changed my mind/)
      const twoRelays = createRelay({ db, transport, logger })
      await Promise.all([relay.publish(), twoRelays.publish()])
      await twoRelays.close()
      await waitFor('both effects', async () => (await effects(db)).length === 2)
      t.same(await effects(db), ['a', 'b'])
      t.equal(await relay.publish(), false, 'there is nothing left to publish')

      const { rows } = await sql<{ id: string }>`select id from outbox where payload->>'title' = 'a'`.execute(db)
      await queue.add('bulletin.published.v1', {
        id: rows[0]?.id,
        name: 'bulletin.published.v1',
        occurredAt: '',
        payload: bulletin('a').payload,
      })
      await append(db, bulletin('c'))
      await relay.publish()
      await waitFor('the next effect', async () => (await effects(db)).includes('c'))
      t.same(await effects(db), ['a', 'b', 'c'], 'the same event a second time has no second effect')
    })

    await t.test('a handler that fails is tried again and then has its effect once', async (t) => {
      let attempts = 0
      const handlers = handlersThat(async (trx, event) => {
        await noteEffect(trx, event)
        if (++attempts < 2) throw new Error('not yet')
      })
      const consumer = startConsumer({ name: 'notifications', db, transport, handlers, logger })
      t.teardown(() => consumer.close())
      await append(db, bulletin('retried'))
      await relay.publish()
      await waitFor('the effect', async () => (await effects(db)).includes('retried'))
      t.equal(attempts, 2)
      t.equal((await effects(db)).filter((note) => note === 'retried').length, 1, 'the failed attempt left nothing')
    })

    await t.test('what does not parse goes to the failed set at once', async (t) => {
      const consumer = startConsumer({
        name: 'notifications',
        db,
        transport,
        handlers: handlersThat(noteEffect),
        logger,
      })
      t.teardown(() => consumer.close())
      const broken = { ...bulletin('broken').payload, number: 'one' }
      await queue.add(
        'bulletin.published.v1',
        { id: uuidv7(), name: 'bulletin.published.v1', occurredAt: '', payload: broken },
        { jobId: `broken-${kind}`, attempts: 12, backoff: 1 },
      )
      await queue.add(
        'nobody.knows.v1',
        { id: uuidv7(), name: 'nobody.knows.v1' },
        { jobId: `unknown-${kind}`, attempts: 12 },
      )
      for (const id of [`broken-${kind}`, `unknown-${kind}`]) {
        const job = await waitFor(`${id} to fail`, async () => {
          const found = await queue.getJob(id)
          return (await found?.isFailed()) ? found : undefined
        })
        t.equal(job.attemptsMade, 1, 'it was tried once')
      }
      t.notOk((await effects(db)).includes('broken'))
    })

    await t.test('an event that the queue has lost is rung for again; a done one is confirmed', async (t) => {
      await append(db, bulletin('lost'))
      await relay.publish()
      await queue.obliterate({ force: true })
      await relay.confirm(0)
      const { rows } = await sql<{
        rings: number
      }>`select rings from outbox where payload->>'title' = 'lost' and published_at is null`.execute(db)
      t.same(rows, [{ rings: 1 }])
      const consumer = startConsumer({
        name: 'notifications',
        db,
        transport,
        handlers: handlersThat(noteEffect),
        logger,
      })
      t.teardown(() => consumer.close())
      await relay.publish()
      await waitFor('every event confirmed', async () => {
        await relay.publish()
        await relay.confirm(0)
        const { rows: open } = await sql`select 1 from outbox where confirmed_at is null`.execute(db)
        return open.length === 0
      })
      t.same(await effects(db), ['a', 'b', 'c', 'lost', 'retried'], 'ringing again doubled nothing')
    })

    await t.test('a poisoned event becomes a dead letter, is shown, and replayed has its effect once', async (t) => {
      const isPoisoned = { value: true }
      const handled: string[] = []
      const handlers = handlersThat(async (trx, event) => {
        await noteEffect(trx, event)
        if (isPoisoned.value) throw new Error(`${event.payload.title} 处理不了`)
        handled.push(event.payload.title)
      })
      const board = createQueueBoard({ names: ['notifications'], db, transport, logger })
      t.teardown(() => board.close())
      const read = async () => (await board.read()).items[0]
      const before = (await read())?.failed ?? 0
      const titles = ['p1', 'p2', 'p3']
      const add = (title: string) => {
        const { name, payload } = bulletin(title)
        const data = { id: uuidv7(), name, occurredAt: '2026-12-11T08:00:00.000Z', payload }
        return queue.add(name, data, { jobId: data.id, attempts: 2, backoff: { type: 'fixed', delay: 1 } })
      }
      const jobs = await Promise.all(titles.map(add))
      const waiting = await read()
      t.match(waiting, { name: 'notifications', waiting: 3, active: 0, failed: before })
      t.ok(Math.abs(Date.parse(waiting?.oldestAt ?? '') - Date.now()) < 60_000)
      const consumer = startConsumer({ name: 'notifications', db, transport, handlers, logger })
      t.teardown(() => consumer.close())
      const poisoned = await waitFor('three dead letters', async () => {
        const state = await read()
        return state?.failed === before + 3 && state
      })
      t.same(poisoned.oldestAt, null, 'nothing waits any more')
      const letter = poisoned.deadLetters.find(({ id }) => id === jobs[0]?.id)
      t.match(letter, { name: 'bulletin.published.v1', reason: 'p1 处理不了', attempts: 2, payload: /"title":"p1"/ })
      t.equal((await effects(db)).includes('p1'), false, 'what failed left nothing')
      t.equal(await board.countDeadLetters(), before + 3)

      await board.replay('notifications', jobs[0]?.id)
      await waitFor('it to fail anew', async () => {
        const again = (await read())?.deadLetters.find(({ id }) => id === jobs[0]?.id)
        return again?.attempts === 2 && again.failedAt > (letter?.failedAt ?? '')
      })
      isPoisoned.value = false
      const both = await Promise.allSettled([1, 2].map(() => board.replay('notifications', jobs[0]?.id)))
      t.same(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'one of two operators replays it')
      t.match(
        both.find(({ status }) => status === 'rejected'),
        { reason: { code: 'not-found' } },
      )
      await waitFor('the first effect', async () => (await effects(db)).includes('p1'))
      t.same(handled, ['p1'], 'the others wait for somebody to replay them')

      t.match(await board.replay('notifications'), { replayed: before + 2 })
      await waitFor('the others', async () => handled.length === 3)
      t.same(
        (await effects(db)).filter((title) => titles.includes(title)),
        titles,
        'each has had its effect once',
      )
      await waitFor('what cannot be handled to fail anew', async () => (await read())?.failed === before)
      await t.rejects(board.replay('notifications', 'nobody'), { code: 'not-found' })
      await t.rejects(board.replay('imports'), { code: 'not-found' }, 'it is the queue of another service')
    })

    await t.test('a doorbell performs each row that is due, however many bells there are', async (t) => {
      const ids = Array.from({ length: 30 }, () => uuidv7())
      await db
        .insertInto('work')
        .values(ids.map((id) => ({ id, rung: 0, done: 0 })))
        .execute()
      const ledger = {
        listDue: async (limit: number) => {
          const rows = await db.selectFrom('work').select('id').where('rung', '=', 0).limit(limit).execute()
          return rows.map(({ id }) => ({ id, attempt: 0 }))
        },
        markRung: async (rung: string[]) => {
          await sql`update work set rung = rung + 1 where id = any(${rung})`.execute(db)
        },
        perform: async (id: string) => {
          await sql`update work set done = done + 1 where id = ${id} and done = 0`.execute(db)
        },
      }
      const bells = [1, 2].map(() => startDoorbell({ name: `work-${kind}`, ledger, transport, concurrency: 2, logger }))
      t.teardown(() => Promise.all(bells.map((bell) => bell.close())))
      await waitFor(
        'all work',
        async () => (await db.selectFrom('work').select('id').where('done', '=', 1).execute()).length === 30,
      )
      t.pass()
    })
  })
}

const skip = findRedis() === undefined ? 'no redis-server here' : false
t.test('Redis: refused when it may evict jobs; killed, the relay does not hang', { skip }, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'tiaodu-killed-redis-'))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  const redis = await startRedis({ directory })
  if (redis === undefined) throw new Error('redis-server did not start')
  const database = await createServiceDatabase<Tables>(t, 'investment', { create })
  const db = database.kysely
  const transport = createTransport({ databaseUrl: database.url, redisUrl: redis.url, logger })
  await t.resolves(transport.check())
  const relay = createRelay({ db, transport, logger })
  t.teardown(() => relay.close())
  await append(db, bulletin('before'))
  await relay.publish()
  await redis.kill()
  await append(db, bulletin('while away'))
  await t.rejects(relay.publish(), 'it says so instead of waiting for ever')
  await t.rejects(transport.check())
  const board = createQueueBoard({ names: ['notifications'], db, transport, logger })
  t.teardown(() => board.close())
  await t.rejects(board.read(), { code: 'unavailable' }, 'nobody who looks waits for it')
  t.equal(await board.countDeadLetters(), undefined)
  const { rows } = await sql`select 1 from outbox where published_at is null`.execute(db)
  t.equal(rows.length, 1, 'the event stays in the outbox')

  const again = await startRedis({ directory, port: redis.port })
  if (again === undefined) throw new Error('redis-server did not come back')
  t.teardown(() => again.stop())
  const consumer = startConsumer({ name: 'notifications', db, transport, handlers: handlersThat(noteEffect), logger })
  t.teardown(() => consumer.close())
  await waitFor('the relay to recover', async () => (await relay.publish().catch(() => true)) === false)
  await waitFor('both effects', async () => (await effects(db)).length === 2)
  t.match(await board.read(), { backend: 'redis', outbox: { waiting: 0 }, items: [{ failed: 0 }] }, 'it answers again')

  const evicting = createTransport({ databaseUrl: database.url, redisUrl: again.url, logger })
  const { Redis } = await import('ioredis')
  const admin = new Redis(again.url)
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru')
  await t.rejects(evicting.check(), /noeviction/)
  await admin.config('SET', 'maxmemory-policy', 'noeviction')
  admin.disconnect()
})
