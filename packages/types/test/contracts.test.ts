import t from 'tap'
import { ERROR_CODES, ERRORS, events, routes, subscriptions } from '../src/index.ts'

const contracts = Object.entries(routes)

t.test('every route has one name, one address, a permission, and succeeds with 2xx', (t) => {
  const addresses = contracts.map(([, { method, url }]) => `${method} ${url.replace(/:\w+/g, ':')}`)
  t.equal(new Set(addresses).size, addresses.length)
  for (const [name, { operationId, url, permission, schema, summary }] of contracts) {
    t.equal(operationId, name)
    t.match(url, /^\/api\/v1\/[a-z0-9/:-]+$/i)
    t.not(summary, '')
    for (const status of Object.keys(schema.response)) t.match(status, /^20[0124]$/)
    if (permission !== 'public') t.ok(permission.roles.length > 0, `${name} names its roles`)
  }
  t.end()
})

t.test('a route names the parameters of its address and no others', (t) => {
  for (const [name, { url, schema }] of contracts) {
    const inUrl = [...url.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter)
    const params = 'params' in schema ? Object.keys((schema.params as { properties: object }).properties) : []
    t.same(params.sort(), inUrl.sort(), name)
  }
  t.end()
})

t.test('what a route reads is closed: no unknown field gets through', (t) => {
  for (const [name, { schema }] of contracts) {
    for (const part of ['params', 'querystring', 'body'] as const) {
      const found = (schema as Record<string, unknown>)[part]
      if (found !== undefined) t.match(found, { type: 'object', additionalProperties: false }, `${part} of ${name}`)
    }
  }
  t.end()
})

t.test(
  'a route with the scope project has an id, one open to everybody signs in or has a secret for its address',
  (t) => {
    for (const [name, { permission, url }] of contracts) {
      if (permission === 'public') t.ok(['createSession', 'getCalendarFeed'].includes(name), name)
      else if (permission.scope === 'project') t.match(url, /\/projects\/:id/)
    }
    t.end()
  },
)

t.test('other systems read; what they may write is what a scope keeps in their region', (t) => {
  const own = ['listInbox', 'streamInbox', 'listPreferences', 'listSavedViews', 'listPeople', 'getCalendarAddress']
  for (const [name, { method, permission }] of contracts) {
    if (permission === 'public') continue
    const roles: readonly string[] = permission.roles
    if (roles.includes('integrator')) t.equal(method, 'GET', name)
    if (roles.includes('integrator')) t.ok(roles.includes('contributor'), name)
    if (roles.includes('contributor') && method !== 'GET') t.equal(permission.scope, 'project', name)
    if (own.includes(name)) t.notOk(roles.includes('integrator'), name)
  }
  t.end()
})

t.test('every error has a status of its kind and a title in both languages', (t) => {
  const named = new Set(contracts.flatMap(([, { errors }]) => [...errors] as string[]))
  for (const code of named) t.ok(code in ERRORS, code)
  for (const code of ERROR_CODES) {
    const { status, zh, en } = ERRORS[code]
    t.ok(status >= 400 && status < 600, code)
    t.match(zh, /\p{Script=Han}/u)
    t.match(en, /^[A-Z][\x20-\x7e]+$/)
  }
  for (const language of ['zh', 'en'] as const) {
    const titles = ERROR_CODES.map((code) => ERRORS[code][language] as string)
    t.same(
      titles.filter((title, at) => titles.indexOf(title) !== at),
      [],
      'no two read alike',
    )
  }
  t.end()
})

t.test('every event is named by what happened and its version; the subscriptions name every one', (t) => {
  const names = Object.values(events).map(({ name }) => name)
  for (const name of names) t.match(name, /^[a-z]+\.[a-z]+ed\.v\d+$/)
  t.same(Object.keys(subscriptions).sort(), [...names].sort())
  for (const { name, payload, delivery } of Object.values(events)) {
    t.match(payload, { type: 'object', additionalProperties: false }, name)
    t.ok(delivery.attempts > 1, `${name} is tried again`)
  }
  t.end()
})
