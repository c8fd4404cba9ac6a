import { createRelay, createTransport, startConsumer } from '@tiaodu/messaging'
import { appendEvents } from '@tiaodu/messaging/outbox'
import { actorOf, waitFor } from '@tiaodu/testing'
import { type Actor, type CloudEvent, type EventPayload, type NewEvent, routes } from '@tiaodu/types'
import { CloudEvent as Checked, HTTP } from 'cloudevents'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { createHandlers } from '../../src/consumers/notifications.consumer.ts'
import { forgetEvents, publishEvents } from '../../src/operations/keep-events.ts'
import { insertEvents } from '../../src/repositories/event-log.repository.ts'
import { startReceiver } from '../fixtures/receiver.ts'
import { logger, startNotifications } from '../fixtures/service.ts'

const { call, clock, database, register } = await startNotifications(t)
const db = database.kysely
const transport = createTransport({ databaseUrl: database.url, logger })
const nobody = async () => Promise.reject(new Error('nobody'))
const handlers = createHandlers({ clock, ways: { channels: [], isSimulated: false }, getPerson: nobody })
const relay = createRelay({ db, transport, logger })
const relaying = relay.start()
const consumer = startConsumer({ name: 'notifications', db, transport, handlers, logger })
t.teardown(async () => {
  await Promise.all([relaying.stop(), consumer.close()])
  await relay.close()
})

const service: Actor = actorOf('service', { regionCode: '100000' })
const AT = '2026-12-01T01:00:00.000Z'
const unit = uuidv7()

const project = (name: string, regionCode = '410811'): EventPayload<'project.changed.v1'> => ({
  projectId: uuidv7(),
  version: 1,
  name,
  regionCode,
  regionName: '山阳区',
  category: '交通',
  tiers: ['city'],
  stage: 'building',
  assessmentClass: 'assessed',
  totalInvestmentYuan: 1,
  responsibleUnitId: unit,
  responsibleUnitName: '一局',
  filerId: null,
  leaderId: null,
})
const approved = (projectId: string): NewEvent => ({
  name: 'report.approved.v1',
  payload: {
    obligationId: uuidv7(),
    projectId,
    unitId: unit,
    period: '2026-11',
    dueAt: AT,
    revision: 1,
    approvedAt: AT,
    completedYuan: 5,
    yearToDateYuan: 9,
  },
})
const bulletin = (number: number): NewEvent => ({
  name: 'bulletin.published.v1',
  payload: { period: '2026-11', number, title: '通报', publishedAt: AT, isSimulated: true },
})

/** Sends events through outbox, relay, queue and inbox, and publishes what came of them. */
async function tell(...events: NewEvent[]): Promise<void> {
  await db.transaction().execute((trx) => appendEvents(trx, events, clock.now()))
  await waitFor('every event in the inbox', async () => {
    const { rows } = await sql`select from outbox where id not in (select event_id from inbox)`.execute(db)
    return rows.length === 0
  })
  while (await publishEvents(db));
}

async function readAll(actor: Actor, after: string, query: Record<string, string> = {}) {
  const items: CloudEvent[] = []
  let position = after
  for (;;) {
    const { body } = await call(actor, routes.listEvents, { query: { after: position, ...query } })
    items.push(...body.items)
    position = body.nextAfter
    if (!body.hasMore) return { items, after: position }
  }
}

t.test('what happened is read in order, each event in a CloudEvents envelope', async (t) => {
  const road = project('甲路')
  await tell({ name: 'project.changed.v1', payload: road })
  await tell(approved(road.projectId))
  await tell(bulletin(1))
  const { items, after } = await readAll(service, '0')
  t.same(
    items.map(({ type }) => type),
    ['project.changed.v1', 'report.approved.v1', 'bulletin.published.v1'],
  )
  t.match(items[1], { subject: road.projectId, source: '/tiaodu', data: { completedYuan: 5 } })
  for (const item of items) {
    t.doesNotThrow(() => new Checked(item as never, true), 'the SDK of CloudEvents finds nothing wrong')
    const headers = { 'content-type': 'application/cloudevents+json' }
    t.same((HTTP.toEvent({ headers, body: JSON.stringify(item) }) as Checked).data, item.data)
  }
  t.same(await readAll(service, after), { items: [], after }, 'nothing new')
  t.equal((await readAll(service, '0', { type: 'bulletin.published.v1' })).items.length, 1)
  t.same((await readAll(service, '0', { limit: '1' })).items, items, 'page by page')
})

t.test('a list that was loaded is told project by project; what is of the inside is not told', async (t) => {
  const { after } = await readAll(service, '0')
  const projects = [project('乙'), project('丙')]
  const obligations = { cycleId: uuidv7(), period: '2026-11', obligations: [] }
  await tell(
    { name: 'projects.loaded.v1', payload: { projects } },
    { name: 'obligations.issued.v1', payload: obligations },
  )
  const { items } = await readAll(service, after)
  t.same(
    items.map(({ type, data }) => [type, (data as { name: string }).name]),
    [
      ['project.changed.v1', '乙'],
      ['project.changed.v1', '丙'],
    ],
  )
  t.equal(new Set(items.map(({ id }) => id)).size, 2)
})

