import { actorOf } from '@tiaodu/testing'
import { type Actor, type Difficulty, type DifficultyAnalysis, type RouteContract, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { tellDifficulties } from '../../src/operations/tell-difficulties.ts'
import {
  filer,
  OTHER_UNIT,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
  supervisor,
} from '../fixtures/cycle-service.ts'

const PERIOD = '2026-11'
const service = await startCycleService(t, '2026-11-20T01:00:00Z')
const { call, clock, db, events, note, refusal } = service
const { getDifficulty, listDifficulties, listUnregisteredDifficulties, registerDifficulty, analyseDifficulties } =
  routes

const leader = actorOf('leader', { personId: uuidv7() })
const head = actorOf('head', { personId: uuidv7(), unitId: OTHER_UNIT })
const district = actorOf('supervisor', { personId: uuidv7(), regionCode: '410802' })
const [road, water, quiet] = [projectNamed('人民路'), projectNamed('九渡水库'), projectNamed('无事')]
const other = projectNamed('别家', {
  responsibleUnitId: OTHER_UNIT,
  responsibleUnitName: '市交通局',
  regionCode: '410802',
})

const fileReport = async (id: string, difficulties: string, period = PERIOD, actor = filer) => {
  const params = { id, period }
  const body = { completedYuan: 0, visualProgress: `${period} 路基完成`, difficulties }
  await call(actor, routes.saveReport, { params, body })
  const { status, body: answered } = await call(actor, routes.submitReport, { params })
  t.equal(status, 200, JSON.stringify(answered))
}
const entered = (fields = {}) => ({
  description: '三户未签协议',
  category: 'site',
  subcategory: 'demolition',
  coordinationLevel: 2,
  unitInChargeId: OTHER_UNIT,
  dueOn: '2026-11-25',
  period: PERIOD,
  ...fields,
})
const register = (id: string, fields = {}, actor: Actor = reviewer) =>
  call(actor, registerDifficulty, { params: { id }, body: entered(fields) })
const act = (actor: Actor, contract: RouteContract, { id, version }: Difficulty, body?: unknown) =>
  call(actor, contract, { params: { id }, ifMatch: `"${version}"`, ...(body === undefined ? {} : { body }) })
const list = async (query: Record<string, string> = {}, actor: Actor = supervisor): Promise<Difficulty[]> =>
  (await call(actor, listDifficulties, { query })).body.items
const unregistered = async (period = PERIOD, actor: Actor = supervisor) =>
  (await call(actor, listUnregisteredDifficulties, { query: { period } })).body.items.map(
    ({ projectName }: { projectName: string }) => projectName,
  )
const analysis = async (period: string, actor: Actor = supervisor): Promise<DifficultyAnalysis> =>
  (await call(actor, analyseDifficulties, { query: { period } })).body

/** Everything that a refused request must leave as it was. */
const everything = async () => {
  const { rows } = await sql<{ all: string }>`select json_build_array(
    (select json_agg(d order by id) from difficulties d),
    (select json_agg(m order by difficulty_id, version) from difficulty_moves m),
    (select count(*) from outbox))::text as all`.execute(db)
  return rows[0]?.all
}

t.before(async () => {
  for (const project of [road, water, quiet, other]) await note(project)
  await call(operator, routes.openCycle, { body: { period: PERIOD } })
  await fileReport(road.projectId, '拆迁：三户未签协议；管线未迁改')
  await fileReport(quiet.projectId, ' 无。')
  await fileReport(other.projectId, '施工许可未批', PERIOD, otherFiler)
  await call(filer, routes.saveReport, {
    params: { id: water.projectId, period: PERIOD },
    body: { completedYuan: 1, visualProgress: '围堰', difficulties: '资金未到位' },
  })
})

t.test('what filed reports tell of is listed until it is in the ledger', async (t) => {
  t.same((await unregistered()).sort(), ['人民路', '别家'].sort(), 'not 无, not a draft')
  t.same(await unregistered(PERIOD, filer), ['人民路'], 'within reach')
  t.same(await unregistered('2026-10'), [])
  const page = await call(supervisor, listUnregisteredDifficulties, { query: { period: PERIOD, limit: '1' } })
  const next = { period: PERIOD, limit: '1', cursor: page.body.nextCursor }
  const rest = await call(supervisor, listUnregisteredDifficulties, { query: next })
  t.same([page.body.items.length, rest.body.items.length, rest.body.nextCursor], [1, 1, null])

  const { status, body } = await register(road.projectId)
  t.equal(status, 201)
  t.match(body, {
    projectName: '人民路',
    state: 'registered',
    reportedText: '拆迁：三户未签协议；管线未迁改',
    unitInChargeName: '市交通局',
    ageDays: 0,
    overdueDays: 0,
    version: 1,
  })
  t.same(await unregistered(), ['别家'])
  t.equal((await register(road.projectId, { description: '管线未迁改', subcategory: 'pipelines' }, filer)).status, 201)
  const [told] = await events('difficulty.registered.v1')
  t.match(told, { difficultyId: body.id, projectId: road.projectId, period: PERIOD, coordinationLevel: 2 })
})

t.test('what cannot go into the ledger is refused by name, and nothing changes', async (t) => {
  const before = await everything()
  const refused = (id: string, fields = {}, actor: Actor = reviewer) =>
    refusal(actor, registerDifficulty, { params: { id }, body: entered(fields) })
  const { projectId } = road
  t.same(await refused(projectId), ['already-exists', 'description'])
  t.same(await refused(water.projectId), ['no-difficulty-reported', 'period'], 'a draft')
  t.same(await refused(quiet.projectId), ['no-difficulty-reported', 'period'], '无')
  t.same(await refused(projectId, { period: '2026-10' }), ['no-difficulty-reported', 'period'])
  t.same(await refused(projectId, { unitInChargeId: uuidv7() }), ['unknown-reference', 'unitInChargeId'])
  t.same(await refused(projectId, { dueOn: '2026-11-19' }), ['validation-failed', 'dueOn'])
  t.same(await refused(projectId, { subcategory: 'land' }), ['validation-failed', 'subcategory'])
  for (const [field, value] of Object.entries({
    description: '',
    category: 'weather',
    coordinationLevel: 5,
    unitInChargeId: 'x',
    dueOn: '2026-02-30',
    period: '2026-13',
    outcome: 'x',
  }))
    t.same(await refused(projectId, { [field]: value }), ['validation-failed', field])
  t.same(await refused(uuidv7()), ['not-found', 'id'])
  t.same(await refused(projectId, {}, otherFiler), ['outside-scope', 'id'])
  for (const actor of [head, leader, supervisor, operator])
    t.equal((await refused(projectId, {}, actor))[0], 'role-not-allowed', actor.role)
  t.equal(await everything(), before)
})

t.test('taken up by the unit in charge, resolved, sent back, resolved, struck off; every move is kept', async (t) => {
  const [first] = await list({ projectId: road.projectId })
  let now = first as Difficulty
  const step = async (actor: Actor, contract: RouteContract, body?: unknown) => {
    const answer = await act(actor, contract, now, body)
    t.equal(answer.status, 200, contract.operationId)
    now = answer.body
  }
  const outcome = '三户均已签约'
  t.same(await refusal(filer, routes.acceptDifficulty, { params: { id: now.id } }), ['outside-scope', 'unitInChargeId'])
  await step(head, routes.acceptDifficulty)
  await step(filer, routes.raiseDifficulty, { coordinationLevel: 3, reason: '超出本级权限' })
  await step(reviewer, routes.rescheduleDifficulty, { dueOn: '2026-12-10', reason: '年底前' })
  clock.set('2026-11-22T01:00:00Z')
  await step(otherFiler, routes.resolveDifficulty, { outcome })
  t.match(now, { state: 'resolved', outcome, ageDays: 2, coordinationLevel: 3 })
  await step(supervisor, routes.returnDifficulty, { reason: '尚有一户' })
  t.match(now, { state: 'coordinating', outcome: null, resolvedAt: null })
  await step(leader, routes.resolveDifficulty, { outcome })
  await step(supervisor, routes.closeDifficulty)
  const { body } = await call(filer, getDifficulty, { params: { id: now.id } })
  t.same(
    body.timeline.map(({ action, state, version }: never) => [action, state, version]),
    [
      ['register', 'registered', 1],
      ['accept', 'coordinating', 2],
      ['raise', 'coordinating', 3],
      ['reschedule', 'coordinating', 4],
      ['resolve', 'resolved', 5],
      ['return', 'coordinating', 6],
      ['resolve', 'resolved', 7],
      ['close', 'closed', 8],
    ],
  )
  t.match(body.timeline[3], {
    reason: '年底前',
    actorId: reviewer.personId,
    dueOn: '2026-12-10',
    at: '2026-11-20T01:00:00.000Z',
  })
  t.equal((await events('difficulty.resolved.v1')).length, 2)
})

t.test(
  'who may do what; a stale version, a wrong state and another region are refused, and nothing changes',
  async (t) => {
    const [, second] = (await list({ projectId: road.projectId })).sort((a, b) => (a.state < b.state ? -1 : 1))
    const { id, version } = second as Difficulty
    t.equal(second?.state, 'registered')
    const before = await everything()
    const reason = '理由'
    const bodies: [RouteContract, unknown, string[]][] = [
      [routes.acceptDifficulty, undefined, ['operator']],
      [routes.resolveDifficulty, { outcome: '好' }, ['supervisor', 'operator']],
      [routes.closeDifficulty, undefined, ['filer', 'head', 'reviewer', 'leader', 'operator']],
      [routes.returnDifficulty, { reason }, ['filer', 'head', 'reviewer', 'leader', 'operator']],
      [routes.raiseDifficulty, { coordinationLevel: 3, reason }, ['operator']],
      [routes.rescheduleDifficulty, { dueOn: '2026-12-31', reason }, ['filer', 'head', 'operator']],
      [routes.reassignDifficulty, { unitInChargeId: OTHER_UNIT, reason }, ['filer', 'head', 'operator']],
    ]
    const actors: Actor[] = [otherFiler, head, reviewer, leader, supervisor, operator]
    for (const [contract, body, forbidden] of bodies) {
      const parts = body === undefined ? { params: { id } } : { params: { id }, body }
      for (const role of forbidden) {
        const actor = actors.find((one) => one.role === role) as Actor
        t.equal((await refusal(actor, contract, parts))[0], 'role-not-allowed', `${contract.operationId} ${role}`)
      }
      const allowed = (actor: Actor) => !forbidden.includes(actor.role)
      const may = actors.filter(allowed)[0] as Actor
      const stale = await refusal(may, contract, { ...parts, ifMatch: `"${version + 1}"` })
      t.same(stale, ['version-mismatch', 'If-Match'], contract.operationId)
      if (body !== undefined)
        t.equal(
          (await refusal(may, contract, { params: { id }, body: {} }))[0],
          'validation-failed',
          contract.operationId,
        )
      const unknown = { ...parts, params: { id: uuidv7() } }
      t.same(await refusal(may, contract, unknown), ['not-found', 'id'])
    }
    t.same(await refusal(supervisor, routes.closeDifficulty, { params: { id } }), [
      'difficulty-move-forbidden',
      'state',
    ])
    t.same(await refusal(district, routes.acceptDifficulty, { params: { id } }), ['outside-scope', 'id'])
    t.same(await refusal(district, getDifficulty, { params: { id } }), ['outside-scope', 'id'])
    t.same(await refusal(supervisor, getDifficulty, { params: { id: uuidv7() } }), ['not-found', 'id'])
    t.same(
      await refusal(leader, routes.reassignDifficulty, { params: { id }, body: { unitInChargeId: uuidv7(), reason } }),
      ['unknown-reference', 'unitInChargeId'],
    )
    t.equal(await everything(), before)

    const both = await Promise.all(
      [head, otherFiler].map((actor) => act(actor, routes.acceptDifficulty, second as Difficulty)),
    )
    t.same(both.map(({ status }) => status).sort(), [200, 412], 'of two at once one is told')
  },
)

t.test('a difficulty past its due day is told of once, and once more when its new due day has passed', async (t) => {
  const told = async () => (await events('difficulty.slipped.v1')).length
  const sweep = (at: string) => {
    clock.set(at)
    return tellDifficulties(db, clock.now())
  }
  t.equal(await sweep('2026-11-25T15:59:00Z'), 0, 'the due day is not over')
  t.equal(await sweep('2026-11-25T16:00:00Z'), 1, 'the resolved one is not told of')
  t.equal(await sweep('2026-11-25T16:01:00Z'), 0)
  const [slipped] = await list({ overdue: 'true' })
  t.match(slipped, { overdueDays: 1, ageDays: 6, description: '管线未迁改' })
  await act(reviewer, routes.rescheduleDifficulty, slipped as Difficulty, { dueOn: '2026-11-28', reason: '顺延' })
  t.equal((await list({ overdue: 'true' })).length, 0)
  t.equal(await sweep('2026-11-28T15:00:00Z'), 0)
  t.same(
    await Promise.all([sweep('2026-11-28T16:00:00Z'), sweep('2026-11-28T16:00:00Z')]).then((n) => n.sort()),
    [0, 1],
  )
  t.equal(await told(), 2)
})

t.test('the ledger is filtered, narrowed to the reach, and walked page by page', async (t) => {
  clock.set('2026-11-29T01:00:00Z')
  const approval = {
    category: 'approval',
    subcategory: 'constructionPermit',
    coordinationLevel: 1,
    dueOn: '2027-01-10',
  }
  await register(other.projectId, { ...approval, description: '施工许可未批', unitInChargeId: OTHER_UNIT })
  const names = async (query: Record<string, string>, actor?: Actor) =>
    (await list(query, actor)).map(({ description }) => description)
  const all = ['管线未迁改', '三户未签协议', '施工许可未批']
  t.same(await names({}), all, 'the earliest due day first')
  t.same(await names({ isOpen: 'true' }), ['管线未迁改', '施工许可未批'])
  t.same(await names({ state: 'closed' }), ['三户未签协议'])
  t.same(await names({ category: 'approval' }), ['施工许可未批'])
  t.same(await names({ coordinationLevel: '3' }), ['三户未签协议'])
  t.same(await names({ unitInChargeId: OTHER_UNIT }), all)
  t.same(await names({ unitId: OTHER_UNIT }), ['施工许可未批'])
  t.same(await names({ regionCode: '410802' }), ['施工许可未批'])
  t.same(await names({ projectId: road.projectId, overdue: 'false' }), ['三户未签协议'])
  t.same(await names({}, filer), ['管线未迁改', '三户未签协议'], 'its own projects')
  t.same(await names({}, otherFiler), all, 'and what the unit is in charge of')
  t.same(await names({}, district), ['施工许可未批'])
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: Record<string, string> = { limit: '1', ...(cursor === '' ? {} : { cursor }) }
    const { body } = await call(supervisor, listDifficulties, { query })
    found.push(...body.items.map(({ description }: Difficulty) => description))
    cursor = body.nextCursor
  }
  t.same(found, all)
  t.same(await refusal(supervisor, listDifficulties, { query: { cursor: 'x' } }), ['validation-failed', 'cursor'])
  t.same(await refusal(supervisor, listDifficulties, { query: { state: 'lost' } }), ['validation-failed', 'state'])
})

