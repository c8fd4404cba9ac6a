import { createLogger, createSeal } from '@tiaodu/service'
import { actorOf, createServiceDatabase, createTestClock, signedIn, testTokens } from '@tiaodu/testing'
import { type Actor, type InboxItem, type RouteContract, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createNotificationsApp } from '../../src/app.ts'
import type { DB } from '../../src/generated/tables.ts'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'

const database = await createServiceDatabase<DB>(t, 'notifications', migrations)
const clock = createTestClock('2026-12-01T02:00:00Z')
const parts = { logger: createLogger('test', 'silent'), tokens: testTokens, clock, seal: createSeal('x'.repeat(32)) }
const app = createNotificationsApp(parts, database, ['email'])
t.teardown(() => app.close())
const [lead, other, head] = [uuidv7(), uuidv7(), uuidv7()]
for (const [id, name] of [
  [lead, '一局'],
  [other, '二局'],
])
  await sql`insert into units values (${id}, 1, ${name})`.execute(database.kysely)
await sql`insert into people (id, version, name, unit_id, role, region_code, email) values (${head}, 1, '甲', ${lead}, 'head', '410800', 'a@b.cn')`.execute(
  database.kysely,
)

const call = async (actor: Actor, contract: RouteContract, url: string, payload?: object) => {
  const headers = await signedIn(actor)
  const answer = await app.inject({ method: contract.method, url, headers, ...(payload && { payload }) })
  const schema = contract.schema.response[answer.statusCode]
  if (answer.statusCode < 300)
    t.ok(schema && Schema.Compile(schema).Check(answer.json()), `${url} as its contract says`)
  return { status: answer.statusCode, body: answer.json() }
}
const supervisor = actorOf('supervisor', { personId: uuidv7() })
const leader = actorOf('leader', { personId: uuidv7() })
const unit = actorOf('head', { personId: head, unitId: lead })
const draft = {
  title: '征地',
  demand: '限期完成',
  urgency: 'express',
  days: 5,
  leadUnitId: lead,
  cooperatingUnitIds: [other],
}

t.test('an order is drafted, numbered when issued, signed for, extended by two, reported and struck off', async (t) => {
  t.equal((await call(supervisor, routes.createOrder, '/api/v1/orders', { ...draft, days: 6 })).status, 400)
  const alone = { ...draft, cooperatingUnitIds: [] }
  const { status, body } = await call(supervisor, routes.createOrder, '/api/v1/orders', alone)
  t.match([status, body.number, body.state], [201, null, 'draft'])
  const url = `/api/v1/orders/${body.id}`
  t.equal((await call(unit, routes.getOrder, url)).status, 403, 'a draft is not shown to units')
  const issued = await call(supervisor, routes.moveOrder, `${url}/moves`, { action: 'issue' })
  t.match(issued.body, { number: '〔2026〕1号', state: 'issued', flows: [{ state: 'issued', unitName: '一局' }] })
  const flow = `${url}/flows/${issued.body.flows[0].id}`
  const handle = (payload: object) => call(unit, routes.handleOrder, `${flow}/handle`, payload)
  const review = (actor: Actor, payload: object) => call(actor, routes.reviewOrder, `${flow}/review`, payload)
  t.equal((await handle({ action: 'report', note: '早了' })).status, 409)
  t.equal((await handle({ action: 'sign' })).body.flows[0].state, 'signed')
  const ask = { action: 'askExtension', note: '雨季', newDueOn: '2026-12-20', progress: '八成' }
  t.equal((await handle({ ...ask, progress: undefined })).status, 400)
  t.match((await handle(ask)).body.flows[0].extension, { newDueOn: '2026-12-20' })
  t.equal((await review(leader, { action: 'grantExtension' })).status, 200)
  t.equal((await review(leader, { action: 'grantExtension' })).status, 409, 'the same person once')
  const granted = await review(supervisor, { action: 'grantExtension' })
  t.match(granted.body.flows[0], { dueAt: '2026-12-20T10:00:00.000Z', extension: null })
  clock.set('2026-12-20T10:00:00Z')
  t.match((await call(unit, routes.getOrder, url)).body, { colour: 'red' })
  for (const _ of [1, 2])
    await sweepDeadlines(database.kysely, { channels: ['email'], isSimulated: false }, clock.now())
  const inbox = (await call(unit, routes.listInbox, '/api/v1/inbox')).body.items as InboxItem[]
  t.equal(
    inbox.filter(({ title }) => title.startsWith('督办提醒')).length,
    1,
    'the head hears that it is overdue, once',
  )
  t.ok(inbox.length > 1)
  for (const { title, orderIds } of inbox) t.same(orderIds, [body.id], `“${title}” leads to the order itself`)
  await handle({ action: 'report', note: '完成' })
  t.equal((await review(supervisor, { action: 'approve' })).body.state, 'finished')
  const struck = await call(supervisor, routes.moveOrder, `${url}/moves`, { action: 'strikeOff' })
  t.match(struck.body, {
    state: 'struckOff',
    timeline: [{ action: 'create' }, { action: 'issue' }, { action: 'sign' }],
  })
  const statistics = await call(supervisor, routes.getOrderStatistics, '/api/v1/orders/statistics?year=2026')
  t.match(statistics.body.units, [{ unitName: '一局', total: 1, finished: 1 }])
  t.equal((await call(unit, routes.listOrders, '/api/v1/orders')).body.items.length, 1)
  t.match((await call(supervisor, routes.getOrderRule, '/api/v1/order-rule')).body, { limits: { hard: { most: 30 } } })
})

t.test('what duty makes compulsory cannot be switched off, and says so', async (t) => {
  const put = (kind: string, channels: string[]) =>
    call(unit, routes.putPreference, `/api/v1/preferences/${kind}`, { channels, digestTime: '08:30', quietHours: null })
  t.match((await put('overdue', [])).body, { code: 'compulsory-notice', errors: [{ reason: /情况报告制度/ }] })
  t.match((await put('reminder', [])).body, { channels: [], isDefault: false, isCompulsory: false })
  const { items } = (await call(unit, routes.listPreferences, '/api/v1/preferences')).body
  t.match(
    items.find(({ kind }: { kind: string }) => kind === 'reminder'),
    { channels: [], digestTime: '08:30' },
  )
})
