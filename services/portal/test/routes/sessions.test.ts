import { actorOf, signedIn } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import t from 'tap'
import Schema from 'typebox/schema'
import { startPortal } from '../fixtures/portal.ts'
import { startUpstreams } from '../fixtures/upstreams/index.ts'
import { id, LEFT, PEOPLE } from '../fixtures/upstreams/rows.ts'

const PASSWORD = 'a long enough password'
const { urls } = await startUpstreams(t)
const { app, database } = await startPortal(t, urls)
const service = await signedIn(actorOf('service'))

const createAccount = (fields: Record<string, unknown>, headers = service) =>
  app.inject({ method: 'POST', url: '/api/v1/accounts', headers, payload: fields })
const signIn = (username: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { username, password }, headers })
const whoAmI = (headers: Record<string, string>) => app.inject({ url: '/api/v1/sessions/current', headers })

t.test('an operator or a service gives people their accounts', async (t) => {
  for (const role of ['filer', 'supervisor', 'operator'] as const) {
    const answer = await createAccount({ personId: PEOPLE[role].id, username: role, password: PASSWORD })
    t.equal(answer.statusCode, 201)
    t.ok(Schema.Compile(routes.createAccount.schema.response[201]).Check(answer.json()))
    t.same(answer.json(), { personId: PEOPLE[role].id, username: role, role })
  }
})

t.test('an account needs a person of the library, who has none yet, and a name that is free', async (t) => {
  const refused = async (fields: Record<string, unknown>, status: number, code: string, field: string) => {
    const answer = await createAccount({ personId: PEOPLE.head.id, username: 'head', password: PASSWORD, ...fields })
    t.match([answer.statusCode, answer.json()], [status, { code, errors: [{ field }] }])
  }
  await refused({ personId: id(999) }, 422, 'unknown-reference', 'personId')
  await refused({ username: 'filer' }, 409, 'already-exists', 'username')
  await refused({ personId: PEOPLE.filer.id }, 409, 'already-exists', 'personId')
  await refused({ password: 'short' }, 400, 'validation-failed', 'password')
  await refused({ username: 'No Spaces' }, 400, 'validation-failed', 'username')
  const byFiler = await createAccount({}, await signedIn(actorOf('filer')))
  t.equal(byFiler.json().code, 'role-not-allowed')
})

t.test('the right password opens a session as the person is in the library now', async (t) => {
  const answer = await signIn('filer')
  t.equal(answer.statusCode, 201)
  t.ok(Schema.Compile(routes.createSession.schema.response[201]).Check(answer.json()))
  const { token, actor, expiresAt } = answer.json()
  t.match(actor, { personId: PEOPLE.filer.id, name: PEOPLE.filer.name, role: 'filer', regionCode: '410802' })
  t.equal(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000), 12)
  const current = await whoAmI({ authorization: `Bearer ${token}` })
  t.same(current.json(), { actor })
  t.ok(Schema.Compile(routes.getCurrentSession.schema.response[200]).Check(current.json()))
})

t.test('passwords are kept as argon2id hashes only', async (t) => {
  const { rows } = await database.pool.query('select password_hash from accounts')
  t.ok(rows.every(({ password_hash }) => /^\$argon2id\$.*m=19456,t=2/.test(password_hash)))
})

t.test('a wrong password and an unknown name look the same', async (t) => {
  const [wrong, unknown] = [await signIn('filer', 'not it'), await signIn('nobody', 'not it')]
  t.equal(wrong.statusCode, 401)
  t.match(wrong.headers['content-type'], 'application/problem+json')
  const { instance: _one, ...said } = wrong.json()
  const { instance: _other, ...saidToo } = unknown.json()
  t.same(said, saidToo)
  t.equal(said.code, 'wrong-credentials')
  t.notOk(wrong.headers['set-cookie'])
})

t.test('a person who left, or whom the library does not know, cannot sign in nor be given an account', async (t) => {
  for (const [username, personId] of [
    ['gone', id(998)],
    ['left', LEFT.id],
  ] as const) {
    const answer = await createAccount({ personId, username, password: PASSWORD })
    t.equal(answer.json().code, 'unknown-reference')
    await database.pool.query(
      `insert into accounts select $1, $2, password_hash, created_at from accounts where username = 'filer'`,
      [personId, username],
    )
    t.equal((await signIn(username)).json().code, 'wrong-credentials')
  }
})

