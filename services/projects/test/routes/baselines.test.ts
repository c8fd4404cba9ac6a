import { actorOf } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import t from 'tap'
import { tellBaselines } from '../../migrations/20261124T0430_tell_baselines.ts'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, database, events } = await startService(t)
const { addBaseline, createProject, listBaselines, updateProject } = routes

const { body: project } = await call(operator, createProject, {
  body: newProject('九渡水库', { totalInvestmentYuan: 300, plannedCompletionOn: '2027-06-30' }),
})
const params = { id: project.id }
const approval = (fields: Record<string, unknown> = {}) => ({
  document: '焦发改〔2025〕1号',
  approvedOn: '2025-03-01',
  totalInvestmentYuan: 300,
  plannedStartOn: '2025-04-01',
  plannedCompletionOn: '2027-06-30',
  ...fields,
})
const overruns = async () =>
  (await call(operator, listBaselines, { params })).body.items.map(
    ({ number, overrun }: { number: number; overrun: object }) => ({ number, ...overrun }),
  )

t.test('approved totals and dates stay as they were approved; the overrun is of today, against each', async (t) => {
  t.match(await call(operator, addBaseline, { params, body: approval() }), {
    status: 201,
    body: { number: 1, actorName: operator.name, overrun: { totalYuan: 0, totalPercent: 0, completionDays: 0 } },
  })
  const body = { totalInvestmentYuan: 400, plannedCompletionOn: '2027-09-28' }
  await call(operator, updateProject, { params, body })
  t.same(await overruns(), [{ number: 1, totalYuan: 100, totalPercent: 33.33, completionDays: 90 }])

  const revision = approval({ document: '焦发改〔2026〕9号', approvedOn: '2026-10-01', totalInvestmentYuan: 380 })
  await call(operator, addBaseline, { params, body: { ...revision, plannedCompletionOn: null } })
  t.same(await overruns(), [
    { number: 1, totalYuan: 100, totalPercent: 33.33, completionDays: 90 },
    { number: 2, totalYuan: 20, totalPercent: 5.26, completionDays: null },
  ])
  await call(operator, updateProject, { params, body: { totalInvestmentYuan: null, actualCompletionOn: '2027-06-01' } })
  t.same((await overruns())[0], { number: 1, totalYuan: null, totalPercent: null, completionDays: -29 })
})

t.test('who holds reports against what was approved hears of each baseline, and of those from before', async (t) => {
  const told = async () => (await events()).filter(({ name }) => name === 'baseline.recorded.v1')
  const both = [
    {
      projectId: project.id,
      number: 1,
      document: '焦发改〔2025〕1号',
      approvedOn: '2025-03-01',
      totalInvestmentYuan: 300,
    },
    {
      projectId: project.id,
      number: 2,
      document: '焦发改〔2026〕9号',
      approvedOn: '2026-10-01',
      totalInvestmentYuan: 380,
    },
  ]
  const payloads = async () => (await told()).map(({ payload }) => payload)
  t.same(await payloads(), both)
  await database.kysely.deleteFrom('outbox').execute()
  await tellBaselines.up(database.kysely)
  t.same(
    (await payloads()).sort((a, b) => Number(a.number) - Number(b.number)),
    both,
  )
})

t.test('what cannot be approved is refused by name, and nothing is recorded', async (t) => {
  const before = await overruns()
  const cases: [Record<string, unknown>, string[]][] = [
    [{ approvedOn: '2026-11-21' }, ['validation-failed', 'approvedOn']],
    [{ approvedOn: '2026-09-30' }, ['validation-failed', 'approvedOn']],
    [{ approvedOn: '2026-11-31' }, ['validation-failed', 'approvedOn']],
    [{ approvedOn: '2026-11-01', plannedCompletionOn: '2025-03-31' }, ['validation-failed', 'plannedCompletionOn']],
    [{ totalInvestmentYuan: 0 }, ['validation-failed', 'totalInvestmentYuan']],
    [{ document: ' ' }, ['validation-failed', 'document']],
    [{ colour: 'red' }, ['validation-failed', 'colour']],
  ]
  for (const [fields, expected] of cases) {
    t.same(await refusal(operator, addBaseline, { params, body: approval(fields) }), expected, JSON.stringify(fields))
  }
  t.same(await overruns(), before)
  t.same(await refusal(actorOf('filer'), addBaseline, { params, body: approval() }), ['role-not-allowed'])
  t.same(await refusal(actorOf('leader', { regionCode: '410811' }), listBaselines, { params }), ['outside-scope', 'id'])
  t.same(await refusal(operator, listBaselines, { params: { id: UNKNOWN } }), ['not-found', 'id'])
})

t.test('of many recorded at the same moment each gets a number of its own', async (t) => {
  const { body: other } = await call(operator, createProject, { body: newProject('断头路') })
  const many = Array.from({ length: 6 }, () =>
    call(operator, addBaseline, { params: { id: other.id }, body: approval() }),
  )
  const numbers = (await Promise.all(many)).map(({ body }) => body.number).sort()
  t.same(numbers, [1, 2, 3, 4, 5, 6])
})
