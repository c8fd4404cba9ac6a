import { connect } from 'node:net'
import t from 'tap'
import { actorOf, createTestApp, PROJECT, signedIn } from './fixtures/app.ts'

const { app, calls, log } = createTestApp()
const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
t.teardown(() => app.close())
const operator = await signedIn(actorOf('operator'))
const supervisor = await signedIn(actorOf('supervisor'))

const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/things',
    payload,
    headers: { 'content-type': 'application/json', ...operator, ...headers },
  })
const fieldsOf = (body: string) => (JSON.parse(body).errors ?? []).map(({ field }: { field: string }) => field).sort()

t.test('a body is taken as it is or refused with every field named', async (t) => {
  const cases: [unknown, string[]][] = [
    [{}, ['name', 'yuan']],
    [{ name: '路', yuan: 1, colour: 'red' }, ['colour']],
    [{ name: '路', yuan: '1' }, ['yuan']],
    [{ name: '路', yuan: 1.5 }, ['yuan']],
    [{ name: '路', yuan: -1 }, ['yuan']],
    [{ name: '路', yuan: 10 ** 16 }, ['yuan']],
    [{ name: 7, yuan: true }, ['name', 'yuan']],
    [{ name: '\u202e路', yuan: 1 }, ['name']],
    [{ name: '路'.repeat(21), yuan: 1 }, ['name']],
    [{ name: '路', yuan: 1, parts: [{ yuan: 1 }, { yuan: null }] }, ['parts.1.yuan']],
    [{ name: '路', yuan: 1, parts: [{ yuan: 1, more: 1 }] }, ['parts.0.more']],
  ]
  for (const [body, fields] of cases) {
    const answer = await post(JSON.stringify(body))
    t.equal(answer.statusCode, 400)
    t.match(answer.headers, { 'content-type': /^application\/problem\+json/ })
    t.same(fieldsOf(answer.body), fields, JSON.stringify(body).slice(0, 60))
  }
  t.same(calls.splice(0), [], 'no handler ran')
  const good = await post('{"name":"路","yuan":9999999999999}')
  t.equal(good.statusCode, 201)
  t.same(calls.splice(0), [{ name: '路', yuan: 9_999_999_999_999 }])
})

t.test('what is not JSON in UTF-8 is refused before it is looked at', async (t) => {
  const codes = async (answer: ReturnType<typeof post>) => [(await answer).statusCode, (await answer).json().code]
  t.same(await codes(post('{"name":')), [400, 'malformed-request'])
  t.same(await codes(post('{"__proto__":{"admin":true},"name":"a","yuan":1}')), [400, 'malformed-request'])
  t.same(await codes(post(Buffer.from([0x22, 0xc3, 0x28, 0x22]))), [400, 'malformed-request'])
  t.same(await codes(post('{"name":"a","yuan":1}x')), [400, 'malformed-request'])
  t.same(await codes(post('['.repeat(100_000))), [400, 'malformed-request'])
  for (const body of ['null', '[]', '"a"', '1']) t.same(await codes(post(body)), [400, 'validation-failed'], body)
  t.same(await codes(post('')), [400, 'validation-failed'])
  t.same(await codes(post('name=a', { 'content-type': 'text/plain' })), [415, 'unsupported-media-type'])
  t.same(await codes(post(`"${'a'.repeat(1024 * 1024)}"`)), [413, 'body-too-large'])
  t.same(calls.splice(0), [])
})

