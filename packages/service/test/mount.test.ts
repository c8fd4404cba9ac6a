import { defineRoute } from '@tiaodu/types'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import Type from 'typebox'
import { createApp, type FindPlace, mount, type RouteContext, serviceActor } from '../src/index.ts'
import { actorOf, PROJECT, signedIn, tokens, UNIT } from './fixtures/app.ts'

const now = new Date('2026-11-23T00:00:00Z')

function appWith(scope: Test, findPlace?: FindPlace) {
  const parts = { logger: pino({ level: 'silent' }), tokens, clock: { now: () => now, isSimulated: true } }
  const app = createApp(findPlace === undefined ? parts : { ...parts, findPlace })
  scope.teardown(() => app.close())
  return app
}

const base = { method: 'GET', service: 'projects', summary: 'a route', errors: [] } as const
const list = defineRoute({
  ...base,
  operationId: 'list',
  url: '/api/v1/list',
  permission: { roles: ['filer', 'service'], scope: 'reach' },
  schema: { response: { 200: Type.Unknown() } },
})
const look = defineRoute({
  ...base,
  operationId: 'look',
  url: '/api/v1/look/:id',
  permission: { roles: ['filer'], scope: 'project' },
  schema: { response: { 200: Type.Unknown() } },
})

t.test('a route over a project is not mounted where nobody can say where a project stands', (t) => {
  t.throws(() => mount(appWith(t), look, async () => ({})), /look has the scope "project"/)
  t.end()
})

t.test('a handler is told who calls, in which session, how far they reach, and what time it is', async (t) => {
  const app = appWith(t)
  const told: RouteContext<typeof list>[] = []
  mount(app, list, async (context) => {
    told.push(context)
    return []
  })
  const filer = actorOf('filer', { unitId: UNIT, personId: PROJECT })
  const token = await tokens.sign(filer, { sessionId: 'session', seconds: 60 })
  const answer = await app.inject({ url: list.url, headers: { authorization: `Bearer ${token}` } })
  t.match([answer.statusCode, answer.headers['content-type'], answer.body], [200, /^application\/json/, '[]'])
  await app.inject({ url: list.url, headers: await signedIn(serviceActor('portal')) })
  const seen = told.map(({ actor, reach, request: { sessionId }, ...rest }) => ({
    actor,
    reach,
    sessionId,
    now: rest.now,
    version: rest.expectedVersion,
  }))
  const always = { now, version: undefined }
  t.same(seen, [
    { ...always, actor: filer, reach: { unitId: UNIT, regionPrefix: '' }, sessionId: 'session' },
    { ...always, actor: serviceActor('portal'), reach: { unitId: null, regionPrefix: '' }, sessionId: null },
  ])
})

t.test('a service is one role among others: it gets in only where it is named', async (t) => {
  const app = appWith(t, async () => ({ unitId: UNIT, regionCode: '410800' }))
  mount(app, list, async () => [])
  mount(app, look, async () => ({}))
  const headers = await signedIn(serviceActor('portal'))
  t.equal((await app.inject({ url: list.url, headers })).statusCode, 200)
  t.match((await app.inject({ url: '/api/v1/look/1', headers })).json(), { status: 403, code: 'role-not-allowed' })
})
