import { actorOf, waitFor } from '@tiaodu/testing'
import { type Delivery, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { smsChannel } from '../../src/channels/sms.channel.ts'
import type { Preference } from '../../src/domain/channel-choice.ts'
import { insertMessages } from '../../src/repositories/messages.repository.ts'
import { savePreference } from '../../src/repositories/preferences.repository.ts'
import { type Received, startReceiver } from '../fixtures/receiver.ts'
import { operator, startNotifications } from '../fixtures/service.ts'

const { call, clock, database, deliveryWhen, register, test } = await startNotifications(t, { sms: smsChannel })
const db = database.kysely
// Sees the deliveries of every region.
const nation = actorOf('operator', { regionCode: '100000' })
const isSettled = ({ state }: { state: string }) => state === 'sent' || state === 'failed' || state === 'givenUp'
const WAYS = { channels: ['email', 'sms'] as const, isSimulated: false }

const JSON_REQUEST = {
  method: 'POST',
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Authorization', value: 'APPCODE very-secret' },
    { name: 'Idempotency-Key', value: '{{id}}' },
  ],
  body: '{"to":"{{mobile}}","params":["{{text}}"],"outId":"{{id}}"}',
  success: '"code":"OK"',
  testMobile: '13800000000',
}
const gateway = async (name: string, url: string, request: object = {}, more: object = {}) => {
  const fields = { kind: 'sms', isPrivateAllowed: true, request: { ...JSON_REQUEST, ...request }, ...more }
  return (await register(name, url, fields)).endpoint.id as string
}
const disable = (id: string) => call(operator, routes.updateEndpoint, { params: { id }, body: { state: 'disabled' } })

const someone = async (mobile: string | null, regionCode = '410800', wants?: Partial<Preference>) => {
  const id = uuidv7()
  await sql`insert into people (id, version, name, unit_id, role, region_code, email, mobile)
    values (${id}, 1, '甲', ${uuidv7()}, 'filer', ${regionCode}, null, ${mobile})`.execute(db)
  const preference: Preference = { kind: 'reminder', channels: ['sms'], digestTime: null, quietHours: null, ...wants }
  if (wants !== undefined) await savePreference(db, id, preference, clock.now())
  return id
}
/** Tells somebody something by e-mail and text message. @returns its deliveries */
const tell = async (personId: string, title = '填报提醒：1 个项目待上报'): Promise<Delivery[]> => {
  const wording = {
    ...{ kind: 'reminder' as const, title, body: '正文', period: null, projectIds: [] },
    ...{ why: '您是上述项目的填报人', grounds: [] },
  }
  const sending = { channels: ['email', 'sms'] as const, quietHours: null, isDigest: false }
  await db.transaction().execute((trx) => insertMessages(trx, [{ personId, wording, sending }], WAYS, clock.now()))
  return (await call(nation, routes.listDeliveries, { query: { personId } })).body.items
}

t.test('a message goes out as the gateway wants it; its row tells the person, the answer and why', async (t) => {
  const { received, url } = await startReceiver(t, (_one, response) =>
    response.writeHead(200).end('{"code":"OK","id":7}'),
  )
  const id = await gateway('短信平台', `${url}/send`)
  const [delivery] = await tell(await someone('13912345678'), '“九渡水库”\n逾期未报')
  t.match(await deliveryWhen(delivery?.id ?? '', isSettled), {
    ...{ channel: 'sms', state: 'sent', recipient: '甲', why: '您是上述项目的填报人' },
    answer: 'HTTP 200 {"code":"OK","id":7}',
  })
  const [one] = received
  const headers = { authorization: 'APPCODE very-secret', 'idempotency-key': delivery?.id }
  t.match(one, { method: 'POST', path: '/send', headers })
  t.same(JSON.parse(one?.body ?? ''), { to: '13912345678', params: ['“九渡水库”\n逾期未报'], outId: delivery?.id })
  const { rows } = await sql<{ text: string }>`select row_to_json(e)::text as text from endpoints e`.execute(db)
  for (const { text } of rows) t.notMatch(text, /very-secret|13800000000/)
  const testId = await test(id)
  t.match(await deliveryWhen(testId, isSettled), { state: 'sent', why: '王操作 发起的测试' })
  t.match(JSON.parse(received[1]?.body ?? ''), { to: '13800000000', params: ['调度系统测试短信'] })
  await disable(id)
})

