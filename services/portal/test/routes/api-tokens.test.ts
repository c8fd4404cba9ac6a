import { createHash } from 'node:crypto'
import { actorOf, signedIn, testTokens, waitFor } from '@tiaodu/testing'
import { type ApiTokenCalls, addDays, routes, toDateOn } from '@tiaodu/types'
import { pino } from 'pino'
import t from 'tap'
import Schema from 'typebox/schema'
import { createPortalApp } from '../../src/app.ts'
import { startPortal } from '../fixtures/portal.ts'
import { appParts, startUpstreams } from '../fixtures/upstreams/index.ts'
import { id } from '../fixtures/upstreams/rows.ts'

const lines: string[] = []
const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
const { urls, seen } = await startUpstreams(t)
const { app, database } = await startPortal(t, urls, { logger })
const operator = await signedIn(actorOf('operator', { name: '钱管理' }))
const today = toDateOn(new Date())

const make = (fields: Record<string, unknown> = {}, headers: Record<string, string> = operator) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/api-tokens',
    headers: { 'accept-language': 'en', ...headers },
    payload: { name: '市数据中台', regionCode: '410800', ...fields },
  })
const made = async (fields: Record<string, unknown> = {}) => (await make(fields)).json()
const list = async (headers = operator) => (await app.inject({ url: '/api/v1/api-tokens', headers })).json()
const revoke = (tokenId: string, headers = operator) =>
  app.inject({ method: 'POST', url: `/api/v1/api-tokens/${tokenId}/revoke`, headers })
const as = (secret: string) => ({ authorization: `Bearer ${secret}` })
const call = (secret: string, url = '/api/v1/projects') => app.inject({ url, headers: as(secret) })

t.test('an operator makes a token that reads, for half a year unless told otherwise', async (t) => {
  const answer = await make()
  t.equal(answer.statusCode, 201)
  t.ok(Schema.Compile(routes.createApiToken.schema.response[201]).Check(answer.json()))
  const { token, secret } = answer.json()
  t.match(token, { name: '市数据中台', regionCode: '410800', access: 'read', state: 'active', createdBy: '钱管理' })
  t.match(token, { expiresOn: addDays(today, 180), lastUsedAt: null, revokedAt: null, revokedByName: null })
  t.ok(secret.startsWith(token.prefix) && secret.length > token.prefix.length + 30)
})

t.test('the secret is told once, and only its hash is kept', async (t) => {
  const { secret } = await made()
  t.notMatch(JSON.stringify(await list()), secret)
  const { rows } = await database.pool.query('select * from api_tokens')
  t.notMatch(JSON.stringify(rows), secret.slice(12))
  const hash = createHash('sha256').update(secret).digest('hex')
  t.ok(rows.some(({ secret_hash }) => secret_hash.toString('hex') === hash))
  t.ok(
    lines.every((line) => !line.includes(secret.slice(12))),
    'nor does the log know it',
  )
})

t.test('bad input names the field, and makes nothing', async (t) => {
  const before = (await list()).items.length
  const refused = async (fields: Record<string, unknown>, status: number, code: string, field: string) => {
    const answer = await make(fields)
    t.match([answer.statusCode, answer.json()], [status, { code, errors: [{ field }] }], field)
  }
  await refused({ name: '' }, 400, 'validation-failed', 'name')
  await refused({ name: '市'.repeat(61) }, 400, 'validation-failed', 'name')
  await refused({ name: 'a\u200bb' }, 400, 'validation-failed', 'name')
  await refused({ regionCode: '4108' }, 400, 'validation-failed', 'regionCode')
  await refused({ access: 'write' }, 400, 'validation-failed', 'access')
  await refused({ expiresOn: '2026-02-30' }, 400, 'validation-failed', 'expiresOn')
  await refused({ expiresOn: addDays(today, -1) }, 400, 'validation-failed', 'expiresOn')
  await refused({ expiresOn: addDays(today, 367) }, 400, 'validation-failed', 'expiresOn')
  await refused({ secret: 'mine' }, 400, 'validation-failed', 'secret')
  await refused({ regionCode: '410700' }, 403, 'outside-scope', 'regionCode')
  await refused({ regionCode: '410899' }, 422, 'unknown-reference', 'regionCode')
  t.equal((await list()).items.length, before)
})

