import { createLogger } from '@tiaodu/service'
import { actorOf, createServiceDatabase, createTestClock, signedIn, testTokens } from '@tiaodu/testing'
import type { EventEnvelope, NewEvent } from '@tiaodu/types'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createInvestmentApp } from '../../src/app.ts'
import { createHandlers } from '../../src/consumers/investment.consumer.ts'
import type { DB } from '../../src/generated/tables.ts'

const PERIOD = '2026-11'
const database = await createServiceDatabase<DB>(t, 'investment', migrations)
const clock = createTestClock('2026-11-20T01:00:00Z')
const app = createInvestmentApp({ logger: createLogger('test', 'silent'), tokens: testTokens, clock }, database)
t.teardown(() => app.close())
const handlers = createHandlers(clock)
const operator = await signedIn(actorOf('operator', { personId: uuidv7() }))

type Told = Extract<NewEvent, { name: 'project.changed.v1' | 'unit.changed.v1' }>
const tell = (event: Told) =>
  database.kysely.transaction().execute((trx) => {
    const envelope = { ...event, id: uuidv7(), occurredAt: clock.now().toISOString() }
    return event.name === 'project.changed.v1'
      ? handlers[event.name](trx, envelope as EventEnvelope<'project.changed.v1'>)
      : handlers[event.name](trx, envelope as EventEnvelope<'unit.changed.v1'>)
  })

const project = (unitId: string, projectId: string, version: number, unitName: string): Told => ({
  name: 'project.changed.v1',
  payload: {
    projectId,
    version,
    name: `项目 ${projectId}`,
    regionCode: '410800',
    regionName: '焦作市',
    category: '水利',
    tiers: ['city'],
    stage: 'building',
    assessmentClass: 'assessed',
    totalInvestmentYuan: null,
    responsibleUnitId: unitId,
    responsibleUnitName: unitName,
    filerId: null,
    leaderId: null,
  },
})
const unit = (unitId: string, version: number, name: string): Told => ({
  name: 'unit.changed.v1',
  payload: { unitId, version, name, kind: 'department', regionCode: '410800', parentId: null, peerGroup: null },
})

const get = async (url: string) => (await app.inject({ url, headers: operator })).json()
/** The unit's name wherever people read it. */
async function namesOf(projectId: string) {
  const of = (rows: { projectId: string; unitName: string }[]) =>
    rows.find((row) => row.projectId === projectId)?.unitName
  return [
    of((await get(`/api/v1/cycles/${PERIOD}/obligations?limit=200`)).items),
    (await get(`/api/v1/projects/${projectId}/reports/${PERIOD}`)).unitName,
  ]
}
const groupNames = async (): Promise<string[]> =>
  (await get(`/api/v1/portfolio/summary?period=${PERIOD}&groupBy=unit`)).groups.map(
    ({ name }: { name: string }) => name,
  )

await app.inject({ method: 'POST', url: '/api/v1/cycles', headers: operator, payload: { period: PERIOD } })

t.test('until the unit itself is heard of, it has the name that its projects give it', async (t) => {
  const [unitId, projectId] = [uuidv7(), uuidv7()]
  await tell(project(unitId, projectId, 1, '旧水利局'))
  t.same(await namesOf(projectId), ['旧水利局', '旧水利局'])
  await tell(project(unitId, projectId, 2, '水利局'))
  t.same(await namesOf(projectId), ['水利局', '水利局'])
})

t.test('a renamed unit has its new name everywhere, in whatever order the news arrive', async (t) => {
  const orders = [
    [0, 1, 2, 3],
    [1, 2, 0, 3],
    [2, 1, 3, 0],
    [3, 0, 2, 1],
    [2, 0, 1, 3],
  ]
  for (const [n, order] of orders.entries()) {
    const [unitId, projectId] = [uuidv7(), uuidv7()]
    const news = [
      project(unitId, projectId, 1, '旧局'),
      unit(unitId, 1, '旧局'),
      unit(unitId, 2, `新局${n}`),
      project(unitId, projectId, 2, '旧局'),
    ]
    for (const at of order) await tell(news[at] as Told)
    t.same(await namesOf(projectId), [`新局${n}`, `新局${n}`], order.join())
  }
  t.same((await groupNames()).sort(), ['新局0', '新局1', '新局2', '新局3', '新局4', '水利局'])
})

t.test('projects of a unit that change while it is renamed all have the new name afterwards', async (t) => {
  const unitId = uuidv7()
  const ids = Array.from({ length: 6 }, () => uuidv7())
  await tell(project(unitId, ids[0] ?? '', 1, '旧局'))
  await Promise.all([
    ...ids.map((id) => tell(project(unitId, id, 2, '旧局'))),
    tell(unit(unitId, 2, '新局')),
    ...ids.map((id) => tell(project(unitId, id, 3, '旧局'))),
  ])
  for (const id of ids) t.equal((await namesOf(id))[0], '新局')
})

t.test('dates that an older event does not say stay as they were known', async (t) => {
  const [unitId, projectId] = [uuidv7(), uuidv7()]
  const dated = (version: number, dates: object) => {
    const { name, payload } = project(unitId, projectId, version, '水利局')
    return { name, payload: { ...payload, ...dates } } as Told
  }
  const known = () =>
    database.kysely
      .selectFrom('projects')
      .select(['actual_start_on', 'planned_completion_on'])
      .where('id', '=', projectId)
      .executeTakeFirst()
  await tell(dated(1, {}))
  t.same(await known(), { actual_start_on: null, planned_completion_on: null })
  await tell(dated(2, { actualStartOn: '2026-03-01', plannedCompletionOn: '2027-12-31' }))
  await tell(dated(3, { plannedCompletionOn: null }))
  t.same(await known(), { actual_start_on: '2026-03-01', planned_completion_on: null })
  await tell(dated(3, { plannedCompletionOn: '2028-01-31', actualStartOn: '2026-03-01' }))
  t.same(await known(), { actual_start_on: '2026-03-01', planned_completion_on: '2028-01-31' }, 'told again with more')
  await tell(dated(2, { plannedCompletionOn: '2027-12-31' }))
  t.equal((await known())?.planned_completion_on, '2028-01-31', 'an older version tells nothing')
})
