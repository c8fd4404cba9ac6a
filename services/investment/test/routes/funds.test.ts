import assert from 'node:assert/strict'
import { actorOf } from '@tiaodu/testing'
import {
  type Actor,
  CHECK_CODES,
  type FundSource,
  type FundsRow,
  type FundsSummary,
  type ProjectFunds,
  type ReportEntry,
  routes,
} from '@tiaodu/types'
import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { reconcile } from '../../src/operations/reconcile.ts'
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

const WAN = 10_000
const service = await startCycleService(t, '2026-10-20T01:00:00Z')
const { call, clock, db, note, refusal } = service
const { getFunds, getProjectFunds, getFundsRule, putFundsRule, listPolicyFunds, putPolicyTargets } = routes
const { listPolicyTargetVersions } = routes

const district = actorOf('reviewer', { personId: uuidv7(), regionCode: '410802' })
const road = projectNamed('人民路', {
  fundingPlan: [
    { source: 'centralBudget', yuan: 4_000 * WAN },
    { source: 'ownFunds', yuan: 1_000 * WAN },
  ],
})
const water = projectNamed('九渡水库', { category: '水利' })
const other = projectNamed('别家', {
  responsibleUnitId: OTHER_UNIT,
  responsibleUnitName: '市交通局',
  regionCode: '410802',
  regionName: '解放区',
  fundingPlan: [{ source: 'localSpecialBond', yuan: 500 * WAN }],
})
const filerOf = new Map([[other.projectId, otherFiler]])

const funds = (rows: Partial<Record<FundSource, number>>) =>
  Object.entries(rows).map(([source, wan]) => ({ source: source as FundSource, yuan: wan * WAN }))
const explanations = CHECK_CODES.map((code) => ({ code, text: '情况属实' }))

const file = async (id: string, period: string, completedYuan: number, fundsReceived: ReportEntry['fundsReceived']) => {
  const actor = filerOf.get(id) ?? filer
  const params = { id, period }
  const body = { completedYuan, fundsReceived, visualProgress: `${period} 施工`, explanations }
  await call(actor, routes.saveReport, { params, body })
  return (await call(actor, routes.submitReport, { params })).status
}
const approve = (id: string, period: string) => call(reviewer, routes.approveReport, { params: { id, period } })
const report = async (id: string, period: string, wan: number, rows: Partial<Record<FundSource, number>>) => {
  t.equal(await file(id, period, wan * WAN, funds(rows)), 200)
  t.equal((await approve(id, period)).status, 200)
}
const correct = async (id: string, period: string, fundsReceived: ReportEntry['fundsReceived']) => {
  const asked = await call(filerOf.get(id) ?? filer, routes.askCorrection, {
    params: { id, period },
    body: { entry: { fundsReceived }, reason: '漏报到位资金' },
  })
  const params = { id, period, number: asked.body.number }
  return (await call(reviewer, routes.approveCorrection, { params })).status
}
const ofProject = async (id: string): Promise<ProjectFunds> =>
  (await call(supervisor, getProjectFunds, { params: { id } })).body
const summary = async (groupBy: string, period = '2026-11', actor: Actor = supervisor): Promise<FundsSummary> =>
  (await call(actor, getFunds, { query: { period, groupBy } })).body
const rowsOf = (groups: FundsRow[], ...fields: (keyof FundsRow)[]) =>
  Object.fromEntries(groups.map((row) => [row.name, fields.map((field) => Number(row[field] ?? -1) / WAN)]))

