import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actorOf, signedIn } from '@tiaodu/testing'
import t from 'tap'
import { startPortal } from '../fixtures/portal.ts'
import { startUpstreams } from '../fixtures/upstreams/index.ts'
import { id } from '../fixtures/upstreams/rows.ts'

const { urls, seen } = await startUpstreams(t)
const built = mkdtempSync(join(tmpdir(), 'tiaodu-page-'))
t.teardown(() => rmSync(built, { recursive: true, force: true }))
mkdirSync(join(built, 'assets'))
writeFileSync(join(built, 'index.html'), '<!doctype html><html lang="zh-CN"><title>Tiaodu</title></html>')
writeFileSync(join(built, 'assets', 'main-abc123.js'), 'export {}')

const { app } = await startPortal(t, urls, { page: { directory: built, isDemo: true } })
const url = await app.listen({ port: 0, host: '127.0.0.1' })
const supervisor = await signedIn(actorOf('supervisor'))
const operator = await signedIn(actorOf('operator'))

t.test(
  'a request reaches the service as it came, without its cookies, and the answer comes back as it is',
  async (t) => {
    const answer = await app.inject({
      url: '/api/v1/projects?limit=3&q=%E5%9F%8E%E5%8C%BA',
      headers: { ...supervisor, cookie: 'tiaodu_session=x; other=y', 'accept-language': 'en' },
    })
    t.match([answer.statusCode, answer.json()], [200, { items: [], nextCursor: null }])
    const { headers, ...rest } = seen.pop() as { headers: Record<string, string> }
    t.same(rest, { query: { limit: 3, q: '城区' }, role: 'supervisor' })
    t.equal(headers.cookie, undefined)
    t.equal(headers['accept-language'], 'en')
  },
)

t.test('If-Match and the body pass, and the problem of the service comes back', async (t) => {
  const answer = await app.inject({
    method: 'PATCH',
    url: `/api/v1/projects/${id(1)}`,
    headers: { ...operator, 'if-match': '"3"' },
    payload: { place: '岸上乡' },
  })
  t.match([answer.statusCode, answer.json()], [412, { code: 'version-mismatch' }])
  t.match(answer.headers['content-type'], 'application/problem+json')
  t.same(seen.pop(), { body: { place: '岸上乡' }, expectedVersion: 3 })
})

t.test('the service validates: bytes that are no JSON, unknown fields, the wrong role', async (t) => {
  const patch = (payload: string, headers = operator) =>
    app.inject({
      method: 'PATCH',
      url: `/api/v1/projects/${id(1)}`,
      headers: { ...headers, 'content-type': 'application/json' },
      payload,
    })
  t.equal((await patch('{"stage": ')).json().code, 'malformed-request')
  t.match((await patch('{"colour": 1}')).json(), { code: 'validation-failed', errors: [{ field: 'colour' }] })
  t.equal((await patch('{"place": "岸上乡"}', supervisor)).json().code, 'role-not-allowed')
  t.same(seen, [])
})

t.test('a body that is too large is refused', async (t) => {
  const answer = await fetch(`${url}/api/v1/projects/${id(1)}`, {
    method: 'PATCH',
    headers: { ...operator, 'content-type': 'application/json' },
    body: JSON.stringify({ note: 'x'.repeat(3 * 1024 * 1024) }),
  })
  t.match([answer.status, await answer.json()], [413, { code: 'body-too-large' }])
})

t.test('without a token nothing is asked of any service', async (t) => {
  const answer = await app.inject({ url: '/api/v1/projects' })
  t.match([answer.statusCode, answer.json()], [401, { code: 'not-signed-in' }])
  t.equal((await app.inject({ url: '/api/v1/projects', headers: { authorization: 'Bearer no' } })).statusCode, 401)
  t.same(seen, [])
})

t.test('what is open to everybody needs no token, and no more than it is', async (t) => {
  const feed = await app.inject({ url: `/api/v1/calendars/${'a'.repeat(43)}.ics` })
  t.match([feed.statusCode, feed.headers['content-type'], feed.body], [200, /^text\/calendar/, 'BEGIN:VCALENDAR'])
  t.equal((await app.inject({ url: '/api/v1/calendar-feed' })).statusCode, 401, 'whose address it is')
})

t.test('an address that no contract names is not found, whatever the service behind would say', async (t) => {
  for (const path of [
    '/api/v1/nothing',
    '/api/v2/projects',
    '/api',
    '/assets/none.js',
    '/robots.txt',
    '/api/v1/projects/%2e%2e%2f%2e%2e%2f%2e%2e%2fmetrics',
  ]) {
    const answer = await app.inject({ url: path, headers: operator })
    t.ok([400, 404].includes(answer.statusCode), `${path} ${answer.statusCode}`)
    t.match(answer.headers['content-type'], 'application/problem+json', path)
  }
  for (const [method, path] of [
    ['DELETE', 'projects'],
    ['PUT', 'projects/imports'],
    ['DELETE', 'project-export'],
  ] as const) {
    const answer = await app.inject({ method, url: `/api/v1/${path}`, headers: operator })
    t.match(answer.json(), { status: 405, code: 'method-not-allowed' }, path)
    t.match(answer.headers.allow, /GET|POST/)
    t.notMatch(answer.headers.allow, method)
  }
})

t.test('a service that is down is unavailable, and /readyz names it', async (t) => {
  const ready = await app.inject({ url: '/readyz' })
  t.same(ready.json().checks, { database: 'ok', projects: 'ok', investment: 'ok', notifications: 'ok' })
  const lame = await startPortal(t, { ...urls, notifications: 'http://127.0.0.1:1' })
  const answer = await lame.app.inject({ url: '/api/v1/alerts', headers: { ...supervisor, 'accept-language': 'en' } })
  t.match([answer.statusCode, answer.json()], [503, { code: 'unavailable', title: /not available/ }])
  const notReady = await lame.app.inject({ url: '/readyz' })
  t.match([notReady.statusCode, notReady.json().checks], [503, { projects: 'ok', notifications: /fetch failed/ }])
  t.equal((await lame.app.inject({ url: '/healthz' })).statusCode, 200)
})

t.test('every address outside the API is the page, and hashed assets are kept for ever', async (t) => {
  for (const path of ['/', '/reports/2026-11']) {
    const answer = await app.inject({ url: path })
    t.match([answer.statusCode, answer.headers['cache-control']], [200, 'no-cache'])
    t.match(answer.body, '<html data-demo="true" lang="zh-CN">')
    t.match(answer.headers['content-security-policy'], /script-src 'self';/)
  }
  const asset = await app.inject({ url: '/assets/main-abc123.js' })
  t.match([asset.statusCode, asset.headers['cache-control']], [200, /max-age=31536000, immutable/])
  const unbuilt = await startPortal(t, urls)
  const missing = await unbuilt.app.inject({ url: '/' })
  t.match([missing.statusCode, missing.body], [503, /npm run build/])
})
