import { actorOf } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, events } = await startService(t)
const { addReserveEntries, countReserveEntries, createProject, getProject, listProjectMoves } = routes
const { listProjectReserveEntries, listReserveEntries, rollReservePool } = routes

const register = async (name: string, fields: Record<string, unknown> = {}): Promise<string> =>
  (await call(operator, createProject, { body: newProject(name, { stage: 'planning', ...fields }) })).body.id
const code = '2105-410802-04-01-123456'
const first = await register('谋划水库', { projectCode: code })
const second = await register('前期公路', { stage: 'preliminary' })
const started = await register('在建医院', { stage: 'building' })

const enter = (year: number, body: Record<string, unknown>) =>
  call(operator, addReserveEntries, { params: { year: String(year) }, body: { decidedOn: '2026-11-01', ...body } })
const refuses = (year: number, body: Record<string, unknown>) =>
  refusal(operator, addReserveEntries, { params: { year: String(year) }, body: { decidedOn: '2026-11-01', ...body } })
const counts = async (year: number) => {
  const { body } = await call(operator, countReserveEntries, { params: { year: String(year) } })
  return Object.fromEntries(body.byState.map(({ state, count }: { state: string; count: number }) => [state, count]))
}
const stageOf = async (id: string) => (await call(operator, getProject, { params: { id } })).body.stage

t.test(
  'projects are proposed by id or code, then listed or not; 入库 takes 谋划 into 储备 with its document',
  async (t) => {
    t.match(
      await enter(2025, { projects: [second, '2105-410802-04-01-123456'], state: 'proposed', decidedOn: '2026-01-01' }),
      {
        status: 201,
        body: { entered: 2, moved: 0 },
      },
    )
    t.match(
      await enter(2025, {
        projects: [second, first],
        state: 'listed',
        document: '焦发改〔2025〕1号',
        decidedOn: '2026-11-20',
      }),
      {
        body: { entered: 2, moved: 1 },
      },
    )
    t.equal(await stageOf(first), 'reserve')
    t.equal(await stageOf(second), 'preliminary', 'what is further on stays where it is')
    const { body: moves } = await call(operator, listProjectMoves, { params: { id: first } })
    t.match(moves.items[0], {
      from: 'planning',
      to: 'reserve',
      movedOn: '2026-11-20',
      evidence: [{ kind: 'listing', reference: '焦发改〔2025〕1号' }],
    })
    t.ok((await events()).some(({ name, payload }) => name === 'project.moved.v1' && payload.projectId === first))
    t.same(await counts(2025), { proposed: 0, listed: 2, notListed: 0, added: 0, withdrawn: 0 })
    const { body } = await call(operator, listProjectReserveEntries, { params: { id: first } })
    t.match(body.items, [
      { number: 2, state: 'listed', actorName: operator.name },
      { number: 1, state: 'proposed' },
    ])
  },
)

t.test('all or none: every project that cannot be entered is named, and nothing is entered', async (t) => {
  const before = [await counts(2026), await stageOf(first), (await events()).length]
  t.same(await refuses(2026, { projects: [first, started, UNKNOWN], state: 'proposed' }), [
    'unknown-reference',
    'projects.2',
  ])
  t.same(await refuses(2026, { projects: [first, started], state: 'proposed' }), ['entry-forbidden', 'projects.1'])
  t.same(await refuses(2026, { projects: [first, code], state: 'proposed' }), ['unknown-reference', 'projects.1'])
  t.same(await refuses(2026, { projects: [first], state: 'listed', document: '1号' }), [
    'entry-forbidden',
    'projects.0',
  ])
  t.same(await refuses(2026, { projects: [first], state: 'added' }), ['validation-failed', 'reason', 'document'])
  t.same(await refuses(2026, { projects: [first], state: 'proposed', decidedOn: '2026-11-31' }), [
    'validation-failed',
    'decidedOn',
  ])
  t.same(await refuses(2026, { projects: [first], state: 'proposed', decidedOn: '2026-11-21' }), [
    'validation-failed',
    'decidedOn',
  ])
  t.same(await refuses(2026, { projects: [], state: 'proposed' }), ['validation-failed', 'projects'])
  t.same(await refuses(2025, { projects: [first], state: 'withdrawn' }), ['validation-failed', 'reason'])
  t.same(await refuses(1999, { projects: [first], state: 'proposed' }), ['validation-failed', 'year'])
  const elsewhere = actorOf('reviewer', { regionCode: '410825' })
  const params = { year: '2026' }
  const body = { projects: [first], state: 'proposed', decidedOn: '2026-11-01' }
  t.same(await refusal(elsewhere, addReserveEntries, { params, body }), ['unknown-reference', 'projects.0'])
  t.same(await refusal(actorOf('filer'), addReserveEntries, { params, body }), ['role-not-allowed'])
  t.same([await counts(2026), await stageOf(first), (await events()).length], before)
})