t.test('a report that repeats what is still open tells nothing new; once it is resolved it does', async (t) => {
  clock.set('2026-12-01T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: '2026-12' } })
  await fileReport(other.projectId, '施工许可未批', '2026-12', otherFiler)
  await fileReport(road.projectId, '管线仍未迁改', '2026-12')
  t.same(await unregistered('2026-12'), ['人民路'])
  const open = (await list({ isOpen: 'true', projectId: other.projectId }))[0] as Difficulty
  const accepted = await act(otherFiler, routes.acceptDifficulty, open)
  clock.set('2026-12-02T01:00:00Z')
  await act(otherFiler, routes.resolveDifficulty, accepted.body, { outcome: '已办结' })
  t.same((await unregistered('2026-12')).sort(), ['人民路', '别家'].sort())
})

t.test('a month is told as it was when it ended, and its end is the start of the next', async (t) => {
  const november = await analysis('2026-11')
  t.match(november, {
    asOn: '2026-11-30',
    total: { openAtStart: 0, raised: 3, reopened: 0, solved: 1, openAtEnd: 2, overdueAtEnd: 1, averageAgeDays: 5.5 },
    byCategory: [
      { key: 'approval', name: '报批', openAtEnd: 1 },
      { key: 'site', name: '现场条件', raised: 2, solved: 1, openAtEnd: 1, overdueAtEnd: 1 },
    ],
    byLevel: [{ key: '1', name: '1级' }, { key: '2' }, { key: '3', solved: 1, openAtEnd: 0 }],
    byUnitInCharge: [{ key: OTHER_UNIT, name: '市交通局', openAtEnd: 2 }],
    oldest: [
      { description: '管线未迁改', ageDays: 10, overdueDays: 2, registeredOn: '2026-11-20' },
      { description: '施工许可未批', ageDays: 1, overdueDays: 0 },
    ],
  })
  const december = await analysis('2026-12')
  t.match(december, { asOn: '2026-12-02', total: { openAtStart: 2, raised: 0, solved: 1, openAtEnd: 1 } })
  const resolved = (await list({ state: 'resolved' }))[0] as Difficulty
  clock.set('2027-01-05T01:00:00Z')
  await act(supervisor, routes.returnDifficulty, resolved, { reason: '证未下来' })
  t.match((await analysis('2027-01')).total, { openAtStart: 1, raised: 0, reopened: 1, solved: 0, openAtEnd: 2 })
  t.same((await analysis('2026-12')).total.openAtEnd, 1, 'what was told stays told')
  t.same(await analysis('2026-11'), november)
  t.match((await analysis('2026-11', district)).total, { raised: 1, openAtEnd: 1 })
  const asked = { query: { period: '2027-02' } }
  t.same(await refusal(supervisor, analyseDifficulties, asked), ['validation-failed', 'period'])
})
