import { actorOf } from '@tiaodu/testing'
import { type PlanStep, routes } from '@tiaodu/types'
import t from 'tap'
import { tellSlips } from '../../src/operations/tell-slips.ts'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, database, clock, events, unit, person } = await startService(t)
const { addPlanStep, createPlan, createProject, listDueSteps, listPlanSteps, listPlanStepVersions } = routes
const { listStepTemplates, moveProject, putStepTemplate, updatePlanStep } = routes

const unitId = await unit('市住建局')
const personId = await person(unitId, 'filer')
const register = async (name: string): Promise<string> =>
  (await call(operator, createProject, { body: newProject(name, { responsibleUnitId: unitId }) })).body.id
const [id, other] = [await register('九渡水库'), await register('人民路')]
const params = { id }
const slips = async () => (await events()).filter(({ name }) => name.startsWith('step'))
const stepOf = async (name: string): Promise<PlanStep> => {
  const { body } = await call(operator, listPlanSteps, { params })
  return body.items.find((step: PlanStep) => step.name === name)
}
const change = (step: PlanStep, body: Record<string, unknown>) =>
  call(operator, updatePlanStep, { params: { id, stepId: step.id }, body, ifMatch: `"${step.version}"` })

t.test('a plan begins with 13 procedures, 7 milestones, the guarantees and the four systems', async (t) => {
  const { status, body } = await call(operator, createPlan, { params, body: { startOn: '2026-08-01' } })
  t.equal(status, 201)
  const count = (kind: string) => body.items.filter((step: PlanStep) => step.kind === kind).length
  t.same(['procedure', 'milestone', 'guarantee', 'system'].map(count), [13, 7, 6, 4])
  t.match(await stepOf('项目建议书批复'), { dueOn: '2026-08-31', status: 'slipped', slippedDays: 81, version: 1 })
  t.match(await stepOf('资金'), { dueOn: null, status: 'unplanned' })
  const again = await call(operator, createPlan, { params, body: {} })
  t.same(again.body, body, 'once begun it stays as it is')
})

t.test('templates are data: a step is added for new plans, another taken out', async (t) => {
  const { body } = await call(operator, listStepTemplates)
  const last = body.items.find(({ code }: { code: string }) => code === 'labour')
  const { code, version, ...fields } = last
  const put = (name: string, template: Record<string, unknown>, ifMatch?: string) =>
    call(operator, putStepTemplate, { params: { code: name }, body: template, ...(ifMatch ? { ifMatch } : {}) })
  t.match(await put(code, { ...fields, isActive: false }, `"${version}"`), {
    status: 200,
    body: { isActive: false, version: 2 },
  })
  t.match(await put(code, fields, `"${version}"`), { status: 412 })
  t.match(await put('archaeology', { kind: 'procedure', name: '考古勘探', position: 14, days: 100, isActive: true }), {
    body: { version: 1 },
  })
  t.match(await put('archaeology2', { kind: 'procedure', name: '考古勘探', position: 15, days: 1, isActive: true }), {
    status: 409,
    body: { code: 'already-exists', errors: [{ field: 'name' }] },
  })
  const plan = await call(operator, createPlan, { params: { id: other }, body: {} })
  const names = plan.body.items.map(({ name }: PlanStep) => name)
  t.ok(names.includes('考古勘探') && !names.includes('用工'))
  t.same(await refusal(actorOf('reviewer'), putStepTemplate, { params: { code }, body: fields }), ['role-not-allowed'])
})

t.test('a slip is told once for its due day, those of a project together; settling it is told too', async (t) => {
  const now = clock.now()
  t.equal(await tellSlips(database.kysely, now), 8, 'what was due before 20 November')
  t.equal(await tellSlips(database.kysely, now), 0)
  const [told] = await slips()
  t.match(told, {
    name: 'steps.slipped.v1',
    payload: { projectId: id, steps: [{ name: '项目建议书批复', dueOn: '2026-08-31' }] },
  })
  t.match(told?.payload.steps, { length: 8 })

  const step = await stepOf('项目建议书批复')
  const done = await change(step, { doneOn: '2026-11-02', evidence: '焦发改〔2026〕3号' })
  t.match(done, { status: 200, body: { status: 'doneLate', progressPercent: 100, slippedDays: 63, version: 2 } })
  t.match((await slips()).slice(1), [{ name: 'step.settled.v1', payload: { projectId: id, stepId: step.id } }])
  const moved = await stepOf('用地预审与选址意见书')
  t.match(await change(moved, { dueOn: '2026-11-30', reason: '省厅延期' }), { body: { status: 'dueSoon' } })
  t.equal((await slips()).length, 3)
  clock.set('2026-12-01T01:00:00Z')
  t.ok((await tellSlips(database.kysely, clock.now())) >= 1, 'slipped again, told again')
  t.ok(
    (await slips()).some(
      ({ payload }) =>
        JSON.stringify(payload).includes('"dueOn": "2026-11-30"') ||
        JSON.stringify(payload).includes('"dueOn":"2026-11-30"'),
    ),
  )
  clock.set('2026-11-20T01:00:00Z')

  const { body } = await call(operator, listPlanStepVersions, { params: { id, stepId: moved.id } })
  t.match(body.items, [
    { version: 2, reason: '省厅延期', changes: [{ field: 'dueOn', to: '2026-11-30' }] },
    { version: 1 },
  ])
})

