import { createApp, mount } from '@tiaodu/service'
import { actorOf, createTestClock, testTokens } from '@tiaodu/testing'
import { ProblemError, routes } from '@tiaodu/types'
import { pino } from 'pino'
import t from 'tap'
import { ClientProblem, createClient } from '../src/index.ts'

const ID = '01932f5e-0000-7000-8000-000000000001'

const app = createApp({
  logger: pino({ level: 'silent' }),
  tokens: testTokens,
  clock: createTestClock('2026-11-23T00:00:00Z'),
  findPlace: async () => ({ unitId: null, regionCode: '410800' }),
})
const seen: Record<string, unknown>[] = []
mount(app, routes.listProjects, async ({ query }) => {
  seen.push({ query })
  return { items: [], nextCursor: null }
})
mount(app, routes.updateProject, async ({ params, body, expectedVersion }) => {
  seen.push({ params, body, expectedVersion })
  throw new ProblemError('version-mismatch')
})
mount(app, routes.readInboxItem, async ({ params, request }) => {
  seen.push({ params, contentType: request.headers['content-type'] })
  throw new ProblemError('not-found')
})
mount(app, routes.createImport, async ({ body, query, request }) => {
  seen.push({ text: Buffer.from(body).toString('utf8'), contentType: request.headers['content-type'], query })
  throw new ProblemError('not-found')
})
mount(app, routes.endSession, async () => null)
app.get('/broken/api/v1/cycles', async (_request, reply) => reply.code(502).type('text/html').send('<h1>Bad</h1>'))

const baseUrl = await app.listen({ port: 0 })
t.teardown(() => app.close())
const token = await testTokens.sign(actorOf('operator'), { seconds: 60 })
const client = createClient({ baseUrl: `${baseUrl}/`, token, language: 'en' })

t.test('a call sends its query typed and leaves out what is undefined', async (t) => {
  t.same(await client.listProjects(), { items: [], nextCursor: null })
  await client.listProjects({ query: { limit: 5, q: '城 & 路' } })
  t.same(seen.splice(0), [{ query: {} }, { query: { limit: 5, q: '城 & 路' } }])
})

t.test('a call sends path, body and the version it read', async (t) => {
  const sending = client.updateProject({ params: { id: ID }, body: { place: '岸上乡' }, ifMatch: 3 })
  const problem = await sending.catch((error: unknown) => error)
  t.same(seen.splice(0), [{ params: { id: ID }, body: { place: '岸上乡' }, expectedVersion: 3 }])
  t.ok(problem instanceof ClientProblem)
  t.match(problem, { code: 'version-mismatch', status: 412, problem: { title: /Somebody else/ } })
})

t.test('a call without a body sends no content type', async (t) => {
  await t.rejects(client.readInboxItem({ params: { id: ID } }), { code: 'not-found' })
  t.same(seen.splice(0), [{ params: { id: ID }, contentType: undefined }])
})

t.test('a file is sent as it is, under its own type', async (t) => {
  const fileType = 'text/csv'
  await t.rejects(client.createImport({ body: '项目名称\n九渡水库', fileType, query: { dryRun: true } }), {
    code: 'not-found',
  })
  t.same(seen.splice(0), [{ text: '项目名称\n九渡水库', contentType: fileType, query: { dryRun: true } }])
})

t.test('an answer without content is null', async (t) => {
  t.equal(await client.endSession(), null)
})

t.test('a refused body names its fields in the language that was asked for', async (t) => {
  const bad = { params: { id: ID }, body: { name: ' ' } }
  const english = await client.updateProject(bad).catch((error) => error)
  t.match(english.fields, [{ field: 'name', reason: /one line of visible text/ }])
  const chinese = await createClient({ baseUrl, token })
    .updateProject(bad)
    .catch((error) => error)
  t.match(chinese.problem.title, '有字段不合要求')
  t.match(chinese.fields, [{ field: 'name', reason: /应为一行可见文字/ }])
})

t.test('without a token the caller is not signed in', async (t) => {
  await t.rejects(createClient({ baseUrl }).listProjects(), { code: 'not-signed-in', status: 401 })
})

t.test('an answer that is no problem document becomes one', async (t) => {
  await t.rejects(createClient({ baseUrl: `${baseUrl}/broken`, token }).listCycles(), {
    code: 'unavailable',
    status: 502,
    message: '502 Bad Gateway',
  })
})

t.test('a service that is not there is an error of fetch', async (t) => {
  await t.rejects(createClient({ baseUrl: 'http://127.0.0.1:1', token }).listCycles(), TypeError)
})

t.test('another fetch is used when given', async (t) => {
  const asked: string[] = []
  const given = createClient({
    baseUrl: 'https://tiaodu.example',
    fetch: async (url) => {
      asked.push(String(url))
      return Response.json({ items: [], nextCursor: null, unreadCount: 0 })
    },
  })
  t.equal((await given.listInbox({ query: { unread: true } })).unreadCount, 0)
  t.same(asked, ['https://tiaodu.example/api/v1/inbox?unread=true'])
})