t.test('query and path are read strictly', async (t) => {
  const get = (query: string, id = PROJECT) => app.inject({ url: `/api/v1/things/${id}${query}`, headers: supervisor })
  t.equal((await get('?limit=20&isOpen=true')).body, '{"made":"in PostgreSQL"}')
  t.same(calls.splice(0), [{ limit: 20, isOpen: true }])
  const cases: [string, string][] = [
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=1e2', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=1&limit=2', 'limit'],
    ['?isOpen=1', 'isOpen'],
    ['?limit=%EF%BC%91', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=%2B1', 'limit'],
    ['?limit=%201', 'limit'],
    ['?isOpen=TRUE', 'isOpen'],
    ['?colour=red', 'colour'],
    ['?constructor=1', 'constructor'],
    ['?__proto__=1', '__proto__'],
    ['?limit[]=1', 'limit[]'],
  ]
  for (const [query, field] of cases) {
    const answer = await get(query)
    t.equal(answer.statusCode, 400, query)
    t.same(fieldsOf(answer.body), [field])
  }
  t.same(fieldsOf((await get('', 'not-an-id')).body), ['id'])
  t.match((await get('', '%ff')).json(), { status: 400, code: 'malformed-request' })
  t.match((await get('', 'a'.repeat(300))).json(), { status: 414, code: 'uri-too-long' })
  t.same(calls.splice(0), [])
})

t.test('If-Match is a version in quotes', async (t) => {
  const tidy = (version: string) =>
    app.inject({
      method: 'DELETE',
      url: `/api/v1/things/${PROJECT}`,
      headers: { ...operator, 'if-match': version },
    })
  t.match(await tidy('"3"'), { statusCode: 204, body: '' })
  t.match((await tidy('"2"')).json(), { code: 'version-mismatch', status: 412 })
  t.match((await tidy('three')).json(), { code: 'validation-failed', errors: [{ field: 'If-Match' }] })
})

t.test('an address that does not exist, and one that does with another method', async (t) => {
  t.match((await app.inject('/api/v1/nothing')).json(), { status: 404, code: 'not-found' })
  const other = await app.inject({ method: 'PUT', url: `/api/v1/things/${PROJECT}` })
  t.match(other.json(), { status: 405, code: 'method-not-allowed' })
  t.same(other.headers.allow?.split(', ').sort(), ['DELETE', 'GET', 'HEAD'])
  for (const type of ['application/json', 'text/plain']) {
    const headers = { 'content-type': type }
    const sent = await app.inject({ method: 'PUT', url: '/api/v1/things', payload: '{"broken":', headers })
    t.match(sent.json(), { code: 'method-not-allowed' }, `whatever is wrong with a body of ${type}`)
  }
})

t.test('a problem speaks the language of the reader', async (t) => {
  const titleIn = async (language: string) =>
    (await app.inject({ url: '/api/v1/nothing', headers: { 'accept-language': language } })).json().title
  t.equal(await titleIn('en-GB,en;q=0.9'), 'Not found')
  t.equal(await titleIn('zh-CN'), '没有找到')
  t.equal(await titleIn('fr'), '没有找到')
})

t.test('the id of a request is ours, never one that the caller sent', async (t) => {
  const headers = { 'request-id': 'forged', 'x-request-id': 'forged' }
  const ask = async () => (await app.inject({ url: '/api/v1/nothing', headers })).json().instance
  const ids = [await ask(), await ask()]
  for (const id of ids) t.match(id, /^[0-9a-f-]{36}$/)
  t.not(ids[0], ids[1])
})

t.test('what we did not expect is logged with its request id and tells nothing of our inside', async (t) => {
  const answer = await app.inject('/api/v1/failure')
  t.match(answer.json(), { status: 500, code: 'internal-error', instance: /^[0-9a-f-]{36}$/ })
  t.notMatch(answer.body, /hunter2/)
  t.match(log.at(-1), { reqId: answer.json().instance, err: { message: /hunter2/ } })
})

t.test('garbage on the socket gets a problem and harms nobody', async (t) => {
  const send = (bytes: string | Buffer) =>
    new Promise<string>((done, fail) => {
      let text = ''
      const socket = connect(Number(address.port), address.hostname, () => socket.write(bytes))
      socket.on('data', (data) => {
        text += String(data)
      })
      socket.on('close', () => done(text))
      socket.on('error', fail)
    })
  for (const bytes of ['\r\nnonsense\r\n\r\n', Buffer.alloc(200, 0xff), 'GET / HTTP/9.9\r\n\r\n']) {
    const answer = await send(bytes)
    t.match(answer, /^HTTP\/1\.1 400 /)
    t.match(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''), { code: 'malformed-request' })
  }
  t.equal((await fetch(new URL('/healthz', address))).status, 200)
})
