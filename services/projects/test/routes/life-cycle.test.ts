import { actorOf } from '@tiaodu/testing'
import { type Project, routes, STAGE_CODES } from '@tiaodu/types'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, unit, person, events, clock } = await startService(t)
const {
  createProject,
  getFunnel,
  getProject,
  listAllowedMoves,
  listProjectMoves,
  listProjectVersions,
  moveProject,
  updateProject,
} = routes

const keeper = actorOf('operator', { personId: uuidv7(), name: '项目办王五' })
const unitId = await unit('市发改委')
const leaderId = await person(unitId, 'leader')
const filerId = await person(unitId, 'filer')
const register = async (name: string, fields: Record<string, unknown> = {}): Promise<Project> =>
  (await call(keeper, createProject, { body: newProject(name, { stage: 'planning', ...fields }) })).body

t.test('a project goes its way with date, actor, reason and evidence, and others are told', async (t) => {
  const { id } = await register('九渡水库')
  const params = { id }
  const listed = {
    to: 'reserve',
    movedOn: '2026-11-20',
    evidence: [{ kind: 'listing', reference: '焦发改〔2026〕1号' }],
  }
  const { length } = await events()
  t.same(await refusal(keeper, moveProject, { params, body: listed, ifMatch: '"7"' }), ['version-mismatch', 'If-Match'])
  const { status, body } = await call(keeper, moveProject, { params, body: listed, ifMatch: '"1"' })
  t.equal(status, 201)
  t.match(body, { from: 'planning', to: 'reserve', actorName: '项目办王五', evidence: listed.evidence })
  t.match((await call(keeper, getProject, { params })).body, { stage: 'reserve', version: 2 })
  const told = (await events()).slice(length)
  t.match(told, [
    { name: 'project.changed.v1', payload: { stage: 'reserve', version: 2 } },
    { name: 'project.moved.v1', payload: { projectId: id, from: 'planning', to: 'reserve', movedOn: '2026-11-20' } },
  ])

  const before = (await call(keeper, listProjectMoves, { params })).body
  const refused: [Record<string, unknown>, string[]][] = [
    [{ ...listed, to: 'completed' }, ['move-forbidden', 'to']],
    [{ ...listed, to: 'signed' }, ['validation-failed', 'evidence']],
    [
      { to: 'planning', movedOn: '2026-11-20', reason: '退回', approverId: filerId },
      ['unknown-reference', 'approverId'],
    ],
    [{ to: 'planning', movedOn: '2026-11-20' }, ['validation-failed', 'reason', 'approverId']],
    [{ to: 'withdrawn', movedOn: '2026-11-31', reason: '不做了' }, ['validation-failed', 'movedOn']],
    [{ to: 'withdrawn', movedOn: '2026-11-21', reason: '不做了' }, ['validation-failed', 'movedOn']],
    [{ to: '储备', movedOn: '2026-11-20' }, ['validation-failed', 'to']],
    [{ ...listed, evidence: [{ kind: 'rumour', reference: '听说' }] }, ['validation-failed', 'evidence.0.kind']],
  ]
  for (const [move, expected] of refused) {
    t.same(await refusal(keeper, moveProject, { params, body: move }), expected, JSON.stringify(move))
  }
  t.same((await call(keeper, listProjectMoves, { params })).body, before, 'and nothing moved')
  t.same(await refusal(keeper, moveProject, { params: { id: UNKNOWN }, body: listed }), ['not-found', 'id'])
  t.same(await refusal(actorOf('supervisor'), moveProject, { params, body: listed }), ['role-not-allowed'])
  t.same(await refusal(keeper, updateProject, { params, body: { stage: 'completed' } }), ['validation-failed', 'stage'])

  const back = { to: 'planning', movedOn: '2026-11-20', reason: '条件不成熟', approverId: leaderId }
  t.match((await call(keeper, moveProject, { params, body: back })).body, { from: 'reserve', approverId: leaderId })
  const { items } = (await call(keeper, listProjectMoves, { params })).body
  t.same(
    items.map(({ from, to }: { from: string; to: string }) => [from, to]),
    [
      ['reserve', 'planning'],
      ['planning', 'reserve'],
      [null, 'planning'],
    ],
  )
})

t.test('what is suspended goes on where it stopped', async (t) => {
  const { id } = await register('断头路', { stage: 'building' })
  const params = { id }
  const move = (to: string) => ({ params, body: { to, movedOn: '2026-11-20', reason: '征迁' } })
  await call(keeper, moveProject, move('suspended'))
  t.same(await refusal(keeper, moveProject, move('newlyStarted')), ['move-forbidden', 'to'])
  t.match((await call(keeper, moveProject, move('building'))).body, { from: 'suspended', to: 'building' })
})