t.test('the pool rolls into the next year: what has not started is proposed again, once', async (t) => {
  const roll = async (body: Record<string, unknown> = {}) =>
    (await call(operator, rollReservePool, { params: { year: '2026' }, body })).body
  const third = await register('储备学校', { stage: 'reserve' })
  await enter(2025, { projects: [third], state: 'added', reason: '年中增补', document: '2号' })
  t.match(await roll({ dryRun: true }), { isDryRun: true, proposed: 3, alreadyEntered: 0, leftOut: 0 })
  t.same(await counts(2026), { proposed: 0, listed: 0, notListed: 0, added: 0, withdrawn: 0 }, 'a dry run does nothing')
  t.match(await roll(), {
    proposed: 3,
    projects: [{ projectName: '前期公路' }, { projectName: '谋划水库' }, { projectName: '储备学校' }],
  })
  t.match(await roll(), { proposed: 0, alreadyEntered: 3, projects: [] }, 'safe to repeat')
  t.same(await counts(2026), { proposed: 3, listed: 0, notListed: 0, added: 0, withdrawn: 0 })
  t.same(await refusal(operator, rollReservePool, { params: { year: '2026' }, body: { decidedOn: '2027-01-01' } }), [
    'validation-failed',
    'decidedOn',
  ])
})

t.test('not listed, added in mid-year, withdrawn; with its stage when that is wanted', async (t) => {
  t.equal(
    (await enter(2026, { projects: [first], state: 'notListed', reason: '手续不全', decidedOn: '2026-11-20' })).status,
    201,
  )
  const document = '焦发改〔2026〕8号'
  const added = { projects: [first], state: 'added', reason: '手续已齐', document, decidedOn: '2026-11-20' }
  t.equal((await enter(2026, added)).status, 201)
  t.same(await refuses(2026, added), ['entry-forbidden', 'projects.0'], 'it stands there already')
  const leave = { projects: [first], state: 'withdrawn', reason: '不再建设', withStage: true, decidedOn: '2026-11-20' }
  t.match(await enter(2026, leave), { body: { entered: 1, moved: 1 } })
  t.equal(await stageOf(first), 'withdrawn')
  t.match(await enter(2026, { ...added, reason: '恢复' }), { body: { moved: 1 } }, '增补 takes it back')
  t.equal(await stageOf(first), 'reserve')
  const params = { year: '2026' }
  const { body } = await call(operator, listReserveEntries, { params, query: { state: 'added' } })
  t.match(body.items, [{ projectId: first, state: 'added', number: 5, document }])
  const page = (await call(operator, listReserveEntries, { params, query: { limit: '2' } })).body
  const rest = (await call(operator, listReserveEntries, { params, query: { limit: '2', cursor: page.nextCursor } }))
    .body
  t.equal(page.items.length + rest.items.length, 3)
  const elsewhere = actorOf('reviewer', { regionCode: '410825' })
  t.same((await call(elsewhere, listReserveEntries, { params })).body.items, [], 'nobody sees what is out of reach')
})