t.before(async () => {
  for (const project of [road, water, other]) await note(project)
  await call(operator, routes.openCycle, { body: { period: '2025-12' } })
  await call(operator, routes.openCycle, { body: { period: '2026-10' } })
  clock.set('2026-11-20T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: '2026-11' } })
})

t.test('what is approved is received, by source, year and month; what is only filed is not', async (t) => {
  await report(road.projectId, '2026-10', 2_000, { centralBudget: 500, ownFunds: 100 })
  t.equal(await file(road.projectId, '2026-11', 1_000 * WAN, funds({ centralBudget: 300 })), 200)
  t.match(await ofProject(road.projectId), { receivedYuan: 600 * WAN, sinceStartYuan: 2_000 * WAN })
  await approve(road.projectId, '2026-11')
  const found = await ofProject(road.projectId)
  t.match(found, {
    fundingYuan: 5_000 * WAN,
    receivedYuan: 900 * WAN,
    receivedPercent: 18,
    sinceStartYuan: 3_000 * WAN,
    gapYuan: 2_100 * WAN,
    isFarAbove: true,
    sources: [
      { source: 'centralBudget', fundingYuan: 4_000 * WAN, receivedYuan: 800 * WAN, receivedPercent: 20 },
      { source: 'ownFunds', fundingYuan: 1_000 * WAN, receivedYuan: 100 * WAN, receivedPercent: 10 },
    ],
    years: [{ year: 2026, receivedYuan: 900 * WAN, gapYuan: 2_100 * WAN }],
  })
  const months = found.years[0]?.sources.find((row) => row.source === 'centralBudget')?.byMonthYuan
  t.same(months?.slice(9), [500 * WAN, 300 * WAN, 0])
  t.same((await ofProject(water.projectId)).sources, [], 'nothing planned, nothing received')
})

t.test('a correction moves what was received, also from one source to another', async (t) => {
  t.equal(await correct(road.projectId, '2026-10', funds({ bankLoan: 500, ownFunds: 150 })), 200)
  const { sources, receivedYuan } = await ofProject(road.projectId)
  t.equal(receivedYuan, 950 * WAN)
  t.same(
    sources.map((row) => [row.source, row.receivedYuan / WAN]),
    [
      ['centralBudget', 300],
      ['ownFunds', 150],
      ['bankLoan', 500],
    ],
  )
  t.same(await reconcile(db), [])
  await sql`update project_funds set received_by_month[10] = 1 where source = 'bankLoan'`.execute(db)
  const differences = (await reconcile(db)).filter(({ of }) => of === 'project-funds')
  t.equal(differences.length, 2, 'the month, and the sum of the months')
  t.match(differences, [{ key: `${road.projectId} 2026 bankLoan`, rolledUp: 1, summed: 500 * WAN }])
  await sql`update project_funds set received_by_month[10] = 5000000 where source = 'bankLoan'`.execute(db)
})

t.test('groups add up by region, unit, category and source, up to the month and with the years before', async (t) => {
  await sql`update obligations set lock_at = '2027-01-01' where period = '2025-12'`.execute(db)
  await report(other.projectId, '2026-11', 100, { localSpecialBond: 400, ownFunds: 20 })
  await report(water.projectId, '2026-11', 1_000, { other: 40 })
  const byRegion = await summary('region')
  t.match(byRegion.total, {
    projectCount: 3,
    fundingYuan: 5_500 * WAN,
    fundingReceivedYuan: 1_370 * WAN,
    receivedYuan: 1_410 * WAN,
    receivedPercent: 24.91,
    sinceStartYuan: 4_100 * WAN,
    gapYuan: 3_010 * WAN,
    farAbove: 1,
  })
  t.same(rowsOf(byRegion.groups, 'receivedYuan', 'gapYuan'), { 焦作市: [990, 3_010], 解放区: [420, 0] })
  t.equal(byRegion.gaps.length, 1, '960 万元 is less than what counts as far')
  t.match(byRegion.gaps, [{ projectName: '人民路', unitName: '市工信局', gapYuan: 2_050 * WAN, gapPercent: 68.33 }])
  t.same(rowsOf((await summary('unit')).groups, 'receivedYuan'), { 市工信局: [990], 市交通局: [420] })
  t.same(rowsOf((await summary('category')).groups, 'fundingYuan', 'receivedYuan'), {
    先进制造: [5_500, 1_370],
    水利: [0, 40],
  })
  const bySource = await summary('source')
  t.same(rowsOf(bySource.groups, 'fundingYuan', 'fundingReceivedYuan', 'receivedYuan'), {
    中央预算内: [4_000, 300, 300],
    专项债: [500, 400, 400],
    自筹: [1_000, 170, 170],
    银行贷款: [0, 500, 500],
    其他: [0, 0, 40],
  })
  t.same(bySource.total, byRegion.total)
  t.match(bySource.groups[0], { sinceStartYuan: null, gapYuan: null, farAbove: null })
  const october = await summary('region', '2026-10')
  t.match(october.total, { receivedYuan: 650 * WAN, sinceStartYuan: 2_000 * WAN, gapYuan: 1_350 * WAN })
})

t.test(
  'the year before counts since the start and not in the year; another unit and region see their own',
  async (t) => {
    const before = await summary('region')
    await report(water.projectId, '2025-12', 500, { other: 500 })
    const after = await summary('region')
    t.equal(after.total.receivedYuan - before.total.receivedYuan, 500 * WAN)
    t.equal(after.total.yearReceivedYuan, before.total.yearReceivedYuan)
    t.equal(after.total.sinceStartYuan, (before.total.sinceStartYuan ?? 0) + 500 * WAN)
    t.match((await ofProject(water.projectId)).years, [{ year: 2025 }, { year: 2026 }])
    t.match((await summary('source', '2026-11', otherFiler)).total, { projectCount: 1, receivedYuan: 420 * WAN })
    t.match((await summary('region', '2026-11', district)).groups, [{ key: '410802' }])
    t.same(await refusal(supervisor, getFunds, { query: { period: '2026-09', groupBy: 'region' } }), [
      'not-found',
      'period',
    ])
    t.same(await refusal(supervisor, getFunds, { query: { period: '2026-11', groupBy: 'tier' } }), [
      'validation-failed',
      'groupBy',
    ])
    t.same(await refusal(otherFiler, getProjectFunds, { params: { id: road.projectId } }), ['outside-scope', 'id'])
  },
)

t.test(
  'a project whose funding plan is told later is held against it; the same news again changes nothing',
  async (t) => {
    const plan = [{ source: 'other' as const, yuan: 5_400 * WAN }]
    await note({ ...water, fundingPlan: plan })
    t.match(await ofProject(water.projectId), { fundingYuan: 5_400 * WAN, receivedPercent: 10 })
    await note(water)
    await note({ ...water, version: 2 })
    t.match(
      await ofProject(water.projectId),
      { fundingYuan: 5_400 * WAN },
      'an event that does not say it takes nothing away',
    )
    await note({ ...water, version: 3, fundingPlan: [] })
    t.match(await ofProject(water.projectId), { fundingYuan: 0, receivedPercent: null })
  },
)

t.test('what is far above is data: an operator sets it, with a reason and a version', async (t) => {
  const rule = (await call(supervisor, getFundsRule)).body
  t.same(rule, { farAbovePercent: 50, leastGapYuan: 1_000 * WAN, version: 1 })
  const body = { farAbovePercent: 70, leastGapYuan: 0, reason: '年底从宽' }
  const stale = { body, ifMatch: '"0"' }
  t.same(await refusal(operator, putFundsRule, stale), ['version-mismatch', 'If-Match'])
  for (const [field, value] of Object.entries({ farAbovePercent: 0, leastGapYuan: -1, reason: '' }))
    t.same(await refusal(operator, putFundsRule, { body: { ...body, [field]: value } }), ['validation-failed', field])
  for (const actor of [filer, reviewer, supervisor])
    t.equal((await refusal(actor, putFundsRule, { body }))[0], 'role-not-allowed')
  t.same((await call(supervisor, getFundsRule)).body, rule, 'nothing changed')
  t.equal((await summary('region')).total.farAbove, 1)
  t.match(await call(operator, putFundsRule, { body, ifMatch: '"1"' }), { status: 200, body: { version: 2 } })
  t.match(await call(operator, putFundsRule, { body }), { status: 200, body: { version: 2 } }, 'the same again')
  t.equal((await summary('region')).total.farAbove, 0)
  t.equal((await ofProject(road.projectId)).isFarAbove, false)
})

t.test('policy funds are held against the targets of a region and the year', async (t) => {
  const put = (regionCode: string, targets: unknown, actor: Actor = reviewer, ifMatch = '"0"') => ({
    actor,
    parts: { params: { year: 2026, regionCode }, body: { targets, reason: '市政府下达' }, ifMatch },
  })
  const set = ({ actor, parts }: ReturnType<typeof put>) => call(actor, putPolicyTargets, parts)
  const refused = ({ actor, parts }: ReturnType<typeof put>) => refusal(actor, putPolicyTargets, parts)
  const targets = [
    { source: 'centralBudget', yuan: 1_000 * WAN },
    { source: 'localSpecialBond', yuan: 800 * WAN },
  ]
  const twice = [...targets, { source: 'centralBudget', yuan: 1 }]
  t.same(await refused(put('410800', twice)), ['validation-failed', 'targets.2.source'])
  t.same(await refused(put('410800', [{ source: 'bankLoan', yuan: 1 }])), ['validation-failed', 'targets.0.source'])
  t.same(await refused(put('410800', [])), ['validation-failed', 'targets'])
  t.same(await refused(put('41080', targets)), ['validation-failed', 'regionCode'])
  t.same(await refused(put('410800', targets, reviewer, '"1"')), ['version-mismatch', 'If-Match'])
  t.same(await refused(put('410800', targets, district)), ['outside-scope', 'regionCode'])
  for (const actor of [filer, supervisor])
    t.equal((await refused(put('410800', targets, actor)))[0], 'role-not-allowed')
  const items = async (actor: Actor = supervisor) =>
    (await call(actor, listPolicyFunds, { query: { year: '2026' } })).body.items
  t.same(await items(), [], 'nothing was set')

  const { status, body } = await set(put('410800', targets))
  t.equal(status, 200)
  t.match(
    body,
    {
      version: 1,
      sources: [
        { source: 'centralBudget', targetYuan: 1_000 * WAN, receivedYuan: 300 * WAN, receivedPercent: 30 },
        { source: 'specialTreasuryBond', targetYuan: null, receivedYuan: 0, receivedPercent: null },
        { source: 'localSpecialBond', targetYuan: 800 * WAN, receivedYuan: 400 * WAN, receivedPercent: 50 },
      ],
      targetYuan: 1_800 * WAN,
      targetReceivedYuan: 700 * WAN,
      receivedPercent: 38.89,
    },
    'with what lies below the region',
  )
  t.match((await set(put('410802', targets, district))).body, { targetReceivedYuan: 400 * WAN })
  t.match((await set(put('410800', targets, reviewer, '"1"'))).body, { version: 1 }, 'the same again')
  t.match((await set(put('410800', targets.slice(0, 1), reviewer, '"1"'))).body, {
    version: 2,
    receivedYuan: 700 * WAN,
  })
  t.same(
    (await items()).map((row: { regionCode: string; version: number }) => [row.regionCode, row.version]),
    [
      ['410800', 2],
      ['410802', 1],
    ],
  )
  t.equal((await items(district)).length, 1)
  const of = { params: { year: 2026, regionCode: '410800' } }
  const versions = await call(supervisor, listPolicyTargetVersions, of)
  t.match(versions.body.items, [
    { version: 2, targets: [{ source: 'centralBudget' }] },
    { version: 1, reason: '市政府下达' },
  ])
  t.same(await refusal(district, listPolicyTargetVersions, of), ['outside-scope', 'regionCode'])
})

const sources = ['centralBudget', 'ownFunds', 'bankLoan'] as const
const received = fc.array(fc.record({ source: fc.constantFrom(...sources), yuan: fc.nat({ max: 100 }) }), {
  maxLength: 4,
})
const commands = fc.array(
  fc.record({
    project: fc.nat({ max: 1 }),
    period: fc.constantFrom('2025-12', '2026-10', '2026-11'),
    completedYuan: fc.nat({ max: 100 }),
    received,
    kind: fc.constantFrom('file', 'approve', 'correct'),
  }),
  { minLength: 45, maxLength: 45 },
)

t.test('after any filing, approving and correcting the sums and the groups equal adding up the reports', async (t) => {
  let run = 0
  let compared = 0
  let corrected = 0
  const play = async (plan: typeof commands extends fc.Arbitrary<infer Plan> ? Plan : never) => {
    const place = { regionCode: `4108${10 + ++run}`, regionName: '区' }
    const ids = [projectNamed('甲', place), projectNamed('乙', place)].map((project) => ({
      ...project,
      category: `c${run}`,
    }))
    clock.set('2025-12-20T01:00:00Z')
    for (const project of ids) await note(project)
    clock.set('2026-11-20T01:00:00Z')
    await sql`update obligations set lock_at = '2027-01-01'`.execute(db)
    for (const { project, period, completedYuan, received: rows, kind } of plan) {
      const id = ids[project]?.projectId as string
      if (kind === 'file') await file(id, period, completedYuan, rows)
      else if (kind === 'approve') await approve(id, period)
      else if ((await correct(id, period, rows)) === 200) corrected++
    }
    const { rows: reports } = await sql<{
      id: string
      period: string
      yuan: number
      funds: ReportEntry['fundsReceived']
    }>`
      select project_id as id, period, completed_yuan as yuan, funds_received as funds
      from monthly_reports where state = 'approved' and project_id = any(${ids.map(({ projectId }) => projectId)})
        and period <= '2026-11'`.execute(db)
    compared += reports.length
    const add = (of: typeof reports) => of.flatMap(({ funds: all }) => all).reduce((n, { yuan }) => n + yuan, 0)
    const gaps = ids.map(({ projectId }) => {
      const own = reports.filter(({ id }) => id === projectId)
      return Math.max(0, own.reduce((n, { yuan }) => n + yuan, 0) - add(own))
    })
    const { total, groups } = await summary(
      'source',
      '2026-11',
      actorOf('supervisor', { regionCode: place.regionCode }),
    )
    assert.equal(total.receivedYuan, add(reports))
    assert.equal(total.yearReceivedYuan, add(reports.filter(({ period }) => period.startsWith('2026'))))
    assert.equal(total.gapYuan, (gaps[0] ?? 0) + (gaps[1] ?? 0))
    assert.equal(
      groups.reduce((n, { receivedYuan }) => n + receivedYuan, 0),
      add(reports),
    )
  }
  await fc.assert(fc.asyncProperty(commands, play), { numRuns: 25, endOnFailure: true })
  // Every run has six reports to play with: far fewer than these would prove nothing.
  t.ok(compared > 50, `${compared} reports were added up`)
  t.ok(corrected > 25, `${corrected} corrections were among them`)
  t.same(await reconcile(db), [])
})
