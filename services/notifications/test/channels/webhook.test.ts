import { lookup } from 'node:dns/promises'
import { actorOf } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { type Received, startReceiver } from '../fixtures/receiver.ts'
import { operator, startNotifications } from '../fixtures/service.ts'

const { call, deliveryWhen, register, test, database } = await startNotifications(t)
const PRIVATE = { isPrivateAllowed: true }
const verify = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)
const isSettled = ({ state }: { state: string }) => state === 'sent' || state === 'failed' || state === 'givenUp'

t.test('the published library verifies what a webhook is sent, and finds a CloudEvent in it', async (t) => {
  const { received, url } = await startReceiver(t)
  const { endpoint, secret } = await register('数据平台', `${url}/hook?key=1`, PRIVATE)
  const id = await test(endpoint.id)
  t.match(await deliveryWhen(id, isSettled), { state: 'sent', recipient: '数据平台', answer: 'HTTP 204', attempts: 1 })
  const [one] = received
  if (one === undefined) throw new Error('nothing came')
  t.match(one, { method: 'POST', path: '/hook?key=1', headers: { 'content-type': /^application\/cloudevents\+json/ } })
  t.match(verify(secret, one), { specversion: '1.0', id, type: 'endpoint.tested.v1', source: '/tiaodu' })
  t.equal(one.headers['webhook-id'], id)
  t.throws(() => verify(secret, { ...one, body: one.body.replace('tested', 'forged') }), 'a changed body')
  const other = `whsec_${Buffer.alloc(32).toString('base64')}`
  t.throws(() => verify(other, one), 'another secret')
})

t.test('two secrets are valid for a while after a rotation, then only the new one', async (t) => {
  const { received, url } = await startReceiver(t)
  const { endpoint, secret: old } = await register('轮换', url, PRIVATE)
  const params = { id: endpoint.id }
  const { body } = await call(operator, routes.rotateEndpointSecret, { params, body: { keepOldHours: 24 } })
  t.not(body.secret, old)
  t.ok(body.endpoint.oldSecretUntil)
  await deliveryWhen(await test(endpoint.id), isSettled)
  const [both] = received
  t.ok(both && verify(old, both) && verify(body.secret, both), 'whichever the receiver has')
  const again = await call(operator, routes.rotateEndpointSecret, { params, body: { keepOldHours: 0 } })
  await deliveryWhen(await test(endpoint.id), isSettled)
  const after = received[1]
  t.ok(after && verify(again.body.secret, after))
  t.throws(() => after && verify(body.secret, after))
})

t.test('secrets and queries are told once and lie sealed', async (t) => {
  const { endpoint, secret } = await register('保密', 'https://example.com/hook?token=very-secret')
  t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  t.equal(endpoint.shownUrl, 'https://example.com/hook')
  const { body } = await call(operator, routes.listEndpoints, { query: { limit: '200' } })
  t.notMatch(JSON.stringify(body), /very-secret|whsec_/)
  const { rows } = await sql<{ text: string }>`select row_to_json(e)::text as text from endpoints e`.execute(
    database.kysely,
  )
  for (const { text } of rows) t.notMatch(text, /very-secret|whsec_/)
})

