import { actorOf } from '@tiaodu/testing'
import { type Actor, type ReviewLevel, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { noteUnit } from '../../src/operations/note-unit.ts'
import { reconcile } from '../../src/operations/reconcile.ts'
import { filer, operator, projectNamed, reviewer, startCycleService } from '../fixtures/cycle-service.ts'

const [OCTOBER, NOVEMBER, JANUARY, FEBRUARY] = ['2026-10', '2026-11', '2027-01', '2027-02'] as const
const PARENT = uuidv7()
const department = actorOf('reviewer', { personId: uuidv7(), unitId: PARENT })
const county = actorOf('reviewer', { personId: uuidv7(), regionCode: '410802' })
const city = reviewer
const LEVELS: ReviewLevel[] = [
  { reviewer: 'unit', name: '主管单位' },
  { reviewer: 'county', name: '县区发改' },
  { reviewer: 'city', name: '市重点办' },
]

const service = await startCycleService(t, '2026-10-20T01:00:00Z')
const { call, clock, db, note } = service
const inCounty = projectNamed('区里的', { regionCode: '410802', regionName: '解放区' })
const inCity = projectNamed('市里的')
const [ID, CITY_ID] = [inCounty.projectId, inCity.projectId]

const keyed = () => ({ 'idempotency-key': uuidv7() })
const of = (id: string, period: string = NOVEMBER) => ({ params: { id, period } })
const file = (period: string, ...ids: string[]) => fileYuan(70, period, ...ids)
const fileYuan = (yuan: number, period: string, ...ids: string[]) => {
  const fundsReceived = [{ source: 'ownFunds', yuan }]
  const entry = { completedYuan: yuan, fundsReceived, visualProgress: `主体 ${period}` }
  const reports = ids.map((projectId) => ({ projectId, entry }))
  return call(filer, routes.fileReports, { body: { period, reports }, headers: keyed() })
}
const approve = (actor: Actor, id: string, period?: string) => call(actor, routes.approveReport, of(id, period))
const queueOf = async (actor: Actor) => {
  const { body } = await call(actor, routes.listReports, { query: { awaitingMe: 'true' } })
  return body.items.map(({ projectName, awaits }: { projectName: string; awaits: ReviewLevel }) => [
    projectName,
    awaits.name,
  ])
}
const approvedYuan = async (id: string) => {
  const { rows } = await sql<{ yuan: number }>`
    select completed_yuan as yuan from project_years where project_id = ${id}`.execute(db)
  return rows[0]?.yuan ?? 0
}

t.before(async () => {
  for (const project of [inCounty, inCity]) await note(project)
  await db.transaction().execute((trx) =>
    noteUnit(trx, {
      ...{ unitId: filer.unitId as string, version: 1, name: '市工信局', kind: 'department' },
      ...{ regionCode: '410800', parentId: PARENT, peerGroup: null },
    }),
  )
  await call(operator, routes.openCycle, { body: { period: OCTOBER } })
})

t.test('out of the box there is one level, for whoever reaches the project', async (t) => {
  const { body } = await call(filer, routes.getReviewRule)
  t.match(body, { version: 1, levels: [{ reviewer: 'any', name: '审核' }] })
  await file(OCTOBER, ID)
  t.same(await queueOf(county), [['区里的', '审核']])
  t.same(await queueOf(filer), [], 'who reviews nothing has no queue')
  t.match((await approve(city, ID, OCTOBER)).body, { state: 'approved', awaits: null })
})

t.test('the levels are changed by an operator from a month on that is not open, as a new version', async (t) => {
  const body = { fromPeriod: NOVEMBER, levels: LEVELS, reason: '逐级审核' }
  const put = (fields: object, actor = operator) =>
    service.refusal(actor, routes.putReviewRule, { body: { ...body, ...fields } })
  t.same(await put({}, city), ['role-not-allowed', undefined])
  t.same(await put({ fromPeriod: OCTOBER }), ['period-opened', 'fromPeriod'])
  t.same(await put({ levels: [LEVELS[1], LEVELS[1]] }), ['validation-failed', 'levels.1.reviewer'])
  t.same(await put({ levels: [] }), ['validation-failed', 'levels'])
  t.equal((await call(operator, routes.putReviewRule, { body, ifMatch: '7' })).status, 412)
  t.match((await call(operator, routes.putReviewRule, { body, ifMatch: '1' })).body, { version: 2, levels: LEVELS })
  t.equal((await call(operator, routes.putReviewRule, { body })).body.version, 2, 'the same again is no new version')
  t.equal((await call(filer, routes.getReviewRule)).body.version, 1, 'October keeps its own')
  t.equal((await call(filer, routes.getReviewRule, { query: { period: NOVEMBER } })).body.version, 2)
  const { body: versions } = await call(filer, routes.listReviewRules)
  t.same(
    versions.items.map(({ version, reason }: { version: number; reason: string }) => [version, reason]),
    [
      [2, '逐级审核'],
      [1, '出厂默认'],
    ],
  )
})

t.test(
  'a report passes each level in turn, shows in the queue of that level alone, and counts at the end',
  async (t) => {
    clock.set('2026-11-20T01:00:00Z')
    await call(operator, routes.openCycle, { body: { period: NOVEMBER } })
    const filed = await file(NOVEMBER, ID, CITY_ID)
    t.same(
      filed.body.reports.map(({ awaits }: { awaits: ReviewLevel }) => awaits.name),
      ['主管单位', '主管单位'],
    )
    t.same((await call(filer, routes.getReport, of(CITY_ID))).body.reviewLevels, [LEVELS[0], LEVELS[2]])
    t.same(await queueOf(county), [])
    t.same(await queueOf(city), [])
    t.same(
      new Map(await queueOf(department)),
      new Map([
        ['市里的', '主管单位'],
        ['区里的', '主管单位'],
      ]),
    )
    t.same(await service.refusal(city, routes.approveReport, of(ID)), ['other-review-level', 'awaits'])
    const events = async () => (await service.events('report.approved.v1')).length
    const before = await events()
    t.match((await approve(department, ID)).body, { state: 'submitted', awaits: LEVELS[1], approvedAt: null })
    t.same(await queueOf(county), [['区里的', '县区发改']])
    t.equal(await approvedYuan(ID), 70, 'only October counts')
    t.match((await approve(county, ID)).body, { state: 'submitted', awaits: LEVELS[2] })
    t.same(await service.refusal(county, routes.approveReport, of(ID)), ['other-review-level', 'awaits'])
    t.equal(await events(), before)
    t.match((await approve(city, ID)).body, { state: 'approved', awaits: null })
    t.equal(await approvedYuan(ID), 140)
    t.equal(await events(), before + 1)
    const passed = await service.events('report.passed.v1')
    t.same(
      passed.map(({ projectId, level, awaits }) => [projectId, level, awaits]),
      [
        [ID, 'unit', 'county'],
        [ID, 'county', 'city'],
      ],
    )
    t.same(await reconcile(db), [])
  },
)

t.test('history tells at which level it was passed, returned and approved', async (t) => {
  const reasons = [{ field: 'visualProgress', reason: '写明部位' }]
  t.match((await approve(department, CITY_ID)).body, { awaits: LEVELS[2] }, 'a project of the city has no county')
  t.same(await service.refusal(department, routes.approveReport, of(CITY_ID)), ['reviewed-before', undefined])
  t.same(await queueOf(department), [], 'nor is it in the queue of who has passed it')
  const returned = await call(city, routes.returnReport, { ...of(CITY_ID), body: { reasons } })
  t.match(returned.body, { state: 'returned', awaits: null })
  await file(NOVEMBER, CITY_ID)
  await approve(department, CITY_ID)
  await approve(city, CITY_ID)
  const { body } = await call(filer, routes.listReportActs, of(CITY_ID))
  t.same(
    body.items.map(({ action, levelName }: { action: string; levelName: string | null }) => [action, levelName]),
    [
      ['submitted', null],
      ['passed', '主管单位'],
      ['returned', '市重点办'],
      ['submitted', null],
      ['passed', '主管单位'],
      ['approved', '市重点办'],
    ],
  )
})

t.test(
  'in bulk each report moves on by one level, and one that waits for another level refuses them all',
  async (t) => {
    clock.set('2027-01-20T01:00:00Z')
    await call(operator, routes.openCycle, { body: { period: JANUARY } })
    await file(JANUARY, ID, CITY_ID)
    const bulk = async (actor: Actor, ...seen: [id: string, version: number][]) => {
      const reports = seen.map(([projectId, version]) => ({ projectId, version }))
      const answer = await call(actor, routes.approveReports, {
        body: { period: JANUARY, reports },
        headers: keyed(),
      })
      return (
        answer.body.reports?.map(({ state, awaits }: { state: string; awaits: ReviewLevel | null }) => [
          state,
          awaits?.name,
        ]) ?? answer.body.errors.map(({ field }: { field: string }) => field)
      )
    }
    t.same(await bulk(department, [ID, 1], [CITY_ID, 1]), [
      ['submitted', '县区发改'],
      ['submitted', '市重点办'],
    ])
    t.same(await bulk(city, [ID, 2], [CITY_ID, 2]), ['reports.0.awaits'])
    t.same(await bulk(county, [ID, 2]), [['submitted', '市重点办']])
    t.same(await bulk(city, [ID, 3], [CITY_ID, 2]), [
      ['approved', undefined],
      ['approved', undefined],
    ])
  },
)

t.test(
  'a project that moves while its report is under review shows in the queue of the next level it has',
  async (t) => {
    clock.set('2027-02-20T01:00:00Z')
    await call(operator, routes.openCycle, { body: { period: FEBRUARY } })
    await fileYuan(55, FEBRUARY, ID)
    t.match((await approve(department, ID, FEBRUARY)).body, { awaits: LEVELS[1] })
    t.same(await queueOf(city), [])
    await note({ ...inCounty, version: 2, regionCode: '410800', regionName: '焦作市' })
    t.same(await queueOf(county), [], 'its county has it no more')
    t.same(await queueOf(city), [['区里的', '市重点办']])
    await note({ ...inCounty, version: 3 })
    t.same(await queueOf(county), [['区里的', '县区发改']], 'back again')
    await note({ ...inCounty, version: 4, regionCode: '410800', regionName: '焦作市' })
    t.match((await approve(city, ID, FEBRUARY)).body, { state: 'approved' })
    await note({ ...inCounty, version: 5 })
  },
)

t.test('a correction is approved by the last level', async (t) => {
  const asked = await call(filer, routes.askCorrection, {
    ...of(ID),
    body: { entry: { completedYuan: 60 }, reason: '多报' },
  })
  t.equal(asked.status, 201)
  const params = { id: ID, period: NOVEMBER, number: 1 }
  t.same(await service.refusal(county, routes.approveCorrection, { params }), ['other-review-level', 'awaits'])
  t.equal((await call(city, routes.approveCorrection, { params })).body.state, 'approved')
  t.same(await reconcile(db), [])
})