t.test('a browser gets a cookie that scripts cannot read, and is signed in by it', async (t) => {
  const answer = await signIn('supervisor')
  const cookie = String(answer.headers['set-cookie'])
  for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) t.match(cookie, part)
  t.notMatch(cookie, /Secure/)
  const [pair = ''] = cookie.split(';')
  t.equal((await whoAmI({ cookie: pair })).json().actor.role, 'supervisor')
  t.equal((await whoAmI({ cookie: 'tiaodu_session=forged' })).statusCode, 401)
  const again = await signIn('supervisor', PASSWORD, { cookie: 'tiaodu_session=stale' })
  t.equal(again.statusCode, 201, 'a stale cookie does not keep anybody from signing in')
})

t.test('the cookie is Secure when a trusted proxy took https', async (t) => {
  const behind = await startPortal(t, urls, { trustProxy: ['127.0.0.1'] })
  await behind.app.inject({
    method: 'POST',
    url: '/api/v1/accounts',
    headers: service,
    payload: { personId: PEOPLE.filer.id, username: 'filer', password: PASSWORD },
  })
  const answer = await behind.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    headers: { 'x-forwarded-proto': 'https' },
    payload: { username: 'filer', password: PASSWORD },
  })
  t.match(String(answer.headers['set-cookie']), /; Secure/)
})

t.test('a token is worth nothing after its session was signed out of, the other session lives on', async (t) => {
  const [one, other] = [(await signIn('operator')).json().token, (await signIn('operator')).json().token]
  const as = (token: string) => ({ authorization: `Bearer ${token}` })
  const end = await app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers: as(one) })
  t.equal(end.statusCode, 204)
  t.match(String(end.headers['set-cookie']), /tiaodu_session=;/)
  t.equal((await whoAmI(as(one))).json().code, 'not-signed-in')
  t.equal((await whoAmI({ cookie: `tiaodu_session=${one}` })).statusCode, 401)
  for (const url of ['/api/v1/projects', '/%61pi/v1/projects', '//api/v1/projects']) {
    t.not((await app.inject({ url, headers: as(one) })).statusCode, 200, url)
  }
  t.equal((await app.inject({ url: '/api/v1/projects', headers: as(other) })).statusCode, 200)
})

t.test('guessing stops after ten attempts a minute, for this name alone', async (t) => {
  for (let attempt = 0; attempt < 10; attempt++) t.equal((await signIn('victim', 'guess')).statusCode, 401)
  const stopped = await signIn('victim', 'guess')
  t.match([stopped.statusCode, stopped.json()], [429, { code: 'too-many-requests' }])
  t.ok(stopped.headers['retry-after'])
  t.equal((await signIn('supervisor')).statusCode, 201)
})

t.test('sessions that ran out are cleared away when the person comes back', async (t) => {
  await database.pool.query(`update sessions set expires_at = now() - interval '1 second' where person_id = $1`, [
    PEOPLE.filer.id,
  ])
  t.equal((await signIn('filer')).statusCode, 201)
  const { rows } = await database.pool.query(
    'select expires_at > now() as is_live from sessions where person_id = $1',
    [PEOPLE.filer.id],
  )
  t.same(rows, [{ is_live: true }])
})

t.test('without the library nobody signs in, and the answer says why', async (t) => {
  const alone = await startPortal(t, { ...urls, projects: 'http://127.0.0.1:1' })
  const { rows } = await database.pool.query('select * from accounts where username = $1', ['filer'])
  await alone.database.pool.query('insert into accounts values ($1, $2, $3, $4)', [
    rows[0].person_id,
    rows[0].username,
    rows[0].password_hash,
    rows[0].created_at,
  ])
  const answer = await alone.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { username: 'filer', password: PASSWORD },
  })
  t.match([answer.statusCode, answer.json()], [503, { code: 'unavailable' }])
})
