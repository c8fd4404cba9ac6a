import { actorOf, signedIn } from '@tiaodu/testing'
import { type InboxNews, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { readInbox } from '../fixtures/inbox-reader.ts'
import { startNotifications } from '../fixtures/service.ts'

const { app, call, database } = await startNotifications(t)
const url = await app.listen({ port: 0, host: '127.0.0.1' })
const reader = () => actorOf('filer', { personId: uuidv7() })

const write = async (personId: string | null, ...titles: string[]) => {
  await sql`
    insert into messages (id, person_id, kind, title, body, project_ids, why, created_at)
    select uuidv7(), ${personId}, 'overdue', title, '', '{}', '您是填报人', now() from unnest(${titles}::text[]) as m (title)`.execute(
    database.kysely,
  )
}
const titles = ({ items }: InboxNews) => items.map(({ title }) => title)

t.test('a reader is told the count at once, each new message once, and the count when one was read', async (t) => {
  const actor = reader()
  await write(actor.personId, '旧')
  const { told, count } = await readInbox(t, url, actor)
  await count(1)
  t.same(told[0]?.news, { unreadCount: 1, items: [] })
  await write(actor.personId, '甲', '乙')
  await count(2)
  t.match(told[1]?.news, { unreadCount: 3, items: [{ title: '甲', readAt: null }, { title: '乙' }] })
  const first = told[1]?.news.items[0]
  t.equal((await call(actor, routes.readInboxItem, { params: { id: first?.id ?? '' } })).status, 200)
  await count(3)
  t.same(told[2]?.news, { unreadCount: 2, items: [] })
})

t.test('a reader is not told again what has not changed', async (t) => {
  const actor = reader()
  const { told, count } = await readInbox(t, url, actor)
  await count(1)
  await sql`select pg_notify('notifications_inboxes', ${actor.personId})`.execute(database.kysely)
  await write(actor.personId, '甲')
  await count(2)
  t.same(
    told.map(({ news }) => [news.unreadCount, titles(news)]),
    [
      [0, []],
      [1, ['甲']],
    ],
  )
})

t.test('nobody is told of the messages of others', async (t) => {
  const [one, other] = [reader(), reader()]
  const mine = await readInbox(t, url, one)
  await mine.count(1)
  await write(other.personId, '给别人的')
  await write(one.personId, '给我的')
  await mine.count(2)
  t.same(
    mine.told.map(({ news }) => [news.unreadCount, titles(news)]),
    [
      [0, []],
      [1, ['给我的']],
    ],
  )
})

t.test('who comes back says what it had last and gets what came since, the newest 20 at most', async (t) => {
  const actor = reader()
  await write(actor.personId, '一', '二')
  const { told, count, close } = await readInbox(t, url, actor)
  await count(1)
  close()
  const lastId = told[0]?.id
  await write(actor.personId, '三', '四')
  const back = await readInbox(t, url, actor, lastId)
  await back.count(1)
  t.same(
    back.told.map(({ news }) => [news.unreadCount, titles(news)]),
    [[4, ['三', '四']]],
  )
  back.close()
  const many = Array.from({ length: 25 }, (_, n) => `${n}`)
  await write(actor.personId, ...many)
  const late = await readInbox(t, url, actor, lastId)
  await late.count(1)
  t.same(
    late.told.map(({ news }) => [news.unreadCount, titles(news)]),
    [[29, many.slice(5)]],
  )
})

t.test('a message that was committed late is told too', async (t) => {
  const actor = reader()
  const { told, count } = await readInbox(t, url, actor)
  await count(1)
  await database.kysely.transaction().execute(async (trx) => {
    await sql`insert into messages (id, person_id, kind, title, body, project_ids, why, created_at)
      values (uuidv7(), ${actor.personId}, 'overdue', '先写后交', '', '{}', '', now())`.execute(trx)
    await write(actor.personId, '后写先交')
    await count(2)
  })
  await count(3)
  t.same(
    told.map(({ news }) => titles(news)),
    [[], ['后写先交'], ['先写后交']],
  )
})

t.test('a person reads over 20 connections at most, and each that ends makes room', async (t) => {
  const actor = reader()
  const readers = await Promise.all(Array.from({ length: 20 }, () => readInbox(t, url, actor)))
  await Promise.all(readers.map(({ count }) => count(1)))
  t.equal(await (await readInbox(t, url, actor)).refused, 429)
  t.equal(await readInbox(t, url, reader()).then(({ count }) => count(1)), true, 'others are not concerned')
  readers[0]?.close()
  for (;;) {
    const again = await readInbox(t, url, actor)
    const outcome = await Promise.race([again.count(1).catch(() => undefined), again.refused])
    if (outcome === true) break
  }
})

t.test('HEAD and whoever is not signed in hold nothing open', async (t) => {
  const address = url + routes.streamInbox.url
  const head = await fetch(address, { method: 'HEAD', headers: await signedIn(reader()) })
  t.match([head.status, head.headers.get('content-type'), await head.text()], [200, /^text\/event-stream/, ''])
  const nobody = await fetch(address)
  t.match([nobody.status, await nobody.json()], [401, { code: 'not-signed-in' }])
})
