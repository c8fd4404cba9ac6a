import { createHash } from 'node:crypto'
import { actorOf } from '@tiaodu/testing'
import { type AssessmentEntry, addMonths, CHECK_CODES, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { noteUnit } from '../../src/operations/note-unit.ts'
import { filer, operator, projectNamed, reviewer, startCycleService, supervisor } from '../fixtures/cycle-service.ts'

const YI = 100_000_000
const service = await startCycleService(t, '2026-01-10T01:00:00Z')
const { call, clock, db, note, refusal } = service
const county = actorOf('supervisor', { personId: uuidv7(), regionCode: '410802' })
const REGIONS = [
  ['410802', '解放区'],
  ['410803', '中站区'],
] as const
const projects = REGIONS.map(([regionCode, regionName]) =>
  projectNamed(`${regionName}的`, { regionCode, regionName, totalInvestmentYuan: 100 * YI }),
)
const [jiefang, zhongzhan] = projects.map(({ projectId }) => projectId) as [string, string]
const HALF = { half: '2026-H1' }
const QUARTER = { quarter: '2026-Q1' }
const YEAR = { year: 2026 }

async function file(id: string, period: string, completedYuan: number) {
  const params = { id, period }
  const body = {
    ...{ completedYuan, fundsReceived: [], visualProgress: `施工 ${period}` },
    explanations: CHECK_CODES.map((code) => ({ code, text: '情况属实' })),
  }
  await call(filer, routes.saveReport, { params, body })
  t.equal((await call(filer, routes.submitReport, { params })).status, 200, `${period} is filed`)
  t.equal((await call(reviewer, routes.approveReport, { params })).body.state, 'approved')
}
/** The month is opened; the first project completes its twelfth, the second half of that. */
async function play(period: string) {
  clock.set(`${period}-10T01:00:00Z`)
  await call(operator, routes.openCycle, { body: { period } })
  await file(jiefang, period, YI)
  await file(zhongzhan, period, YI / 2)
}
const rowsOf = ({ groups }: { groups: { rows: { key: string }[] }[] }) => groups.flatMap(({ rows }) => rows)
const count = async (table: string) =>
  (await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(db)).rows[0]?.count

t.before(async () => {
  for (const project of projects) await note(project)
  for (const [regionCode, name] of REGIONS)
    await db.transaction().execute((trx) =>
      noteUnit(trx, {
        ...{ unitId: uuidv7(), version: 1, name: `${name}政府`, kind: 'district', regionCode, parentId: null },
        peerGroup: '城区组',
      }),
    )
  for (const id of [jiefang, zhongzhan])
    await call(reviewer, routes.putAnnualPlan, { params: { id, year: 2026 }, body: { plannedYuan: 12 * YI } })
})

t.test('a quarter has the mean of the months that are due, a rank, and what the supervisor says', async (t) => {
  await play('2026-01')
  const of = { params: QUARTER }
  t.same(rowsOf((await call(filer, routes.getQuarterComments, of)).body), [], 'no month is due yet')
  clock.set('2026-02-10T01:00:00Z')
  t.match((await call(filer, routes.getQuarterComments, of)).body.groups, [
    {
      peerGroup: '城区组',
      rows: [
        {
          key: '410802',
          name: '解放区',
          rank: 1,
          mark: 8.33,
          months: [{ term: '2026-01', mark: 8.33 }],
          comment: null,
        },
        { key: '410803', rank: 2, mark: 4.17 },
      ],
    },
  ])
  const comment = (regionCode: string, text: string, ifMatch?: string, actor = supervisor) =>
    [
      actor,
      routes.putQuarterComment,
      { params: { ...QUARTER, regionCode }, body: { text }, ...(ifMatch ? { ifMatch } : {}) },
    ] as const
  t.same(await refusal(...comment('410802', '好', undefined, filer)), ['role-not-allowed', undefined])
  t.same(
    await refusal(...comment('410802', '好', undefined, county)),
    ['outside-scope', undefined],
    'nobody comments on their own',
  )
  t.same(await refusal(...comment('410900', '好')), ['outside-scope', 'regionCode'])
  t.same(await refusal(...comment('410811', '好')), ['not-found', 'regionCode'])
  t.match((await call(...comment('410802', '推进有力', '"0"'))).body, { version: 1, actorId: supervisor.personId })
  t.same(await refusal(...comment('410802', '一般', '"0"')), ['version-mismatch', 'If-Match'])
  t.equal((await call(...comment('410802', '推进有力'))).body.version, 1, 'the same again changes nothing')
  t.equal((await call(...comment('410802', '推进有力，位次靠前', '"1"'))).body.version, 2)
  t.same(await refusal(supervisor, routes.publishQuarterComments, of), ['period-not-due', 'period'])
})

t.test('once published a quarter stays as it was, to the byte, whatever is approved later', async (t) => {
  for (const period of ['2026-02', '2026-03']) await play(period)
  clock.set('2026-04-20T01:00:00Z')
  const of = { params: QUARTER }
  t.same(await refusal(supervisor, routes.publishQuarterComments, of), ['assessment-incomplete', '410803'])
  t.same(await refusal(county, routes.publishQuarterComments, of), ['outside-scope', undefined])
  await call(supervisor, routes.putQuarterComment, {
    params: { ...QUARTER, regionCode: '410803' },
    body: { text: '慢于序时' },
  })
  const published = await call(supervisor, routes.publishQuarterComments, of)
  t.equal(published.status, 201)
  t.match(published.body.seal, { publishedBy: supervisor.personId, publishedAt: '2026-04-20T01:00:00.000Z' })
  t.match(rowsOf(published.body), [
    { mark: 16.67, rank: 1, comment: { version: 2 } },
    { mark: 8.33, rank: 2 },
  ])
  const { rows } = await sql<{ content: string; sha256: string }>`select content, sha256 from assessment_seals`.execute(
    db,
  )
  t.equal(
    createHash('sha256')
      .update(rows[0]?.content ?? '')
      .digest('hex'),
    published.body.seal.sha256,
  )

  const params = { id: zhongzhan, period: '2026-03' }
  const entry = {
    completedYuan: 20 * YI,
    fundsReceived: [],
    visualProgress: '更正',
    difficulties: '',
    nextSteps: '',
    explanations: [],
  }
  const asked = await call(filer, routes.askCorrection, { params, body: { entry, reason: '漏报' } })
  t.equal(
    (await call(reviewer, routes.approveCorrection, { params: { ...params, number: asked.body.number } })).status,
    200,
  )
  t.same((await call(filer, routes.getQuarterComments, of)).body, published.body)
  const again = await call(operator, routes.publishQuarterComments, of)
  t.same([again.status, again.body], [200, published.body])
  t.same(
    await refusal(supervisor, routes.putQuarterComment, {
      params: { ...QUARTER, regionCode: '410803' },
      body: { text: '改' },
    }),
    ['assessment-published', 'term'],
  )
})

t.test('a panel marks projects on site; a large one loses its highest and lowest; a change says why', async (t) => {
  const mark = (id: string, judge: string, given: number | null, rest: object = {}) =>
    [supervisor, routes.putSiteMark, { params: { ...HALF, id }, body: { judge, mark: given, ...rest } }] as const
  for (const [judge, given] of Object.entries({ 甲: 60, 乙: 90, 丙: 91, 丁: 92, 戊: 100 }))
    await call(...mark(jiefang, judge, given))
  await call(...mark(zhongzhan, '甲', 93.5))
  t.same(await refusal(...mark(jiefang, '甲', 70)), ['validation-failed', 'reason'])
  t.same(await refusal(...mark(jiefang, '己', 101)), ['validation-failed', 'mark'])
  t.same(await refusal(...mark(jiefang, '己', 80.005)), ['validation-failed', 'mark'])
  t.same(await refusal(...mark(uuidv7(), '己', 80)), ['not-found', 'id'])
  t.same(
    await refusal(county, routes.putSiteMark, { params: { ...HALF, id: jiefang }, body: { judge: '己', mark: 100 } }),
    ['outside-scope', undefined],
  )
  t.equal((await call(...mark(jiefang, '甲', 61, { reason: '录入有误' }))).body.version, 2)
  const { body } = await call(filer, routes.getSiteReview, { params: HALF })
  t.match(body, { seal: null, rule: { version: 1, dropFrom: 5 } })
  t.match(rowsOf(body), [
    { key: '410803', rank: 1, mark: 93.5, projects: [{ countedMarks: 1 }] },
    { key: '410802', rank: 2, mark: 91, projects: [{ projectName: '解放区的', countedMarks: 3 }] },
  ])
  const rule = { fromHalf: '2026-H1', dropFrom: null, reason: '专家组意见' }
  t.match((await call(operator, routes.putSiteReviewRule, { body: rule, ifMatch: '"1"' })).body, {
    version: 2,
    fromHalf: '2026-H1',
  })
  const changed = (await call(filer, routes.getSiteReview, { params: HALF })).body
  t.match(rowsOf(changed), [{ key: '410803' }, { key: '410802', mark: 86.8, projects: [{ countedMarks: 5 }] }])
  t.equal((await call(supervisor, routes.publishSiteReview, { params: HALF })).status, 201)
  t.same(await refusal(...mark(jiefang, '己', 80)), ['assessment-published', 'term'])
  t.same(await refusal(operator, routes.putSiteReviewRule, { body: { ...rule, dropFrom: 3 } }), [
    'assessment-published',
    'fromHalf',
  ])
  t.same(await refusal(supervisor, routes.publishSiteReview, { params: { half: '2026-H2' } }), [
    'assessment-incomplete',
    'marks',
  ])
})

t.test('a year is assessed by a formula that is data, computed and entered marks side by side', async (t) => {
  clock.set('2026-04-20T01:00:00Z')
  const { body } = await call(filer, routes.getAssessment, { params: YEAR })
  t.match(body, {
    year: 2026,
    months: ['2026-01', '2026-02', '2026-03'],
    seal: null,
    formula: { version: 1, fromYear: 2000 },
  })
  const [first] = rowsOf(body) as { key: string; components: { key: string }[] }[]
  t.match(first?.components, [
    { key: 'monthly', weight: 40 },
    {
      key: 'completion',
      weight: 20,
      denominator: 12 * YI,
      terms: [{ term: '2026-03', href: /^\/api\/v1\/portfolio\/sources\?/ }],
    },
    { key: 'site', weight: 20, terms: [{ term: '2026-H1', href: '/api/v1/site-reviews/2026-H1' }, { mark: null }] },
    { key: 'onTime', weight: 10, numerator: 3, denominator: 3, mark: 100 },
    { key: 'leader', weight: 10, mark: null, entry: null },
  ])
  const mark = (component: string, given: number | null, regionCode = '410802', actor = supervisor) =>
    [
      actor,
      routes.putAssessmentMark,
      { params: { ...YEAR, regionCode, component }, body: { mark: given, reason: '现场考核' } },
    ] as const
  t.same(await refusal(...mark('leader', 90, '410802', reviewer)), ['role-not-allowed', undefined])
  t.same(await refusal(...mark('leader', 90, '410802', county)), ['outside-scope', undefined])
  t.same(await refusal(...mark('leader', 90, '410811')), ['not-found', 'regionCode'])
  t.same(await refusal(...mark('completion', 90)), ['not-found', 'component'], 'what is computed is not entered')
  t.same(await refusal(...mark('leader', -1)), ['validation-failed', 'mark'])
  t.match((await call(...mark('leader', 88.55))).body, { version: 1, mark: 88.55, text: '现场考核' })
  t.equal((await call(...mark('leader', null))).body.version, 2, 'taken back')
  t.equal((await call(...mark('leader', 90))).body.version, 3)
  const after = rowsOf((await call(filer, routes.getAssessment, { params: YEAR })).body) as {
    key: string
    components: { mark: number | null; entry: AssessmentEntry | null }[]
  }[]
  t.match(after.find(({ key }) => key === '410802')?.components.at(-1), {
    mark: 90,
    entry: { actorName: supervisor.name },
  })
  const { body: entries } = await call(filer, routes.listAssessmentEntries, { params: { term: '2026' } })
  t.same(
    entries.items.map(({ version, mark: given }: AssessmentEntry) => [version, given]),
    [
      [3, 90],
      [2, null],
      [1, 88.55],
    ],
  )
  t.equal(await count('assessment_entries'), 3 + 3 + 7, 'every version is kept')
})

t.test('the addresses of a component lead to records that add up to its numerator', async (t) => {
  const { body } = await call(supervisor, routes.getAssessment, { params: YEAR })
  for (const row of rowsOf(body) as {
    key: string
    components: { key: string; numerator: number; terms: { href: string }[] }[]
  }[]) {
    const completion = row.components.find(({ key }) => key === 'completion')
    const url = new URL(completion?.terms[0]?.href ?? '', 'http://localhost')
    const { body: sources } = await call(supervisor, routes.listPortfolioSources, {
      query: Object.fromEntries(url.searchParams),
    })
    t.equal(sources.total, completion?.numerator, row.key)
  }
})

t.test(
  'another formula counts from a year on that is not published; a year is published when it is over and whole',
  async (t) => {
    const component = { key: 'rate', name: '完成率', source: 'completionRate', weight: 60, atMost: 120 }
    const leader = { key: 'leader', name: '领导评分', source: 'manual', weight: 40, atMost: 100 }
    const put = (components: object[], fromYear = 2026) =>
      [supervisor, routes.putAssessmentFormula, { body: { fromYear, components, reason: '年度方案' } }] as const
    t.same(await refusal(...put([component])), ['validation-failed', 'components'])
    t.match((await call(...put([component, leader]))).body, { version: 2, fromYear: 2026 })
    const of = { params: YEAR }
    t.same(await refusal(supervisor, routes.publishAssessment, of), ['period-not-due', 'period'])
    for (let period = '2026-04'; period <= '2026-12'; period = addMonths(period, 1)) await play(period)
    clock.set('2027-01-20T01:00:00Z')
    t.same(await refusal(supervisor, routes.publishAssessment, of), ['assessment-incomplete', '410803.leader'])
    await call(supervisor, routes.putAssessmentMark, {
      params: { ...YEAR, regionCode: '410803', component: 'leader' },
      body: { mark: 80, reason: '现场考核' },
    })
    const { status, body } = await call(supervisor, routes.publishAssessment, of)
    t.equal(status, 201)
    t.match(rowsOf(body), [
      {
        key: '410803',
        rank: 1,
        score: 104,
        components: [
          { mark: 120, points: 72 },
          { mark: 80, points: 32 },
        ],
      },
      {
        key: '410802',
        rank: 2,
        score: 96,
        components: [
          { mark: 100, points: 60 },
          { mark: 90, points: 36 },
        ],
      },
    ])
    t.same((await call(filer, routes.getAssessment, of)).body, body)
    t.same(await refusal(...put([{ ...component, weight: 100 }])), ['assessment-published', 'fromYear'])
    t.equal((await call(...put([{ ...component, weight: 100 }], 2027))).body.version, 3)
    t.equal((await call(filer, routes.listAssessmentFormulas)).body.items.length, 3)
  },
)