t.test('every kind of body is filled in so that nothing escapes from it', async (t) => {
  const { received, url } = await startReceiver(t, (_one, response) => response.writeHead(200).end('0'))
  const title = `a"b&c<d>=中`
  const send = async (request: object, path = '/'): Promise<Received | undefined> => {
    const before = received.length
    const id = await gateway('样式', `${url}${path}`, { success: null, ...request })
    const [delivery] = await tell(await someone('13912345678'), title)
    await deliveryWhen(delivery?.id ?? '', isSettled)
    await disable(id)
    return received[before]
  }
  const typed = (value: string) => [{ name: 'content-type', value }]
  const form = await send({ headers: typed('application/x-www-form-urlencoded'), body: 'm={{mobile}}&t={{text}}' })
  t.equal(new URLSearchParams(form?.body).get('t'), title)
  const xml = await send({ headers: typed('text/xml; charset=utf-8'), body: '<sms><t>{{text}}</t></sms>' })
  t.equal(xml?.body, '<sms><t>a&#34;b&#38;c&#60;d&#62;=中</t></sms>')
  const get = await send({ method: 'GET', headers: [], body: null }, '/send?m={{mobile}}&t={{text}}')
  t.equal(get?.method, 'GET')
  t.equal(new URL(get?.path ?? '', url).searchParams.get('t'), title)
  const header = await send({ headers: [{ name: 'X-Text', value: '{{text}}' }], body: null })
  t.equal(decodeURIComponent(String(header?.headers['x-text'])), title)
})

t.test('an answer without the word of success is no success, and a long title is cut', async (t) => {
  const { received, url } = await startReceiver(t, (_one, response) => response.writeHead(200).end('{"code":"LIMIT"}'))
  const id = await gateway('欠费', url)
  const [delivery] = await tell(await someone('13912345678'), '项'.repeat(80))
  const failed = await deliveryWhen(delivery?.id ?? '', isSettled)
  t.match(failed, { state: 'failed', answer: 'HTTP 200 {"code":"LIMIT"}' })
  t.ok(failed.nextAttemptAt)
  t.equal(JSON.parse(received[0]?.body ?? '').params[0], `${'项'.repeat(69)}…`)
  await waitFor('the same id when it is sent again', async () => received.length > 1, 30_000)
  t.same(new Set(received.map(({ body }) => JSON.parse(body).outId)), new Set([delivery?.id]))
  t.same(new Set(received.map(({ headers }) => headers['idempotency-key'])), new Set([delivery?.id]))
  await disable(id)
})

t.test('the nearest gateway sends it; without a number, a gateway or the wish for it, nobody does', async (t) => {
  const city = await gateway('市', 'https://city.example.com/')
  const district = await gateway('区', 'https://district.example.com/', {}, { regionCode: '410802' })
  const gatewayOf = async (person: string) => (await tell(person)).map(({ endpointId }) => endpointId)
  t.same(await gatewayOf(await someone('13912345678', '410802')), [district])
  t.same(await gatewayOf(await someone('13912345678', '410803')), [city])
  t.same(await gatewayOf(await someone('13912345678', '110000')), [], 'no gateway covers Beijing')
  t.same(await gatewayOf(await someone(null)), [])
  t.same(await gatewayOf(await someone('13912345678', '410800', { channels: ['email'] })), [])
  t.same(await gatewayOf(await someone('13912345678', '410800', { channels: ['sms'] })), [city])
  for (const id of [city, district]) await disable(id)
  t.same(await gatewayOf(await someone('13912345678')), [], 'a gateway that is disabled sends nothing')
})

t.test('what a gateway may be told, and what only a gateway may', async (t) => {
  const body = { name: '网关', url: 'https://sms.example.com/', regionCode: '410800' }
  const headers = [{ name: 'Content-Length', value: '1' }]
  for (const [kind, more, field] of [
    ['sms', {}, 'request'],
    ['sms', { request: { ...JSON_REQUEST, headers } }, 'request.headers.0.name'],
    ['sms', { request: JSON_REQUEST, secret: 'x' }, 'secret'],
    ['webhook', { request: JSON_REQUEST }, 'request'],
  ] as const)
    t.match(
      await call(operator, routes.createEndpoint, { body: { ...body, kind, ...more } }),
      { status: 400, body: { errors: [{ field }] } },
      `${kind} ${field}`,
    )
  const none = await gateway('不能测试', 'https://sms.example.com/', { testMobile: null })
  t.match(await deliveryWhen(await test(none), isSettled), { state: 'givenUp', answer: '没有手机号码' })
})
