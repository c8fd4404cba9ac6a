import { connect } from '@tiaodu/database'
import { createNotificationsApp } from '@tiaodu/notifications/app'
import { createPortalApp } from '@tiaodu/portal/app'
import { createLogger } from '@tiaodu/service'
import { actorOf, createDatabase, createTestClock, testSeal, testTokens, waitFor } from '@tiaodu/testing'
import { type InboxNews, routes } from '@tiaodu/types'
import { EventSource } from 'eventsource'
import pg from 'pg'
import t, { type Test } from 'tap'
import { migrateAll } from '../local/database.ts'

const PERSON = '01932f5e-0000-7000-8000-000000000001'
const databaseUrl = await createDatabase(t, 'whole', async (url) => void (await migrateAll(url)))
const admin = new pg.Pool({ connectionString: databaseUrl, max: 2 })
t.teardown(() => admin.end())
await admin.query(`insert into portal.accounts values ($1, 'filer', 'nobody signs in with it', now())`, [PERSON])
const parts = {
  logger: createLogger('test', 'silent'),
  tokens: testTokens,
  clock: createTestClock('2026-12-01T01:00:00Z'),
}

/** The service on a port of its own, or on that of one that was closed. */
async function startNotifications(port = 0) {
  const database: Parameters<typeof createNotificationsApp>[1] = connect({ url: databaseUrl, schema: 'notifications' })
  const app = createNotificationsApp({ ...parts, seal: testSeal }, database)
  app.addHook('onClose', () => database.close())
  return { app, url: await app.listen({ port, host: '127.0.0.1' }) }
}

async function startPortal(notifications: string) {
  const database: Parameters<typeof createPortalApp>[1] = connect({ url: databaseUrl, schema: 'portal' })
  const upstreams = { projects: 'http://127.0.0.1:1', investment: 'http://127.0.0.1:1', notifications }
  const app = await createPortalApp({ ...parts, upstreams, page: { directory: '/nowhere', isDemo: false } }, database)
  app.addHook('onClose', () => database.close())
  return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }) }
}

// Two of each, which share nothing but the database.
const services = [await startNotifications(), await startNotifications()] as const
const portals = [await startPortal(services[0].url), await startPortal(services[1].url)] as const
t.teardown(async () => {
  await Promise.all(portals.map(({ app }) => app.close()))
  await Promise.all(services.map(({ app }) => app.close()))
})

/** The cookie of somebody who has signed in. */
async function signIn(seconds = 3_600): Promise<string> {
  const { rows } = await admin.query(
    `insert into portal.sessions (id, person_id, created_at, expires_at) values (uuidv7(), $1, now(), now() + interval '1 hour') returning id`,
    [PERSON],
  )
  const token = await testTokens.sign(actorOf('filer', { personId: PERSON }), { sessionId: rows[0].id, seconds })
  return `tiaodu_session=${token}`
}

const write = (title: string) =>
  admin.query(
    `insert into notifications.messages (id, person_id, kind, title, body, project_ids, why, created_at)
     values (uuidv7(), $1, 'overdue', $2, '', '{}', '您是填报人', now())`,
    [PERSON, title],
  )

/** A browser's client of server-sent events, signed in by its cookie. */
function follow(t: Test, url: string, cookie: string) {
  const told: InboxNews[] = []
  const source = new EventSource(url + routes.streamInbox.url, {
    fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, cookie } }),
  })
  t.teardown(() => source.close())
  let opened = 0
  source.addEventListener('open', () => opened++)
  source.addEventListener('inbox', ({ data }) => told.push(JSON.parse(data)))
  const refused = new Promise<number>((resolve) =>
    source.addEventListener('error', ({ code }) => {
      if (source.readyState === source.CLOSED) resolve(code ?? 0)
    }),
  )
  const hears = (title: string) =>
    waitFor(title, async () => told.some(({ items }) => items.some((item) => item.title === title)))
  const heard = () => told.flatMap(({ items }) => items.map(({ title }) => title))
  return {
    told,
    hears,
    heard,
    refused,
    isOpen: (times = 1) => waitFor('open', async () => opened >= times && told.length > 0),
  }
}

t.test('what happens in one process is told through the front door of another, as it happens', async (t) => {
  const cookie = await signIn()
  const readers = portals.map(({ url }) => follow(t, url, cookie))
  for (const { isOpen } of readers) await isOpen()
  await write('甲')
  for (const { hears, told } of readers) {
    await hears('甲')
    t.match(told.at(-1), { unreadCount: 1 })
  }
  const id = readers[0]?.told.at(-1)?.items[0]?.id ?? ''
  const read = routes.readInboxItem.url.replace(':id', id)
  t.equal((await fetch(portals[1].url + read, { method: 'POST', headers: { cookie } })).status, 200)
  for (const { told } of readers) await waitFor('nothing unread', async () => told.at(-1)?.unreadCount === 0)
})

t.test('the answer is neither kept nor gathered on the way', async (t) => {
  const leaving = new AbortController()
  const { headers } = await fetch(portals[0].url + routes.streamInbox.url, {
    headers: { cookie: await signIn() },
    signal: leaving.signal,
  })
  t.match(headers.get('content-type'), /^text\/event-stream/)
  t.match([headers.get('cache-control'), headers.get('x-accel-buffering')], [/no-cache/, 'no'])
  leaving.abort()
})

t.test(
  'a service that is started anew, and a database that hung up, lose no message and tell none twice',
  async (t) => {
    const reader = follow(t, portals[0].url, await signIn())
    await reader.isOpen()
    await write('之前')
    await reader.hears('之前')
    await services[0].app.close()
    await write('其间')
    Object.assign(services[0], await startNotifications(Number(new URL(services[0].url).port)))
    await reader.hears('其间')
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tiaodu-notifications-listen' and datname = current_database()`,
    )
    t.equal(rowCount, 2)
    await write('断开时')
    await reader.hears('断开时')
    t.same(reader.heard(), ['之前', '其间', '断开时'])
  },
)

t.test('signing out at one front door ends the stream at the other, and it does not come back', async (t) => {
  const [cookie, other] = [await signIn(), await signIn()]
  const [mine, theirs] = [follow(t, portals[0].url, cookie), follow(t, portals[0].url, other)]
  await Promise.all([mine.isOpen(), theirs.isOpen()])
  const out = await fetch(portals[1].url + routes.endSession.url, { method: 'DELETE', headers: { cookie } })
  t.equal(out.status, 204)
  t.equal(await mine.refused, 401)
  await write('仍在线')
  await theirs.hears('仍在线')
  t.notOk(mine.heard().includes('仍在线'))
})

t.test('a stream ends when its token runs out', async (t) => {
  const reader = follow(t, portals[0].url, await signIn(2))
  await reader.isOpen()
  t.equal(await reader.refused, 401)
})

t.test('nobody who reads keeps a front door from closing', async (t) => {
  const portal = await startPortal(services[1].url)
  t.teardown(() => portal.app.close())
  const reader = follow(t, portal.url, await signIn())
  await reader.isOpen()
  await portal.app.close()
  await t.rejects(fetch(portal.url))
})
