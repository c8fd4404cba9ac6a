import { actorOf } from '@tiaodu/testing'
import {
  type Forecast,
  type ForecastBacktest,
  type ProjectForecast,
  routes,
  type Summary,
  type UnitLateness,
} from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { noteUnit } from '../../src/operations/note-unit.ts'
import { filer, otherFiler, projectNamed, reviewer, startCycleService, supervisor } from '../fixtures/cycle-service.ts'

const { db, clock, call, refusal, note } = await startCycleService(t, '2024-01-02T01:00:00Z')
const {
  getForecast,
  getForecastBacktest,
  getProjectForecast,
  getSummary,
  listLatenessForecasts,
  listProjectForecasts,
} = routes
const WAN = 10_000
const REGIONS = [
  ['410802', '解放区'],
  ['410811', '山阳区'],
] as const
const UNITS = [filer.unitId, otherFiler.unitId] as string[]
const monthsOf = (year: number, upTo = 12) =>
  Array.from({ length: upTo }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`)

for (const [at, unitId] of UNITS.entries())
  await db.transaction().execute((trx) =>
    noteUnit(trx, {
      unitId,
      version: 1,
      name: `单位${at}`,
      kind: 'department',
      regionCode: '410800',
      parentId: null,
      peerGroup: null,
    }),
  )
const projects = Array.from({ length: 24 }, (_, at) => {
  const [regionCode, regionName] = REGIONS[at % 2] ?? REGIONS[0]
  return projectNamed(`项目${at}`, {
    regionCode,
    regionName,
    responsibleUnitId: UNITS[at % 2] ?? null,
    category: at < 22 ? '水利' : '文旅',
  })
})
for (const project of projects) await note(project)
const unplanned = projectNamed('没有计划的项目', { regionCode: '410802', regionName: '解放区' })
await note(unplanned)

/** What a project completes in a month: a slow start and a rush in December, each a little otherwise. */
const monthly = (at: number, month: number) => (month < 12 ? 60 + 5 * ((at + month) % 5) : 300 + 20 * (at % 7)) * WAN

/** Plans, approved months and the ledger as reports leave them behind; the second unit is always late. */
async function fillYear(year: number, upTo: number) {
  const periods = monthsOf(year, upTo)
  await sql`
    insert into cycles (id, period, opened_at, due_at, lock_at, holiday_policy, rule_version, is_calendar_provisional, is_simulated)
    select gen_random_uuid(), p, (p || '-25')::date, (p || '-01')::date + interval '1 month 5 days',
      (p || '-01')::date + interval '1 month 10 days', 'postpone', 1, false, false
    from unnest(${periods}::text[]) p`.execute(db)
  const rows = projects.map(({ projectId, responsibleUnitId, regionCode }, at) => ({
    projectId,
    unitId: responsibleUnitId,
    regionCode,
    isLate: at % 2 === 1,
    months: Array.from({ length: 12 }, (_, of) => (of < upTo ? monthly(at + year, of + 1) : 0)),
  }))
  const facts = sql`json_to_recordset(${JSON.stringify(rows)}::json) as r ("projectId" uuid, "unitId" uuid,
    "regionCode" text, "isLate" boolean, months bigint[])`
  await sql`
    insert into annual_plans (project_id, year, version, planned_yuan, created_at, is_simulated)
    select "projectId", ${year}, 1, ${1_200 * WAN}, ${`${year}-01-01T00:00:00Z`}, false from ${facts}`.execute(db)
  await sql`
    insert into project_years (project_id, year, planned_yuan, completed_by_month, completed_yuan, is_simulated)
    select "projectId", ${year}, ${1_200 * WAN}, months, (select sum(m) from unnest(months) m), false from ${facts}`.execute(
    db,
  )
  await sql`
    insert into obligations (id, period, project_id, unit_id, region_code, due_at, lock_at, first_submitted_at, is_overdue_noted)
    select gen_random_uuid(), c.period, "projectId", "unitId", "regionCode", c.due_at, c.lock_at,
      c.due_at + case when "isLate" then interval '1 hour' else interval '-1 hour' end, true
    from ${facts}, cycles c where c.period = any(${periods})`.execute(db)
  await sql`
    insert into rollup_marks (project_id, from_period) select id, ${periods[0]} from projects`.execute(db)
}

const forecast = async (period: string, actor = supervisor): Promise<Forecast> =>
  (await call(actor, getForecast, { query: { period } })).body
const projectsOf = async (
  period: string,
  query: Record<string, string> = {},
  actor = supervisor,
): Promise<ProjectForecast[]> =>
  (await call(actor, listProjectForecasts, { query: { period, limit: '200', ...query } })).body.items

await fillYear(2024, 12)

t.test('with too little history nothing is guessed: what is known is told, and why there is no more', async (t) => {
  clock.set('2024-04-10T01:00:00Z')
  const found = await forecast('2024-03')
  t.match(found, { basis: 'tooLittleHistory', horizonMonths: 9, error: { monthCount: 0, meanMissedPoints: null } })
  t.match(found.total, {
    yearEndYuan: null,
    lowYuan: null,
    yearEndPercent: null,
    projectCount: 24,
    withoutPlanCount: 1,
  })
  t.ok(found.total.completedYuan > 0)
  t.match((await projectsOf('2024-03'))[0], { yearEndYuan: null, pool: null, poolCases: 0 })
  t.same(await refusal(supervisor, getForecast, { query: { period: '2023-12' } }), ['not-found', 'period'])
})

t.test('within a year as many months are held out as lie ahead', async (t) => {
  clock.set('2024-11-10T01:00:00Z')
  const found = await forecast('2024-10')
  t.match(found, { basis: 'thisYear', horizonMonths: 2, error: { monthCount: 8, caseCount: 8 * 24 } })
  const { months }: ForecastBacktest = (await call(supervisor, getForecastBacktest, { query: { period: '2024-10' } }))
    .body
  t.same(months.map(({ originPeriod, targetPeriod }) => [originPeriod, targetPeriod]).at(-1), ['2024-08', '2024-10'])
})

t.test('a held-out month is what the summaries of the two months say', async (t) => {
  const { months }: ForecastBacktest = (await call(supervisor, getForecastBacktest, { query: { period: '2024-10' } }))
    .body
  for (const month of months) {
    const summaryOf = async (period: string): Promise<Summary> =>
      (await call(supervisor, getSummary, { query: { period, groupBy: 'region' } })).body
    const [origin, target] = [await summaryOf(month.originPeriod), await summaryOf(month.targetPeriod)]
    t.equal(month.completedYuan, origin.total.completedYuan)
    t.equal(month.plannedYuan, origin.total.plannedYuan)
    t.equal(month.actualYuan, target.total.completedYuan)
    const missed = ((month.actualYuan - month.forecastYuan) / month.actualYuan) * 100
    t.ok(Math.abs((month.missedPercent ?? 99) - missed) < 0.01)
  }
})

await fillYear(2025, 12)
await fillYear(2026, 9)

t.test('from earlier years the rush of December is known: what came lies within what was told', async (t) => {
  clock.set('2026-10-20T01:00:00Z')
  const found = await forecast('2026-09')
  t.match(found, {
    basis: 'earlierYears',
    horizonMonths: 3,
    error: { monthCount: 2, caseCount: 48, coverableCount: 24 },
  })
  const came = projects.reduce(
    (sum, _, at) => sum + monthsOf(2026).reduce((year, _m, of) => year + monthly(at + 2026, of + 1), 0),
    0,
  )
  const even = (found.total.completedYuan / 9) * 12
  const { yearEndYuan } = found.total
  t.ok(Math.abs((yearEndYuan ?? 0) - came) < Math.abs(even - came) / 2, `${yearEndYuan} of ${came}, evenly ${even}`)
  const own = await projectsOf('2026-09')
  const within = own.filter(({ projectId, lowYuan, highYuan }) => {
    const at = projects.findIndex((project) => project.projectId === projectId)
    const year = monthsOf(2026).reduce((sum, _, of) => sum + monthly(at + 2026, of + 1), 0)
    return lowYuan !== null && highYuan !== null && lowYuan <= year && year <= highYuan
  })
  t.ok(within.length >= 16, `${within.length} of 24`)
})

t.test(
  'regions are the sums of their projects, the whole is the sum of its regions; whoever has no plan is counted apart',
  async (t) => {
    const { total, regions } = await forecast('2026-09')
    const own = await projectsOf('2026-09')
    t.equal(own.length, 25)
    t.same(
      regions.map(({ key, name, projectCount, withoutPlanCount }) => [key, name, projectCount, withoutPlanCount]),
      [
        ['410802', '解放区', 12, 1],
        ['410811', '山阳区', 12, 0],
      ],
    )
    for (const region of [total, ...regions]) {
      const parts = own.filter(({ regionCode }) => region.key === '' || regionCode === region.key)
      const sum = parts.reduce((yuan, one) => yuan + (one.yearEndYuan ?? 0), 0)
      t.ok(Math.abs(sum - (region.yearEndYuan ?? 0)) <= parts.length)
      t.ok((region.yearEndYuan ?? 0) >= region.completedYuan)
    }
    t.equal(
      total.yearEndYuan,
      regions.reduce((sum, one) => sum + (one.yearEndYuan ?? 0), 0),
    )
    t.match(
      own.find(({ projectId }) => projectId === unplanned.projectId),
      { yearEndYuan: null, plannedYuan: 0 },
    )
    const few = own.filter(({ category }) => category === '文旅')
    t.ok(
      few.every(({ pool }) => pool === 'all'),
      'two projects of a category are too few: all are asked',
    )
    t.ok(
      own
        .filter(({ category, plannedYuan }) => category === '水利' && plannedYuan > 0)
        .every(({ pool, poolCases }) => pool === 'peers' && poolCases === 44),
    )
  },
)

t.test('pages of any size hold every project once; one project is told the same', async (t) => {
  const own = await projectsOf('2026-09')
  const paged: ProjectForecast[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: Record<string, string> = { period: '2026-09', limit: '7', ...(cursor === '' ? {} : { cursor }) }
    const { body } = await call(supervisor, listProjectForecasts, { query })
    paged.push(...body.items)
    cursor = body.nextCursor
  }
  t.same(paged, own)
  t.equal((await projectsOf('2026-09', { regionCode: '410811' })).length, 12)
  const id = own[0]?.projectId ?? ''
  t.same((await call(supervisor, getProjectForecast, { params: { id }, query: { period: '2026-09' } })).body, own[0])
  t.same(await refusal(supervisor, listProjectForecasts, { query: { period: '2026-09', cursor: 'x' } }), [
    'validation-failed',
    'cursor',
  ])
})

t.test('everybody sees what lies within reach', async (t) => {
  t.match((await forecast('2026-09', filer)).total, { projectCount: 12 })
  t.equal((await projectsOf('2026-09', {}, otherFiler)).length, 12)
  const district = actorOf('reviewer', { personId: uuidv7(), regionCode: '410811' })
  t.same(
    (await forecast('2026-09', district)).regions.map(({ key }) => key),
    ['410811'],
  )
  const params = { id: projects[0]?.projectId ?? '' }
  t.same(await refusal(otherFiler, getProjectForecast, { params, query: { period: '2026-09' } }), [
    'outside-scope',
    'id',
  ])
})

t.test('what was learned is kept for an hour; what is completed counts at once', async (t) => {
  const before = await forecast('2026-09')
  const [first] = projects
  await sql`
    update project_years set completed_by_month[9] = completed_by_month[9] + ${50 * WAN}
    where project_id = ${first?.projectId} and year = 2026`.execute(db)
  await sql`insert into rollup_marks (project_id, from_period) values (${first?.projectId}, '2026-09')`.execute(db)
  const after = await forecast('2026-09')
  t.equal(after.total.completedYuan, before.total.completedYuan + 50 * WAN)
  t.equal(after.learnedAt, before.learnedAt)
  clock.set('2026-10-20T02:30:00Z')
  t.equal((await forecast('2026-09')).learnedAt, '2026-10-20T02:30:00.000Z')
})

t.test('December is what came, without an interval to hide in', async (t) => {
  clock.set('2026-01-20T01:00:00Z')
  const { basis, total } = await forecast('2025-12')
  t.equal(basis, 'yearOver')
  t.equal(total.yearEndYuan, total.completedYuan)
  t.equal(total.lowYuan, total.highYuan)
})

t.test('who is likely to be late is told with the record, and with how well such chances have told', async (t) => {
  clock.set('2026-10-20T01:00:00Z')
  const lateness = async (query: Record<string, string> = {}, actor = supervisor) =>
    (await call(actor, listLatenessForecasts, { query: { period: '2026-10', ...query } })).body
  const { items, error } = await lateness()
  t.match(items, [
    { unitName: '单位1', cycles: 12, lateCycles: 12, expected: 144, lateReports: 144, isLikely: true },
    { unitName: '单位0', cycles: 12, lateCycles: 0, lateReports: 0, isLikely: false },
  ] satisfies Partial<UnitLateness>[])
  t.match(error, {
    cycles: 12,
    forecasts: 24,
    lateCount: 12,
    likelyCount: 12,
    likelyLateCount: 12,
    brierOfEverybody: 0.25,
  })
  t.ok(error.brierScore < 0.05)
  const first = await lateness({ limit: '1' })
  t.same((await lateness({ limit: '1', cursor: first.nextCursor })).items, items.slice(1))
  t.same(
    (await lateness({}, filer)).items.map(({ unitId }: UnitLateness) => unitId),
    [filer.unitId],
  )
  t.match(await lateness({ period: '2024-03' }), { items: [{ isLikely: null, chancePercent: null, cycles: 2 }, {}] })
  t.same(await refusal(reviewer, listLatenessForecasts, { query: { period: '13' } }), ['validation-failed', 'period'])

  const excused = sql`select id from obligations where unit_id = ${UNITS[1]} order by period desc limit 1`
  await sql`update obligations set excuse = 'forceMajeure' where id in (${excused})`.execute(db)
  t.match(await lateness(), { items: [{ unitName: '单位1', expected: 144, lateReports: 143 }, {}] }, 'an excuse counts')
})