t.test('tokens are for operators, each within reach', async (t) => {
  const { token } = await made()
  for (const role of ['supervisor', 'filer', 'service', 'integrator', 'contributor'] as const) {
    const headers = await signedIn(actorOf(role))
    t.equal((await make({}, headers)).json().code, 'role-not-allowed', role)
    t.equal((await revoke(token.id, headers)).json().code, 'role-not-allowed', role)
    t.equal((await list(headers)).code, 'role-not-allowed', role)
  }
  const elsewhere = await signedIn(actorOf('operator', { regionCode: '410700' }))
  t.same((await list(elsewhere)).items, [])
  t.match((await revoke(token.id, elsewhere)).json(), { code: 'not-found', errors: [{ field: 'id' }] })
})

t.test('the list is paged, newest first', async (t) => {
  const { token } = await made({ name: '最新' })
  const first = await app.inject({ url: '/api/v1/api-tokens?limit=1', headers: operator })
  t.ok(Schema.Compile(routes.listApiTokens.schema.response[200]).Check(first.json()))
  t.match(first.json().items, [{ id: token.id }])
  const next = await app.inject({
    url: `/api/v1/api-tokens?limit=1&cursor=${first.json().nextCursor}`,
    headers: operator,
  })
  t.equal(next.json().items.length, 1)
  t.not(next.json().items[0].id, token.id)
})

t.test('a call with it reaches the service as that system, of that region', async (t) => {
  const { token, secret } = await made({ regionCode: '410802' })
  seen.length = 0
  const answer = await call(secret, '/api/v1/projects?limit=2')
  t.equal(answer.statusCode, 200)
  const { headers, ...rest } = seen.pop() as { headers: Record<string, string> }
  t.match(rest, { query: { limit: 2 }, role: 'integrator' })
  const claims = await testTokens.verify(headers.authorization?.replace('Bearer ', '') ?? '')
  t.match(claims, {
    sessionId: null,
    actor: { personId: null, regionCode: '410802', name: `市数据中台（接口 ${token.prefix}）` },
  })
  t.ok((claims?.expiresAt ?? 0) - Date.now() / 1000 <= 120, 'the word to the service is for this call')
  const current = await call(secret, '/api/v1/sessions/current')
  t.match(current.json(), { actor: { role: 'integrator', regionCode: '410802' } })
  t.equal(
    (await app.inject({ url: '/api/v1/projects', headers: { cookie: `tiaodu_session=${secret}` } })).statusCode,
    401,
  )
})

const callsOf = async (tokenId: string, query = '') =>
  (await app.inject({ url: `/api/v1/api-tokens/${tokenId}/calls${query}`, headers: operator })).json()

/** The counts of a token once so many calls are in them; they are written every few seconds. */
const counted = (tokenId: string, calls: number) =>
  waitFor('the counts', async () => {
    const { items } = await callsOf(tokenId)
    const sum = items.reduce((all: number, one: ApiTokenCalls) => all + one.answered + one.refused, 0)
    return sum === calls && (items as ApiTokenCalls[])
  })

t.test('each call is in the log, under the request that the service was told', async (t) => {
  const { token, secret } = await made()
  seen.length = 0
  await call(secret)
  const { headers } = seen.pop() as { headers: Record<string, string> }
  const told = lines.map((line) => JSON.parse(line)).filter(({ tokenId }) => tokenId === token.id)
  const which = { prefix: token.prefix, method: 'GET', route: '/api/v1/projects' }
  t.match(told, [{ ...which, statusCode: 200, reqId: headers['x-request-id'] }])
})

t.test('what each token did is counted by day and route, refused calls too', async (t) => {
  const { token, secret } = await made()
  for (let n = 0; n < 3; n++) await call(secret, `/api/v1/projects?limit=${n + 1}`)
  await call(secret, '/api/v1/inbox')
  const items = await counted(token.id, 4)
  t.match(items, [
    { calledOn: today, method: 'GET', route: '/api/v1/inbox', answered: 0, refused: 1 },
    { calledOn: today, method: 'GET', route: '/api/v1/projects', answered: 3, refused: 0 },
  ])
  const { lastUsedAt } = (await list()).items.find((one: { id: string }) => one.id === token.id)
  t.equal(
    lastUsedAt,
    items
      .map(({ lastAt }) => lastAt)
      .sort()
      .at(-1),
  )
  const first = await callsOf(token.id, '?limit=1')
  t.ok(Schema.Compile(routes.listApiTokenCalls.schema.response[200]).Check(first))
  t.same((await callsOf(token.id, `?limit=1&cursor=${first.nextCursor}`)).items, [items[1]])
  const elsewhere = await signedIn(actorOf('operator', { regionCode: '410700' }))
  const hidden = await app.inject({ url: `/api/v1/api-tokens/${token.id}/calls`, headers: elsewhere })
  t.equal(hidden.json().code, 'not-found')
})