t.test('every change is a version with who, when and why; any day can be read again', async (t) => {
  clock.set('2026-11-20T01:00:00Z')
  const first = await register('多氟多动力电池项目', { totalInvestmentYuan: 2_050_000_000 })
  const params = { id: first.id }
  clock.set('2026-11-21T01:00:00Z')
  const patch = { totalInvestmentYuan: 2_700_000_000, reason: '初步设计批复调整' }
  const second = (await call(keeper, updateProject, { params, body: patch })).body
  clock.set('2026-11-22T01:00:00Z')
  const third = (await call(keeper, updateProject, { params, body: { responsibleUnitId: unitId, tiers: ['city'] } }))
    .body

  const { items } = (await call(keeper, listProjectVersions, { params })).body
  t.match(items, [
    { version: 3, at: '2026-11-22T01:00:00.000Z', reason: null },
    {
      version: 2,
      actorName: '项目办王五',
      reason: '初步设计批复调整',
      changes: [{ field: 'totalInvestmentYuan', from: 2_050_000_000, to: 2_700_000_000 }],
    },
    { version: 1 },
  ])
  const asOf = async (instant: string) => (await call(keeper, getProject, { params, query: { asOf: instant } })).body
  t.same(await asOf('2026-11-20T01:00:00Z'), first)
  t.same(await asOf('2026-11-22T00:59:59Z'), second)
  t.same(await asOf('2026-11-22T01:00:00Z'), third)
  t.same(await asOf('2027-01-01T00:00:00Z'), (await call(keeper, getProject, { params })).body)
  const query = (instant: string) => ({ params, query: { asOf: instant } })
  t.same(await refusal(keeper, getProject, query('2026-11-20T00:59:59Z')), ['not-found', 'asOf'])
  t.same(await refusal(keeper, getProject, query('yesterday')), ['validation-failed', 'asOf'])

  const page = (await call(keeper, listProjectVersions, { params, query: { limit: '2' } })).body
  const rest = (await call(keeper, listProjectVersions, { params, query: { limit: '2', cursor: page.nextCursor } }))
    .body
  t.same([...page.items, ...rest.items], items)
  t.equal(rest.nextCursor, null)
  for (const contract of [listProjectVersions, listProjectMoves]) {
    const foreign = { params, query: { cursor: Buffer.from('["a"]').toString('base64url') } }
    t.same(await refusal(keeper, contract, foreign), ['validation-failed', 'cursor'])
    t.same(await refusal(actorOf('filer', { unitId: UNKNOWN }), contract, { params }), ['outside-scope', 'id'])
  }
})

t.test('a sub-project stands under a project, one level deep', async (t) => {
  const parent = await register('焦唐高速')
  const child = await register('焦唐高速温县段', { parentId: parent.id })
  const other = await register('另一个项目')
  const found = await call(keeper, routes.listProjects, { query: { parentId: parent.id } })
  t.same(
    found.body.items.map(({ id }: Project) => id),
    [child.id],
  )
  const put = (id: string, parentId: string) => refusal(keeper, updateProject, { params: { id }, body: { parentId } })
  t.same(await put(other.id, child.id), ['unknown-reference', 'parentId'])
  t.same(await put(parent.id, other.id), ['unknown-reference', 'parentId'])
  t.same(await put(parent.id, parent.id), ['validation-failed', 'parentId'])
})

t.test('a project code belongs to one project', async (t) => {
  const projectCode = '2105-410802-04-01-123456'
  await register('有代码的项目', { projectCode })
  const again = { body: newProject('另有代码的项目', { projectCode }) }
  t.same(await refusal(operator, createProject, again), ['already-exists', 'projectCode'])
})

t.test('the funnel counts who reached a stage within the days asked, within reach', async (t) => {
  const funnel = async (actor: typeof keeper, from: string, to: string) => {
    const { body } = await call(actor, getFunnel, { query: { from, to } })
    return Object.fromEntries(body.steps.map(({ stage, count }: { stage: string; count: number }) => [stage, count]))
  }
  const whole = await funnel(keeper, '2026-01-01', '2026-12-31')
  t.same(Object.keys(whole), ['planning', 'reserve', 'signed', 'newlyStarted', 'completed', 'producing'])
  t.match(whole, { reserve: 1, signed: 0 })
  t.match(await funnel(keeper, '2026-01-01', '2026-11-19'), { reserve: 0, planning: 0 })
  t.match(await funnel(actorOf('leader', { regionCode: '410811' }), '2026-01-01', '2026-12-31'), { reserve: 0 })
  const backwards = { query: { from: '2026-02-01', to: '2026-01-31' } }
  t.same(await refusal(keeper, getFunnel, backwards), ['validation-failed', 'to'])
})

t.test('where a project may move is told with what each move needs, and nothing else is accepted', async (t) => {
  const { id } = await register('沁河大桥', { stage: 'reserve' })
  const params = { id }
  const { body } = await call(keeper, listAllowedMoves, { params })
  t.same(body, {
    stage: 'reserve',
    since: '2026-11-22',
    version: 1,
    items: [
      { to: 'signed', kind: 'forward', needs: ['evidence'], evidenceKind: 'agreement' },
      { to: 'preliminary', kind: 'forward', needs: ['evidence'], evidenceKind: 'approval' },
      { to: 'planning', kind: 'backward', needs: ['reason', 'approver'], evidenceKind: null },
      { to: 'withdrawn', kind: 'withdrawal', needs: ['reason'], evidenceKind: null },
    ],
  })
  const whole = {
    movedOn: '2026-11-22',
    reason: '原因',
    approverId: leaderId,
    evidence: ['agreement', 'approval'].map((kind) => ({ kind, reference: '〔2026〕1号' })),
  }
  for (const to of STAGE_CODES.filter((stage) => !body.items.some((item: { to: string }) => item.to === stage))) {
    t.same(await refusal(keeper, moveProject, { params, body: { ...whole, to } }), ['move-forbidden', 'to'], to)
  }
  await call(keeper, moveProject, { params, body: { ...whole, to: 'signed' } })
  t.match((await call(keeper, listAllowedMoves, { params })).body, { stage: 'signed', version: 2 })
  t.same(await refusal(keeper, listAllowedMoves, { params: { id: UNKNOWN } }), ['not-found', 'id'])
  const stranger = actorOf('filer', { unitId: UNKNOWN })
  t.same(await refusal(stranger, listAllowedMoves, { params }), ['outside-scope', 'id'])
})
