import { actorOf } from '@tiaodu/testing'
import { CHECK_CODES, type Ranking, type RankingRow, routes, type UnitKind } from '@tiaodu/types'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { noteUnit } from '../../src/operations/note-unit.ts'
import { reconcile } from '../../src/operations/reconcile.ts'
import { filer, operator, projectNamed, reviewer, startCycleService, supervisor } from '../fixtures/cycle-service.ts'

const { db, clock, call, refusal, note } = await startCycleService(t, '2026-10-20T01:00:00Z')
const { getRanking, putRankingFormula, listRankingFormulas, openCycle, putAnnualPlan } = routes
const { saveReport, submitReport, approveReport } = routes
const YI = 100_000_000

const UNITS = {
  shanyang: ['山阳区政府', 'district', '410811', '城区组'],
  jiefang: ['解放区政府', 'district', '410802', '城区组'],
  xiuwu: ['修武县政府', 'district', '410821', '县(市)组'],
  works: ['市住建局', 'department', '410800', '部门组'],
} as const
const ids = Object.fromEntries(Object.keys(UNITS).map((key) => [key, uuidv7()])) as Record<keyof typeof UNITS, string>
const tellUnit = (
  unitId: string,
  [name, kind, regionCode, peerGroup]: readonly [string, UnitKind, string, string | null],
  version = 1,
) =>
  db
    .transaction()
    .execute((trx) => noteUnit(trx, { unitId, version, name, kind, regionCode, parentId: null, peerGroup }))
for (const key of Object.keys(UNITS) as (keyof typeof UNITS)[]) await tellUnit(ids[key], UNITS[key])

/** A project of a unit with a plan of the year. */
async function plan(key: keyof typeof UNITS, plannedYuan: number, fields: Parameters<typeof projectNamed>[1] = {}) {
  const [name, , regionCode] = UNITS[key]
  const project = projectNamed(`${name} ${uuidv7()}`, {
    regionCode,
    regionName: name.slice(0, 3),
    totalInvestmentYuan: 10 * YI,
    responsibleUnitId: ids[key],
    responsibleUnitName: name,
    ...fields,
  })
  await note(project)
  await call(reviewer, putAnnualPlan, { params: { id: project.projectId, year: 2026 }, body: { plannedYuan } })
  return project.projectId
}

async function report(id: string, unitId: string, period: string, completedYuan: number) {
  const own = actorOf('filer', { personId: uuidv7(), unitId })
  const params = { id, period }
  const explanations = CHECK_CODES.map((code) => ({ code, text: '情况属实' }))
  await call(own, saveReport, { params, body: { completedYuan, visualProgress: `主体施工 ${period}`, explanations } })
  await call(own, submitReport, { params })
  const { body } = await call(reviewer, approveReport, { params })
  t.equal(body.state, 'approved')
}

const rank = async (query: Record<string, string>, actor = filer): Promise<Ranking> =>
  (await call(actor, getRanking, { query })).body
const short = ({ groups }: Ranking) =>
  groups.map(({ peerGroup, rows }) => [peerGroup, ...rows.map((row) => [row.name, row.rank, row.movement, row.list])])

const first = {
  shanyang: await plan('shanyang', 4 * YI, { plannedStartOn: '2026-03-01', actualStartOn: '2026-03-02' }),
  jiefang: await plan('jiefang', 2 * YI, { plannedStartOn: '2026-10-31', stage: 'preliminary' }),
  xiuwu: await plan('xiuwu', 1 * YI, { statisticalEntryOn: '2026-09-01' }),
}
await plan('shanyang', 50 * YI, { assessmentClass: 'followed' })
await call(operator, openCycle, { body: { period: '2026-10' } })

t.test('regions are ranked among their peers, 考核类 only, with what is counted out of what', async (t) => {
  await report(first.shanyang, ids.shanyang, '2026-10', 1 * YI)
  await report(first.jiefang, ids.jiefang, '2026-10', 1 * YI)
  const ranking = await rank({ period: '2026-10', of: 'region' })
  t.same(short(ranking), [
    ['城区组', ['解放区', 1, null, 'black'], ['山阳区', 2, null, 'black']],
    ['县(市)组', ['修武县', 1, null, 'black']],
  ])
  t.match(ranking.formula, { version: 1, reason: '出厂默认', measures: [{ measure: 'completionRate', weight: 100 }] })
  t.same(ranking.groups[0]?.rows[1], {
    key: '410811',
    name: '山阳区',
    rank: 2,
    lastRank: null,
    movement: null,
    score: 25,
    coveredWeight: 100,
    rates: [{ measure: 'completionRate', weight: 100, numerator: YI, denominator: 4 * YI, percent: 25 }],
    list: 'black',
    projectCount: 1,
    totalInvestmentYuan: 10 * YI,
    plannedYuan: 4 * YI,
    completedYuan: YI,
    monthCompletedYuan: YI,
    isSimulated: false,
  } satisfies RankingRow)
  const own = await rank({ period: '2026-10', of: 'region', peerGroup: '县(市)组' }, supervisor)
  t.same(
    own.groups.map(({ peerGroup }) => peerGroup),
    ['县(市)组'],
  )
})