t.test('supervisors see what has slipped and what falls due, within reach, the earliest first', async (t) => {
  const due = async (query: Record<string, string> = {}, actor = operator) =>
    (await call(actor, listDueSteps, { query })).body
  const slipped = await due({ dueBefore: '2026-11-20' })
  t.match(slipped.items[0], { projectName: '九渡水库', unitName: '市住建局', status: 'slipped' })
  const days = slipped.items.map(({ dueOn }: PlanStep) => dueOn)
  t.same(days, [...days].sort())
  const page = await due({ limit: '3' })
  const rest = await due({ limit: '200', cursor: page.nextCursor })
  t.equal(page.items.length + rest.items.length, (await due({ limit: '200' })).items.length)
  t.ok((await due({ kind: 'milestone' })).items.every(({ kind }: PlanStep) => kind === 'milestone'))
  t.equal((await due({ unitId })).items.length, (await due()).items.length)
  t.same((await due({}, actorOf('supervisor', { regionCode: '410825' }))).items, [])
  await call(operator, moveProject, { params, body: { to: 'suspended', movedOn: '2026-11-20', reason: '停工' } })
  t.same((await due()).items, [], 'what stands still cannot slip')
})

t.test('bad input is refused by name, and nothing changes', async (t) => {
  const step = await stepOf('环境影响评价批复')
  const before = [(await call(operator, listPlanSteps, { params })).body, await events()]
  const refuses = (body: Record<string, unknown>) =>
    refusal(operator, updatePlanStep, { params: { id, stepId: step.id }, body })
  t.same(await refuses({ progressPercent: 101 }), ['validation-failed', 'progressPercent'])
  t.same(await refuses({ doneOn: '2026-11-31' }), ['validation-failed', 'doneOn'])
  t.same(await refuses({ doneOn: '2026-11-21', evidence: '1号' }), ['validation-failed', 'doneOn'])
  t.same(await refuses({ doneOn: '2026-11-01' }), ['validation-failed', 'evidence'])
  t.same(await refuses({ dueOn: '2027-01-01' }), ['validation-failed', 'reason'])
  t.same(await refuses({ personId: UNKNOWN }), ['unknown-reference', 'personId'])
  t.same(await refuses({ unitId: UNKNOWN }), ['unknown-reference', 'unitId'])
  t.same(await refuses({ name: '节能审查意见' }), ['already-exists', 'name'])
  t.same(await refuses({ note: 'a\u202eb' }), ['validation-failed', 'note'])
  t.same(await refuses({}), ['validation-failed', ''])
  const elsewhere = { id: other, stepId: step.id }
  t.same(await refusal(operator, updatePlanStep, { params: elsewhere, body: { note: '' } }), ['not-found', 'stepId'])
  t.same(
    await refusal(actorOf('filer', { unitId: UNKNOWN }), updatePlanStep, {
      params: { id, stepId: step.id },
      body: { note: '' },
    }),
    ['outside-scope', 'id'],
  )
  t.same(await refusal(actorOf('leader'), createPlan, { params, body: {} }), ['role-not-allowed'])
  t.same(await refusal(operator, createPlan, { params, body: { startOn: '2026-02-30' } }), [
    'validation-failed',
    'startOn',
  ])
  t.same(await refusal(operator, createPlan, { params: { id: UNKNOWN }, body: {} }), ['not-found', 'id'])
  t.same([(await call(operator, listPlanSteps, { params })).body, await events()], before)
  const filer = actorOf('filer', { unitId })
  t.match(
    await call(filer, updatePlanStep, { params: { id, stepId: step.id }, body: { progressPercent: 40, personId } }),
    {
      status: 200,
      body: { progressPercent: 40, personId },
    },
  )
  t.match(
    await call(filer, addPlanStep, { params, body: { kind: 'milestone', name: '蓄水验收', dueOn: '2027-05-01' } }),
    {
      status: 201,
      body: { position: 8, code: null, status: 'open' },
    },
  )
  t.same(await refusal(filer, addPlanStep, { params, body: { kind: 'milestone', name: '蓄水验收' } }), [
    'already-exists',
    'name',
  ])
})