t.test('what was counted is written when the portal ends, and a second portal adds to it', async (t) => {
  const { token, secret } = await made()
  await call(secret)
  const other = await createPortalApp(
    { ...appParts, upstreams: urls, page: { directory: '/nowhere', isDemo: false } },
    database,
  )
  await other.inject({ url: '/api/v1/projects', headers: as(secret) })
  await other.close()
  t.match(await counted(token.id, 2), [{ answered: 2, refused: 0 }])
})

t.test('a revoked token is refused from the next call on, and says so', async (t) => {
  const { token, secret } = await made()
  t.equal((await call(secret)).statusCode, 200)
  const answer = await revoke(token.id)
  t.ok(Schema.Compile(routes.revokeApiToken.schema.response[200]).Check(answer.json()))
  t.match(answer.json(), { id: token.id, state: 'revoked', revokedByName: '钱管理' })
  const refused = await call(secret)
  t.match([refused.statusCode, refused.json()], [401, { code: 'token-revoked' }])
  t.match(refused.headers['content-type'], 'application/problem+json')
  t.match(await counted(token.id, 2), [{ answered: 1, refused: 1 }], 'who still tries it shows')
  const again = await revoke(token.id, await signedIn(actorOf('operator', { name: '另一个' })))
  const { revokedAt, revokedByName } = answer.json()
  t.match(again.json(), { revokedAt, revokedByName }, 'the first time stays')
})

t.test('an expired token is refused, and says until when it worked', async (t) => {
  const { token, secret } = await made({ expiresOn: today })
  t.equal((await call(secret)).statusCode, 200, 'the whole of its last day it works')
  await database.pool.query('update api_tokens set expires_on = $2 where id = $1', [token.id, addDays(today, -1)])
  const refused = await call(secret)
  t.match([refused.statusCode, refused.json()], [401, { code: 'token-expired' }])
  t.match(
    (await list()).items.find((one: { id: string }) => one.id === token.id),
    { state: 'expired' },
  )
})

t.test('a secret that is nobody’s says nothing of why', async (t) => {
  const { secret } = await made()
  const guessed = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'E' : 'A'}`
  for (const text of [guessed, secret.slice(0, 12), secret.toUpperCase(), `${secret} `.repeat(2)]) {
    const answer = await call(text)
    t.match([answer.statusCode, answer.json().code], [401, 'not-signed-in'])
  }
})

t.test('a token that reads cannot write; one that keeps projects writes in its region alone', async (t) => {
  const patch = (secret: string) =>
    app.inject({ method: 'PATCH', url: `/api/v1/projects/${id(1)}`, headers: as(secret), payload: { place: '岸上乡' } })
  const reads = await made({ regionCode: '410802' })
  t.match((await patch(reads.secret)).json(), { status: 403, code: 'role-not-allowed' })
  const keeps = await made({ regionCode: '410802', access: 'keep' })
  seen.length = 0
  t.equal((await patch(keeps.secret)).json().code, 'version-mismatch', 'the service behind was reached')
  t.equal(seen.length, 1)
  const elsewhere = await made({ regionCode: '410803', access: 'keep' })
  t.match((await patch(elsewhere.secret)).json(), { status: 403, code: 'outside-scope' })
  t.equal(seen.length, 1)
})

t.test('what is somebody’s own is not for tokens', async (t) => {
  const { secret } = await made({ access: 'keep' })
  for (const path of ['inbox', 'deliveries', 'api-tokens'])
    t.equal((await call(secret, `/api/v1/${path}`)).json().code, 'role-not-allowed', path)
  const out = await app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers: as(secret) })
  t.equal(out.json().code, 'role-not-allowed')
})

t.test('without the library no token is made, and the answer says why', async (t) => {
  const alone = await startPortal(t, { ...urls, projects: 'http://127.0.0.1:1' })
  const answer = await alone.app.inject({
    method: 'POST',
    url: '/api/v1/api-tokens',
    headers: operator,
    payload: { name: '市数据中台', regionCode: '410800' },
  })
  t.match([answer.statusCode, answer.json()], [503, { code: 'unavailable' }])
})