t.test('units are ranked by themselves; one without a group stands apart', async (t) => {
  await plan('works', YI)
  await tellUnit(ids.xiuwu, ['修武县政府', 'district', '410821', null], 2)
  t.same(short(await rank({ period: '2026-10', of: 'unit' })), [
    ['部门组', ['市住建局', 1, null, 'black']],
    ['城区组', ['解放区政府', 1, null, 'black'], ['山阳区政府', 2, null, 'black']],
    [null, ['修武县政府', 1, null, 'black']],
  ])
})

t.test('movement is against last month, and red needs to be ahead of the schedule', async (t) => {
  clock.set('2026-11-20T01:00:00Z')
  await call(operator, openCycle, { body: { period: '2026-11' } })
  await report(first.shanyang, ids.shanyang, '2026-11', 3 * YI)
  const { groups } = await rank({ period: '2026-11', of: 'region', peerGroup: '城区组' })
  t.match(groups[0]?.rows, [
    { name: '山阳区', rank: 1, lastRank: 2, movement: 1, score: 100, list: 'red', monthCompletedYuan: 3 * YI },
    { name: '解放区', rank: 2, lastRank: 1, movement: -1, score: 50, list: 'black', monthCompletedYuan: 0 },
  ])
  t.same(await reconcile(db), [])
})

const FORMULA = {
  fromPeriod: '2026-11',
  measures: [
    { measure: 'completionRate', weight: 40 },
    { measure: 'startRate', weight: 30 },
    { measure: 'statisticsRate', weight: 20 },
    { measure: 'onTimeRate', weight: 10 },
  ],
  order: 'highestFirst',
  ties: 'shared',
  lists: { measure: 'score', red: { level: 70, positions: 1 }, black: { level: 70, positions: 1 } },
}
const put = (fields: object = {}, ifMatch?: string) => ({
  params: { of: 'region' },
  body: { ...FORMULA, reason: '市重点办〔2026〕8号', ...fields },
  ...(ifMatch === undefined ? {} : { ifMatch }),
})

t.test('a changed formula counts from its month on, and the answer names it', async (t) => {
  const { status, body } = await call(supervisor, putRankingFormula, put({}, '"1"'))
  t.equal(status, 200)
  t.match(body, { version: 2, actorId: supervisor.personId, reason: '市重点办〔2026〕8号' })
  t.equal((await call(operator, putRankingFormula, put())).body.version, 2, 'the same again changes nothing')
  const november = await rank({ period: '2026-11', of: 'region', peerGroup: '城区组' })
  t.equal(november.formula.version, 2)
  t.same(
    november.groups[0]?.rows.map(({ name, score, coveredWeight, list, rates }) => [
      name,
      score,
      coveredWeight,
      list,
      ...rates.map(({ numerator, denominator }) => [numerator, denominator]),
    ]),
    [
      ['山阳区', 80, 100, 'red', [4 * YI, 4 * YI], [1, 1], [0, 1], [1, 1]],
      ['解放区', 25, 80, 'black', [YI, 2 * YI], [0, 1], [0, 0], [0, 1]],
    ],
  )
  t.equal((await rank({ period: '2026-10', of: 'region' })).formula.version, 1)
  t.equal((await rank({ period: '2026-11', of: 'unit' })).formula.version, 1, 'units have a formula of their own')
  const { items } = (await call(filer, listRankingFormulas, { params: { of: 'region' } })).body
  t.same(
    items.map(({ version }: { version: number }) => version),
    [2, 1],
  )
})

t.test('who may not change it, and what cannot be applied, changes nothing', async (t) => {
  for (const actor of [filer, reviewer, actorOf('head'), actorOf('leader')])
    t.equal((await refusal(actor, putRankingFormula, put()))[0], 'role-not-allowed', actor.role)
  t.same(await refusal(operator, putRankingFormula, put({ ties: 'dense' }, '"1"')), ['version-mismatch', 'If-Match'])
  t.same(await refusal(operator, putRankingFormula, put({ fromPeriod: '2026-09' })), [undefined, undefined])
  clock.set('2026-12-01T01:00:00Z')
  t.same(await refusal(operator, putRankingFormula, put({ fromPeriod: '2026-10' })), ['period-locked', 'fromPeriod'])
  const measures = [{ measure: 'startRate', weight: 90 }]
  t.same(await refusal(operator, putRankingFormula, put({ measures })), ['validation-failed', 'measures'])
  t.same(await refusal(operator, putRankingFormula, put({ ties: 'toss' })), ['validation-failed', 'ties'])
  t.same(await refusal(filer, getRanking, { query: { period: '2026-12', of: 'region' } }), ['not-found', 'period'])
  t.same(await refusal(filer, getRanking, { query: { period: '2026-13', of: 'region' } }), [
    'validation-failed',
    'period',
  ])
  const { items } = (await call(filer, listRankingFormulas, { params: { of: 'region' } })).body
  t.equal(items[0].version, 3, 'only the one from September was kept, when nothing was locked')
})