t.test('nobody reads of projects beyond their reach, and everybody of what concerns all', async (t) => {
  const { after } = await readAll(service, '0')
  const [inside, outside] = [project('丁', '410811'), project('戊', '410802')]
  await tell({ name: 'project.changed.v1', payload: inside }, { name: 'project.changed.v1', payload: outside })
  await tell(approved(outside.projectId), bulletin(2))
  const subjects = async (actor: Actor) =>
    (await readAll(actor, after)).items.map(({ subject = 'all' }) => subject).sort()
  const [all, mine] = [
    ['all', inside.projectId, outside.projectId, outside.projectId].sort(),
    ['all', inside.projectId].sort(),
  ]
  t.same(await subjects(service), all)
  t.same(await subjects(actorOf('supervisor')), all, 'of the city')
  t.same(await subjects(actorOf('service', { regionCode: '410811' })), mine, 'of a district')
  t.same(await subjects(actorOf('filer', { unitId: unit, regionCode: '410811' })), all, 'of the unit')
  t.same(await subjects(actorOf('head', { unitId: uuidv7() })), ['all'], 'of another unit')
})

t.test('a reader who follows misses nothing, whatever is committed when', async (t) => {
  const { after: start } = await readAll(service, '0')
  const [WRITERS, EACH] = [8, 12]
  let isDone = false
  const write = async (writer: number) => {
    for (let turn = 0; turn < EACH; turn++) {
      await db.transaction().execute(async (trx) => {
        await insertEvents(trx, [
          {
            id: `w${writer}-${turn}`,
            type: 'bulletin.published.v1',
            occurredAt: AT,
            subject: null,
            projectId: null,
            unitId: null,
            regionCode: null,
            isForAll: true,
            data: {},
          },
        ])
        // Commits come in another order than the inserts.
        await sql`select pg_sleep(${((writer * 7 + turn * 5) % 10) / 100})`.execute(trx)
      })
    }
  }
  const publishing = (async () => {
    while (!isDone) await publishEvents(db)
  })()
  const seen: string[] = []
  const reading = (async () => {
    let position = start
    while (!isDone || seen.length < WRITERS * EACH) {
      const { items, after } = await readAll(service, position, { limit: '3' })
      seen.push(...items.map(({ id }) => id))
      position = after
    }
  })()
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  while (await publishEvents(db));
  isDone = true
  await Promise.all([publishing, reading])
  t.equal(seen.length, WRITERS * EACH)
  t.equal(new Set(seen).size, seen.length, 'each once')
  const { items } = await readAll(service, start)
  t.same(
    items.map(({ id }) => id),
    seen,
    'whoever comes later reads the same order',
  )
})

t.test('webhooks get the same events, those they subscribed to and may see', async (t) => {
  const { received, url } = await startReceiver(t)
  const [city, district] = [
    await register('市平台', `${url}/city`, { isPrivateAllowed: true, eventTypes: ['report.approved.v1'] }),
    await register('区平台', `${url}/district`, { isPrivateAllowed: true, regionCode: '410802' }),
  ]
  const { after } = await readAll(service, '0')
  const road = project('己', '410811')
  await tell({ name: 'project.changed.v1', payload: road })
  await tell(approved(road.projectId), bulletin(3))
  await waitFor('both', async () => received.length === 2)
  const { items } = await readAll(service, after)
  const sent = (path: string) => received.filter((one) => one.path === path)
  const [report, news] = [sent('/city')[0], sent('/district')[0]]
  if (report === undefined || news === undefined) throw new Error('one of them got nothing')
  t.same(
    new Webhook(city.secret).verify(report.body, report.headers as never),
    items.find(({ type }) => type === 'report.approved.v1'),
  )
  t.same(
    new Webhook(district.secret).verify(news.body, news.headers as never),
    items.find(({ type }) => type === 'bulletin.published.v1'),
  )
})

t.test('an event waits for its project, so that whoever may see it gets it', async (t) => {
  const { after } = await readAll(service, '0')
  const late = project('庚')
  await tell(approved(late.projectId))
  t.same((await readAll(service, after)).items, [], 'not yet')
  await tell({ name: 'project.changed.v1', payload: late })
  const { items } = await readAll(actorOf('leader', { regionCode: '410811' }), after)
  t.same(items.map(({ type }) => type).sort(), ['project.changed.v1', 'report.approved.v1'])
})

t.test('who comes too late for what is no longer kept is told so', async (t) => {
  const { after } = await readAll(service, '0')
  t.equal(await forgetEvents(db, 90, new Date(Date.now() + 91 * 86_400_000)), false)
  t.match(await call(service, routes.listEvents, { query: { after: '0' } }), {
    status: 410,
    body: { code: 'cursor-expired' },
  })
  t.same(await readAll(service, after), { items: [], after })
  t.equal((await call(service, routes.listEvents)).body.nextAfter, after, 'without a position: from what is kept')
  t.equal((await call(service, routes.listEvents, { query: { after: '-1' } })).status, 400)
})
