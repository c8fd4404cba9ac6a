import { createHmac } from 'node:crypto'
import { type Channel as ChannelName, type EndpointKind, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { dingtalkChannel } from '../../src/channels/dingtalk.channel.ts'
import { feishuChannel } from '../../src/channels/feishu.channel.ts'
import { wecomChannel } from '../../src/channels/wecom.channel.ts'
import { announceBulletin } from '../../src/operations/announce-bulletin.ts'
import { noteReturn } from '../../src/operations/note-report.ts'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'
import { openAlerts } from '../../src/repositories/alerts.repository.ts'
import { type Received, startReceiver } from '../fixtures/receiver.ts'
import { operator, startNotifications } from '../fixtures/service.ts'

const channels = { wecom: wecomChannel, dingtalk: dingtalkChannel, feishu: feishuChannel }
const { call, clock, database, deliveryWhen, register, test } = await startNotifications(t, channels)
const db = database.kysely
const isSettled = ({ state }: { state: string }) => state === 'sent' || state === 'failed' || state === 'givenUp'
const WAYS = { channels: ['email'] as const, isSimulated: true }

/** A provider that answers as it does: 200, and in the body what became of it. */
const provider = async (answer: () => object | string) => {
  const { received, url } = await startReceiver(t, (_received, response) => {
    const said = answer()
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(typeof said === 'string' ? said : JSON.stringify(said))
  })
  return { received, url: `${url}/robot/send?key=k1` }
}
const robot = async (kind: EndpointKind, url: string, more: object = {}) =>
  (await register(`${kind} 群`, url, { kind, isPrivateAllowed: true, ...more })).endpoint.id as string
const said = ({ body }: Received) => JSON.parse(body)

t.test('企业微信: Markdown to the address with its key, unsigned', async (t) => {
  const { received, url } = await provider(() => ({ errcode: 0, errmsg: 'ok' }))
  const id = await test(await robot('wecom', url))
  t.match(await deliveryWhen(id, isSettled), {
    ...{ channel: 'wecom', state: 'sent', recipient: 'wecom 群', answer: 'HTTP 200 {"errcode":0,"errmsg":"ok"}' },
    why: '王操作 发起的测试',
  })
  t.match(received[0], {
    method: 'POST',
    path: '/robot/send?key=k1',
    headers: { 'content-type': /^application\/json/ },
  })
  t.match(said(received[0] as Received), { msgtype: 'markdown', markdown: { content: /^\*\*测试消息\*\*\n\n/ } })
})

t.test('钉钉: signed in the address over milliseconds and the secret, with the secret as key', async (t) => {
  const { received, url } = await provider(() => ({ errcode: 0, errmsg: 'ok' }))
  const secret = 'SEC0123456789abcdef'
  t.equal((await deliveryWhen(await test(await robot('dingtalk', url, { secret })), isSettled)).state, 'sent')
  const [one] = received
  const query = new URL(one?.path ?? '', 'http://x').searchParams
  t.equal(query.get('key'), 'k1', 'what stood in the address stays')
  const timestamp = query.get('timestamp') ?? ''
  t.match(timestamp, /^\d{13}$/, 'milliseconds')
  t.equal(query.get('sign'), createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'))
  t.notMatch(one?.path, /sign=[^&]*[+/]/, 'and encoded for an address')
  t.match(said(one as Received), { msgtype: 'markdown', markdown: { title: '测试消息', text: /本群/ } })
  const unsigned = await provider(() => ({ errcode: 0 }))
  await deliveryWhen(await test(await robot('dingtalk', unsigned.url)), isSettled)
  t.equal(unsigned.received[0]?.path, '/robot/send?key=k1', 'without a secret as it is')
})

t.test('飞书: signed in the body, seconds and secret as the key of an empty text', async (t) => {
  const { received, url } = await provider(() => ({
    StatusCode: 0,
    StatusMessage: 'success',
    code: 0,
    data: {},
    msg: 'success',
  }))
  const secret = 'fs-secret'
  t.equal((await deliveryWhen(await test(await robot('feishu', url, { secret })), isSettled)).state, 'sent')
  const body = said(received[0] as Received)
  t.match(body.timestamp, /^\d{10}$/, 'seconds')
  t.equal(body.sign, createHmac('sha256', `${body.timestamp}\n${secret}`).digest('base64'))
  t.match(body, {
    msg_type: 'interactive',
    card: {
      header: { title: { tag: 'plain_text', content: '测试消息' } },
      elements: [{ tag: 'markdown', content: /本群/ }],
    },
  })
})

t.test('what the provider says in its answer decides, whatever the HTTP status', async (t) => {
  const cases: [EndpointKind, object | string, object][] = [
    ['wecom', { errcode: 93_000, errmsg: 'invalid webhook url' }, { state: 'givenUp', answer: /93000/ }],
    ['wecom', { errcode: 45_009, errmsg: 'api freq out of limit' }, { state: 'failed', answer: /45009/ }],
    ['dingtalk', { errcode: 310_000, errmsg: 'sign not match' }, { state: 'givenUp', answer: /sign not match/ }],
    ['dingtalk', { errcode: 130_101, errmsg: 'send too fast' }, { state: 'failed', answer: /send too fast/ }],
    ['feishu', { code: 19_021, msg: 'sign match fail' }, { state: 'givenUp', answer: /19021/ }],
    ['feishu', { code: 11_232, msg: 'frequency limited' }, { state: 'failed', answer: /11232/ }],
    ['feishu', '<html>网关</html>', { state: 'failed', answer: '<html>网关</html>' }],
    ['wecom', '', { state: 'failed', answer: '空答复' }],
  ]
  await Promise.all(
    cases.map(async ([kind, answer, expected]) => {
      const { url } = await provider(() => answer)
      const delivery = await deliveryWhen(await test(await robot(kind, url)), isSettled)
      t.match(delivery, expected, JSON.stringify(answer))
      if (/130101/.test(delivery.answer ?? '')) {
        const waits = Date.parse(delivery.nextAttemptAt ?? '') - Date.now()
        t.ok(waits > 500_000, 'ten minutes, as 钉钉 asks')
      }
    }),
  )
})

t.test('a secret is for the kinds that sign, a unit for robots, business events for webhooks', async (t) => {
  const body = { name: '群', url: 'https://qyapi.weixin.qq.com/send?key=1', regionCode: '410800' }
  for (const [field, more, kind] of [
    ['secret', { secret: 'x' }, 'wecom'],
    ['secret', { secret: 'x' }, 'webhook'],
    ['unitId', { unitId: uuidv7() }, 'webhook'],
    ['eventTypes', { eventTypes: ['report.submitted.v1'] }, 'feishu'],
  ] as const)
    t.match(
      await call(operator, routes.createEndpoint, { body: { ...body, kind, ...more } }),
      { status: 400, body: { errors: [{ field }] } },
      `${kind} ${field}`,
    )
  t.match(await call(operator, routes.createEndpoint, { body: { ...body, kind: 'wecom', unitId: uuidv7() } }), {
    ...{ status: 422, body: { code: 'unknown-reference' } },
  })
  const hidden = await register('飞书', 'https://open.feishu.cn/open-apis/bot/v2/hook/token-in-path', {
    kind: 'feishu',
  })
  t.match(hidden, { secret: null, endpoint: { shownUrl: 'https://open.feishu.cn/…' } })
  const { body: listed } = await call(operator, routes.listEndpoints, { query: { kind: 'feishu' } })
  t.notMatch(JSON.stringify(listed), /token-in-path|fs-secret/)
  const params = { id: hidden.endpoint.id }
  t.match(await call(operator, routes.rotateEndpointSecret, { params, body: { keepOldHours: 0 } }), {
    body: { code: 'endpoint-has-no-secret' },
  })
})

t.test('groups hear what a policy tells them: a unit its own, a region all below it, one digest each', async (t) => {
  const [own, other] = [uuidv7(), uuidv7()]
  for (const [id, name] of [
    [own, '一局'],
    [other, '二局'],
  ])
    await sql`insert into units values (${id}, 1, ${name})`.execute(db)
  const spoken = new Map<string, Received[]>()
  const group = async (name: string, kind: ChannelName, more: object) => {
    const { received, url } = await provider(() => ({ errcode: 0, code: 0 }))
    spoken.set(name, received)
    return robot(kind as EndpointKind, url, more)
  }
  const unitRobot = await group('一局', 'dingtalk', { unitId: own })
  await group('二局', 'dingtalk', { unitId: other })
  await group('全市', 'dingtalk', {})
  await group('区', 'dingtalk', { regionCode: '410802' })
  await group('全市企业微信', 'wecom', {})
  const { body: policies } = await call(operator, routes.listPolicies)
  const put = async (wanted: string, names: ChannelName[]) => {
    const policy = policies.items.find(({ id }: { id: string }) => id === wanted)
    const { id, version, at: _at, actorId: _actor, actorName: _name, ...fields } = policy
    const body = { ...fields, channels: names, reason: '工作群接收' }
    return call(operator, routes.putPolicy, { params: { id }, body, headers: { 'if-match': `"${version}"` } })
  }
  for (const id of ['behind-0', 'returned', 'bulletin']) t.equal((await put(id, ['email', 'dingtalk'])).status, 200)
  const [first, second] = [uuidv7(), uuidv7()]
  for (const [id, unit, name, region] of [
    [first, own, '甲桥', '410803'],
    [second, other, '乙路', '410802'],
  ])
    await sql`insert into projects (id, version, name, region_code, unit_id) values (${id}, 1, ${name}, ${region}, ${unit})`.execute(
      db,
    )
  const fact = (projectId: string) => ({
    ...{
      kind: 'behind-schedule' as const,
      subjectId: projectId,
      projectId,
      period: '2026-11',
      label: '落后 20 个百分点',
    },
    ...{ dueAt: clock.now(), doerId: null, doerUnitId: null },
  })
  await db.transaction().execute((trx) => openAlerts(trx, [fact(first), fact(second)], clock.now()))
  await sweepDeadlines(db, WAYS, clock.now())
  const texts = (name: string) => (spoken.get(name) ?? []).map((one) => said(one).markdown.text as string)
  const deliveries = async () =>
    (await call(operator, routes.listDeliveries, { query: { channel: 'dingtalk', endpointId: unitRobot } })).body.items
  const [digest] = await deliveries()
  t.match(await deliveryWhen(digest.id, isSettled), {
    ...{ state: 'sent', recipient: 'dingtalk 群', why: '本群接收本单位重点项目的通知' },
    title: '项目预警：进度滞后 1 项（2026-11）',
  })
  const { body: all } = await call(operator, routes.listDeliveries, { query: { channel: 'dingtalk', limit: '200' } })
  for (const { id, title } of all.items) if (/进度滞后/.test(title)) await deliveryWhen(id, isSettled)
  t.same(texts('一局').length, 1)
  t.match(texts('一局')[0], /甲桥（一局）落后 20 个百分点/)
  t.notMatch(texts('一局')[0], /乙路/)
  t.match(texts('二局'), [/乙路/])
  t.match(texts('全市'), [/甲桥.*乙路|乙路.*甲桥/s], 'one digest for both')
  t.match(texts('区'), [/乙路/])
  t.notMatch(texts('区')[0], /甲桥/)
  t.same(spoken.get('全市企业微信'), [], 'the policy does not name that channel')
  await sweepDeadlines(db, WAYS, clock.now())
  t.equal((await deliveries()).length, 1, 'once')

  const report = { obligationId: uuidv7(), projectId: first, unitId: own, period: '2026-11', revision: 1 }
  const [dueAt, returnedAt] = ['2026-12-07T10:00:00.000Z', clock.now().toISOString()]
  const reasons = [{ field: 'visualProgress', reason: '写明部位' }]
  const returned = { ...report, dueAt, returnedAt, reasons }
  const bulletin = { period: '2026-11', number: 11, title: '关于…的通报', publishedAt: returnedAt, isSimulated: false }
  await db.transaction().execute(async (trx) => {
    await noteReturn(trx, returned, WAYS, clock.now())
    await announceBulletin(trx, bulletin, WAYS, clock.now())
  })
  const later = await deliveries()
  t.same(later.map(({ title }: { title: string }) => title).sort(), [
    '月报被退回：甲桥（2026-11）',
    '第 11 期月通报已发布',
    '项目预警：进度滞后 1 项（2026-11）',
  ])
  const { rows } = await sql`select from messages m left join people p on p.id = m.person_id
    where m.person_id is null and jsonb_path_exists(m.grounds, '$[*].role ? (@ != "group")')`.execute(db)
  t.same(rows, [], 'a group knows why it hears: as a group')
})