t.test('addresses inside are refused, redirects not followed, long answers cut; nobody else waits', async (t) => {
  const quick = await startReceiver(t)
  const inside = await startReceiver(t)
  const slow = await startReceiver(t, () => {})
  const port = new URL(inside.url).port
  const redirecting = await startReceiver(t, (_received, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end(),
  )
  const long = await startReceiver(t, (_received, response) =>
    response.writeHead(200).end(Buffer.alloc(10_000_000, 'x')),
  )
  t.match(await lookup('localhost'), { address: /^(127\.0\.0\.1|::1)$/ }, 'a name that leads inside')

  const cases: [string, string, object, object][] = [
    ['metadata', 'http://169.254.169.254/latest', {}, { state: 'givenUp', answer: /169\.254\.169\.254.*内网/ }],
    ['written otherwise', 'http://0xA9FEA9FE/', {}, { state: 'givenUp', answer: /169\.254\.169\.254/ }],
    ['loopback by name', `http://localhost:${port}/`, {}, { state: 'givenUp', answer: /localhost 解析为/ }],
    ['IPv6', `http://[::1]:${port}/`, {}, { state: 'givenUp', answer: /::1/ }],
    ['IPv4 in IPv6', `http://[::ffff:127.0.0.1]:${port}/`, {}, { state: 'givenUp', answer: /内网/ }],
    ['redirect', redirecting.url, PRIVATE, { state: 'failed', answer: /HTTP 302 .*不跟随/ }],
    ['10 MB', long.url, PRIVATE, { state: 'sent', answer: /已截断|…$/ }],
  ]
  const stuck = await register('慢', slow.url, PRIVATE)
  const slowId = await test(stuck.endpoint.id)
  for (const [name, url, more, expected] of cases) {
    const { endpoint } = await register(name, url, more)
    const delivery = await deliveryWhen(await test(endpoint.id), isSettled)
    t.match(delivery, expected, name)
    t.ok((delivery.answer ?? '').length <= 1_001, `${name}: the answer is cut`)
  }
  const { endpoint } = await register('快', quick.url, PRIVATE)
  await deliveryWhen(await test(endpoint.id), ({ state }) => state === 'sent')
  t.match(await deliveryWhen(slowId, () => true), { state: 'sending' }, 'the slow one is still being sent')
  t.same(inside.received, [], 'nothing got inside')
  t.match(await deliveryWhen(slowId, isSettled), { state: 'failed', answer: /15 秒内没有答复/ })
})

t.test('410 disables an endpoint and gives up what waits for it, until an operator wants it again', async (t) => {
  let status = 500
  const { received, url } = await startReceiver(t, (_received, response) => response.writeHead(status).end('no'))
  const { endpoint } = await register('已下线', url, PRIVATE)
  const params = { id: endpoint.id }
  const failed = await test(endpoint.id)
  t.match(await deliveryWhen(failed, isSettled), { state: 'failed', answer: 'HTTP 500 no', attempts: 1 })
  status = 410
  const last = await test(endpoint.id)
  t.match(await deliveryWhen(last, isSettled), { state: 'givenUp', answer: 'HTTP 410 no' })
  t.match(await deliveryWhen(failed, ({ state }) => state === 'givenUp'), { answer: 'HTTP 410 no' })
  const listed = async () =>
    (await call(operator, routes.listEndpoints)).body.items.find(({ id }: { id: string }) => id === endpoint.id)
  t.match(await listed(), { state: 'disabled', disabledBecause: 'HTTP 410 no', lastAnswer: 'HTTP 410 no' })
  t.match(await call(operator, routes.testEndpoint, { params }), { status: 409, body: { code: 'endpoint-disabled' } })
  t.match(await call(operator, routes.replayDelivery, { params: { id: last } }), {
    body: { code: 'endpoint-disabled' },
  })

  status = 200
  await call(operator, routes.updateEndpoint, { params, body: { state: 'active' } })
  const since = '2026-01-01T00:00:00.000Z'
  t.match(await call(operator, routes.replayEndpoint, { params, body: { since } }), {
    status: 202,
    body: { replayed: 2 },
  })
  for (const id of [failed, last]) t.match(await deliveryWhen(id, isSettled), { state: 'sent', attempts: 1 })
  t.match(await call(operator, routes.replayDelivery, { params: { id: last } }), {
    body: { code: 'delivery-not-given-up' },
  })
  const ids = received.map(({ headers }) => headers['webhook-id'])
  t.equal(new Set(ids).size, 2, 'a replay has the id of the first attempt')
})

t.test('what a killed worker had claimed is sent again with the same id', async (t) => {
  const { received, url } = await startReceiver(t)
  const { endpoint } = await register('中断', url, PRIVATE)
  const id = await test(endpoint.id)
  await deliveryWhen(id, isSettled)
  await sql`update deliveries set state = 'sending', sent_at = null where id = ${id}`.execute(database.kysely)
  t.match(await deliveryWhen(id, isSettled), { state: 'sent', attempts: 2 })
  t.same(
    received.map(({ headers }) => headers['webhook-id']),
    [id, id],
  )
})

t.test('operators manage the endpoints of their region and nobody else does', async (t) => {
  const { endpoint } = await register('区县', 'https://example.com/', { regionCode: '410811' })
  const district = actorOf('operator', { regionCode: '410802' })
  const params = { id: endpoint.id }
  t.equal((await call(district, routes.updateEndpoint, { params, body: { name: '改' } })).status, 404)
  t.equal((await call(district, routes.testEndpoint, { params })).status, 404)
  const body = { kind: 'webhook', name: '越界', url: 'https://example.com/', regionCode: '410800' }
  t.match(await call(district, routes.createEndpoint, { body }), { status: 403, body: { code: 'outside-scope' } })
  t.equal((await call(actorOf('supervisor'), routes.listEndpoints)).status, 403)
  for (const url of [
    'ftp://example.com',
    'https://u:p@example.com',
    'example',
    'https://example.com/#x',
    'file:///etc',
  ])
    t.match(
      await call(operator, routes.createEndpoint, { body: { ...body, url } }),
      { status: 400, body: { errors: [{ field: 'url' }] } },
      url,
    )
  const headers = { 'if-match': '"7"' }
  t.equal((await call(operator, routes.updateEndpoint, { params, body: { name: '改' }, headers })).status, 412)
  t.match(
    await call(operator, routes.updateEndpoint, { params, body: { name: '改' }, headers: { 'if-match': '"1"' } }),
    {
      body: { name: '改', version: 2 },
    },
  )
})
