import { defineRoute, ProblemError } from '@tiaodu/types'
import t from 'tap'
import Type from 'typebox'
import { mount } from '../src/index.ts'
import { createTestApp } from './fixtures/app.ts'

const INSIDE = 'connect ECONNREFUSED 10.0.0.7:5432'
const { app, log } = createTestApp()
t.teardown(() => app.close())

const thrown: Record<string, unknown> = {
  error: new TypeError(INSIDE),
  postgres: Object.assign(new Error(INSIDE), { code: '23505', detail: INSIDE }),
  text: INSIDE,
  object: { message: INSIDE },
  nothing: undefined,
  null: null,
  odd: Object.assign(new Error(INSIDE), { statusCode: 200 }),
  missing: Object.assign(new Error(INSIDE), { statusCode: 404 }),
  down: Object.assign(new Error(INSIDE), { statusCode: 503 }),
  proxied: Object.assign(new Error(INSIDE), { code: 'FST_REPLY_FROM_SERVICE_UNAVAILABLE', statusCode: 503 }),
  ours: new ProblemError('unavailable', { zh: '项目库没有应答', en: 'The library answers nothing' }),
}
for (const [name, value] of Object.entries(thrown)) {
  const contract = defineRoute({
    operationId: name,
    method: 'GET',
    url: `/api/v1/thrown/${name}`,
    service: 'projects',
    summary: 'throws',
    permission: 'public',
    errors: [],
    schema: { response: { 200: Type.Unknown() } },
  })
  mount(app, contract, async () => {
    throw value
  })
}

/** The problem that a thrown thing becomes, and what was logged of it. */
async function ask(name: string) {
  log.splice(0)
  const { headers, body } = await app.inject(`/api/v1/thrown/${name}`)
  return { type: headers['content-type'], body, problem: JSON.parse(body), logged: [...log] }
}

t.test('whatever a handler throws is a 500 that is logged under the id of the request', async (t) => {
  for (const name of ['error', 'postgres', 'text', 'object', 'nothing', 'null', 'odd']) {
    const { type, problem, logged } = await ask(name)
    t.equal(type, 'application/problem+json; charset=utf-8', name)
    t.same(Object.keys(problem).sort(), ['code', 'instance', 'status', 'title', 'type'], 'and nothing of our inside')
    t.match(problem, { status: 500, code: 'internal-error', title: '系统内部错误' })
    t.match(logged, [{ level: 50, reqId: problem.instance }])
    t.equal(logged.length, 1)
  }
})

t.test('an error of a library may decide the status, its words are for the log alone', async (t) => {
  const missing = await ask('missing')
  t.match(missing, { problem: { status: 404, code: 'not-found' } })
  t.notMatch(missing.body, /ECONNREFUSED/)
  for (const name of ['down', 'proxied']) {
    const down = await ask(name)
    t.match(down, { problem: { status: 503, code: 'unavailable' }, logged: [{ err: { message: INSIDE } }] })
    t.notMatch(down.body, /ECONNREFUSED/, name)
  }
})

t.test('what we chose to tell is told', async (t) => {
  t.match(await ask('ours'), { problem: { status: 503, detail: '项目库没有应答' } })
})
