import { defineRoute } from '@tiaodu/types'
import t from 'tap'
import Type from 'typebox'
import { mount } from '../src/index.ts'
import { actorOf, createTestApp, signedIn } from './fixtures/app.ts'

const LIMIT = 2 * 1024 * 1024
const handIn = defineRoute({
  operationId: 'handIn',
  method: 'POST',
  url: '/api/v1/files',
  service: 'projects',
  summary: 'takes a file',
  permission: { roles: ['operator'], scope: 'none' },
  errors: [],
  file: { types: ['text/csv'], maxBytes: LIMIT },
  schema: { response: { 202: Type.Unknown() } },
})
const { app } = createTestApp()
const files: unknown[] = []
mount(app, handIn, async ({ body }) => {
  files.push(body)
  return {}
})
// Beside DELETE /api/v1/things/:id.
mount(app, { ...handIn, operationId: 'handInThings', url: '/api/v1/things/files' }, async () => ({}))
t.teardown(() => app.close())
const operator = await signedIn(actorOf('operator'))

async function send(payload: string | Buffer, type: string, { url = handIn.url as string, headers = operator } = {}) {
  const answer = await app.inject({ method: 'POST', url, payload, headers: { ...headers, 'content-type': type } })
  return [answer.statusCode, answer.json().code]
}

t.test('a file reaches its handler byte for byte, larger than any other body may be', async (t) => {
  const bytes = Buffer.alloc(LIMIT, 0xff)
  t.same(await send(bytes, 'text/csv; charset=gbk'), [202, undefined])
  const [file] = files.splice(0)
  t.ok(Buffer.isBuffer(file) && file.equals(bytes))
})

t.test('a file that is too large, of another type or from another role never does', async (t) => {
  t.same(await send(Buffer.alloc(LIMIT + 1), 'text/csv'), [413, 'body-too-large'])
  t.same(await send('{}', 'application/json'), [415, 'unsupported-media-type'])
  t.same(await send('a', 'text/csv', { headers: await signedIn(actorOf('filer')) }), [403, 'role-not-allowed'])
  t.same(files, [])
})

t.test('routes beside it take no files, and their bodies stay as small as they were', async (t) => {
  const url = '/api/v1/things'
  t.same(await send('a,b', 'text/csv', { url }), [415, 'unsupported-media-type'])
  t.same(await send(`"${'a'.repeat(1024 * 1024)}"`, 'application/json', { url }), [413, 'body-too-large'])
})

t.test('another method on its address is 405, also where a neighbour with a parameter would take it', async (t) => {
  for (const method of ['PUT', 'DELETE', 'GET', 'PATCH'] as const) {
    const answer = await app.inject({ method, url: `${handIn.url}?dryRun=true`, headers: operator })
    t.match(answer.json(), { status: 405, code: 'method-not-allowed' }, method)
    t.equal(answer.headers.allow, 'POST')
  }
  const beside = await app.inject({ method: 'DELETE', url: '/api/v1/things/files', headers: operator })
  t.match(beside.json(), { status: 405 })
  t.equal(beside.headers.allow, 'POST', 'the fixed address, not the neighbour')
  t.match((await app.inject({ method: 'PUT', url: '/api/v1/files/1', headers: operator })).json(), { status: 404 })
})
