import { CHECK_CODES, type EventPayload, type ReportEntry, routes } from '@tiaodu/types'
import t from 'tap'
import { foldRollups } from '../../src/operations/fold-rollups.ts'
import { filer, operator, projectNamed, reviewer, startCycleService, supervisor } from '../fixtures/cycle-service.ts'

const WAN = 10_000
const service = await startCycleService(t, '2026-10-20T01:00:00Z')
const { call, clock, db, events, note } = service
const late = projectNamed('未开工', { stage: 'preliminary', plannedStartOn: '2026-08-10', actualStartOn: null })
const slow = projectNamed('滞后')
const short = projectNamed('缺资金')
const fine = projectNamed('正常')

type Told = EventPayload<'lights.changed.v1'>
let seen = 0
/** What has been told since the last time, after everything that was committed is folded. */
const news = async () => {
  await foldRollups(db, clock.now())
  const all = (await events('lights.changed.v1')) as unknown as Told[]
  const fresh = all.slice(seen)
  seen = all.length
  return fresh
}
const toldOf = (told: readonly Told[], { projectId }: { projectId: string }) =>
  told.flatMap(({ projects }) => projects).filter((one) => one.projectId === projectId)
const codes = (told: readonly Told[], project: { projectId: string }) =>
  toldOf(told, project).map(({ light, revision, reasons }) => [light, revision, ...reasons.map(({ code }) => code)])

const report = async (id: string, period: string, wan: number, fundsReceived: ReportEntry['fundsReceived']) => {
  const params = { id, period }
  const explanations = CHECK_CODES.map((code) => ({ code, text: '情况属实' }))
  const body = { completedYuan: wan * WAN, fundsReceived, visualProgress: `${period} 施工`, explanations }
  await call(filer, routes.saveReport, { params, body })
  await call(filer, routes.submitReport, { params })
  return (await call(reviewer, routes.approveReport, { params })).status
}

t.before(async () => {
  for (const project of [late, slow, short, fine]) await note(project)
  await call(operator, routes.openCycle, { body: { period: '2026-10' } })
  await call(reviewer, routes.putAnnualPlan, {
    params: { id: slow.projectId, year: 2026 },
    body: { plannedYuan: 1_200 * WAN },
  })
})

t.test(
  'what is held against a project is told once, with its reasons; what has nothing against it is not',
  async (t) => {
    const told = await news()
    t.same([...new Set(told.map(({ period }) => period))], ['2026-10'])
    t.same(codes(told, late), [['yellow', 1, 'start-missed']])
    t.same(codes(told, slow), [['red', 1, 'behind-schedule']])
    t.same(toldOf(told, fine), [], 'nothing is held against it and nothing was')
    t.match(toldOf(told, late)[0]?.reasons, [{ zh: /开工/, en: /start/i }])
    await note({ ...late, version: 2 })
    t.same(await news(), [], 'judged again with the same outcome')
  },
)

t.test('a gap of funds is a reason of its own, gone when the funds have come', async (t) => {
  const received = (wan: number) => [{ source: 'ownFunds' as const, yuan: wan * WAN }]
  t.equal(await report(short.projectId, '2026-10', 2_000, received(500)), 200)
  const told = await news()
  t.match(codes(told, short), [[null, 1, 'funds-gap']])
  t.match(toldOf(told, short)[0]?.reasons, [{ zh: '已完成 2000 万元，其中 1500 万元资金未到位（75%）' }])
  clock.set('2026-11-20T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: '2026-11' } })
  t.equal(await report(short.projectId, '2026-11', 100, received(1_500)), 200)
  const after = await news()
  t.same(codes(after, short).at(-1), [null, 2])
})

t.test('only the newest month is told', async (t) => {
  const told = await news()
  t.same(told, [])
  await call(reviewer, routes.putAnnualPlan, {
    params: { id: fine.projectId, year: 2026 },
    body: { plannedYuan: 1_200 * WAN },
  })
  const both = await news()
  t.same(
    [...new Set(both.map(({ period }) => period))],
    ['2026-11'],
    'October is judged anew too and nobody hears of it',
  )
  t.equal(toldOf(both, fine).length, 1)
})

t.test('an exempt project has nothing held against it; when the exemption ends it has', async (t) => {
  const params = { id: late.projectId }
  const exemption = {
    ...{ ground: 'forceMajeure', reason: '汛情停工', evidence: '防指〔2026〕3号' },
    ...{ fromPeriod: '2026-11', untilPeriod: '2027-01' },
  }
  const { body } = await call(supervisor, routes.recordExemption, { params, body: exemption })
  t.same(
    codes(await news(), late)
      .at(-1)
      ?.slice(2),
    [],
  )
  await call(supervisor, routes.withdrawExemption, {
    params: { ...params, exemptionId: body.id },
    body: { reason: '误记' },
  })
  const again = codes(await news(), late)
  t.same(again.at(-1)?.slice(2), ['start-missed'])
  t.ok(Number(again.at(-1)?.[1]) >= 3, 'each word has a higher revision')
})
