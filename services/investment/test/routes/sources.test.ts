import {
  CHECK_CODES,
  type FigureSource,
  type FundSource,
  type FundsFigure,
  type FundsRow,
  type PortfolioFigure,
  type RankingRow,
  type RouteContract,
  routes,
  type SummaryRow,
} from '@tiaodu/types'
import t from 'tap'
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
const { call, clock, note, refusal } = await startCycleService(t, '2026-10-12T01:00:00Z')
const projects = [
  projectNamed('人民路', {
    fundingPlan: [
      { source: 'centralBudget', yuan: 4_000 * WAN },
      { source: 'ownFunds', yuan: 0 },
    ],
    tiers: ['city', 'province'],
    plannedStartOn: '2026-02-01',
    actualStartOn: '2026-03-01',
    statisticalEntryOn: '2026-10-01',
  }),
  projectNamed('九渡水库', { category: '水利', assessmentClass: 'followed', totalInvestmentYuan: 900 * WAN * WAN }),
  projectNamed('别家', {
    responsibleUnitId: OTHER_UNIT,
    responsibleUnitName: '市交通局',
    regionCode: '410802',
    regionName: '解放区',
    fundingPlan: [{ source: 'localSpecialBond', yuan: 500 * WAN }],
    plannedCompletionOn: '2026-09-30',
  }),
]
for (const project of projects) await note(project)
const explanations = CHECK_CODES.map((code) => ({ code, text: '情况属实' }))
const file = async (at: number, period: string, completedYuan: number, funds: Partial<Record<FundSource, number>>) => {
  const project = projects[at]
  const actor = at === 2 ? otherFiler : filer
  const params = { id: project?.projectId ?? '', period }
  const fundsReceived = Object.entries(funds).map(([source, wan]) => ({ source, yuan: wan * WAN }))
  const body = { completedYuan: completedYuan * WAN, fundsReceived, visualProgress: `${period} 施工`, explanations }
  await call(actor, routes.saveReport, { params, body })
  await call(actor, routes.submitReport, { params })
  const { status, body: answer } = await call(reviewer, routes.approveReport, { params })
  if (status !== 200) throw new Error(JSON.stringify(answer))
}
const plan = (at: number, wan: number) =>
  call(reviewer, routes.putAnnualPlan, {
    params: { id: projects[at]?.projectId ?? '', year: 2026 },
    body: { plannedYuan: wan * WAN },
  })
for (const period of ['2025-12', '2026-09', '2026-10']) await call(operator, routes.openCycle, { body: { period } })
await plan(0, 1_001)
await plan(2, 500)
await file(0, '2026-10', 700, { centralBudget: 300, ownFunds: 20 })
await file(1, '2026-10', 2_000, { bankLoan: 7 })
clock.set('2026-11-20T01:00:00Z')
await call(operator, routes.openCycle, { body: { period: '2026-11' } })
await file(0, '2026-11', 300, { centralBudget: 50 })
await file(2, '2026-11', 100, { localSpecialBond: 80, other: 5 })

/** Everything that makes a figure, two at a time. */
async function traceAll(contract: RouteContract, query: Record<string, string>, params = {}) {
  const items: FigureSource[] = []
  let [total, cursor]: [number, string | null] = [0, null]
  do {
    const span: Record<string, string> = cursor === null ? { limit: '2' } : { limit: '2', cursor }
    const { status, body } = await call(supervisor, contract, { params, query: { ...query, ...span } })
    if (status !== 200) throw new Error(JSON.stringify(body))
    items.push(...body.items)
    total = body.total
    cursor = body.nextCursor
  } while (cursor !== null)
  return { items, total, sum: items.reduce((all, { value }) => all + value, 0) }
}

/** Where a template leads for a figure of a row. */
function toQuery(template: string, key: string | null, figure: string): Record<string, string> {
  const [address = '', names] = template.split('{&')
  const url = new URL(address, 'http://x')
  if (names !== 'key,figure}') throw new Error(template)
  return { ...Object.fromEntries(url.searchParams), figure, ...(key === null ? {} : { key }) }
}

const ofSummary = ({ lights, ...row }: SummaryRow): Partial<Record<PortfolioFigure, number>> => {
  const { projectCount, plannedYuan, monthCompletedYuan, completedYuan, expected, filed, onTime } = row
  const { exempt = 0, mismatched = 0, ...counts } = lights
  return {
    ...{ projectCount, plannedYuan, monthCompletedYuan, completedYuan, expected, filed, onTime },
    ...{ ...counts, exempt, mismatched },
  }
}

t.test('every figure of every row of a summary is the sum of what its link tells', async (t) => {
  for (const groupBy of ['region', 'tier', 'unit', 'category']) {
    const { body } = await call(supervisor, routes.getSummary, { query: { period: '2026-11', groupBy } })
    for (const row of [body.total, ...body.groups] as SummaryRow[]) {
      for (const [figure, value] of Object.entries(ofSummary(row))) {
        const query = toQuery(body.sources, row.key === 'total' ? null : row.key, figure)
        const { sum, total } = await traceAll(routes.listPortfolioSources, query)
        t.same([sum, total], [value, value], `${groupBy} ${row.name} ${figure}`)
      }
    }
  }
})

t.test('what makes the yuan are approved reports, each with where it is read', async (t) => {
  const query = { period: '2026-11', groupBy: 'region', key: '410800' }
  const { items } = await traceAll(routes.listPortfolioSources, { ...query, figure: 'completedYuan' })
  const [road, water] = projects
  const told = items.map(({ kind, projectName, period, value, href }) => [kind, projectName, period, value, href])
  t.same(told, [
    ['report', '人民路', '2026-10', 700 * WAN, `/api/v1/projects/${road?.projectId}/reports/2026-10`],
    ['report', '人民路', '2026-11', 300 * WAN, `/api/v1/projects/${road?.projectId}/reports/2026-11`],
    ['report', '九渡水库', '2026-10', 2_000 * WAN, `/api/v1/projects/${water?.projectId}/reports/2026-10`],
  ])
  const { body } = await call(supervisor, routes.getReport, {
    params: { id: road?.projectId ?? '', period: '2026-10' },
  })
  t.match(body, { state: 'approved', entry: { completedYuan: 700 * WAN } })
})

const FIGURES_OF: Record<string, [PortfolioFigure, PortfolioFigure]> = {
  completionRate: ['completedYuan', 'plannedYuan'],
  scheduleRate: ['completedYuan', 'scheduledTwelfths'],
  startRate: ['started', 'startDue'],
  finishRate: ['completed', 'completionDue'],
  statisticsRate: ['inStatistics', 'statisticsDue'],
  onTimeRate: ['onTime', 'expected'],
}

t.test('numerators and denominators of a ranking are told, 考核类 alone', async (t) => {
  const measures = Object.keys(FIGURES_OF).map((measure, at) => ({ measure, weight: at === 0 ? 50 : 10 }))
  const lists = { measure: 'score', red: null, black: null }
  const formula = { fromPeriod: '2026-11', measures, order: 'highestFirst', ties: 'shared', lists, reason: '试' }
  for (const of of ['region', 'unit']) {
    await call(operator, routes.putRankingFormula, { params: { of }, body: formula })
    const { body } = await call(supervisor, routes.getRanking, { query: { period: '2026-11', of } })
    for (const row of body.groups.flatMap(({ rows }: { rows: RankingRow[] }) => rows) as RankingRow[]) {
      t.equal(row.rates.length, measures.length)
      for (const { measure, numerator, denominator } of row.rates) {
        const [above, below] = FIGURES_OF[measure] as [PortfolioFigure, PortfolioFigure]
        const { sum } = await traceAll(routes.listPortfolioSources, toQuery(body.sources, row.key, above))
        t.equal(sum, numerator, `${row.name} ${above}`)
        const { sum: whole } = await traceAll(routes.listPortfolioSources, toQuery(body.sources, row.key, below))
        t.equal(measure === 'scheduleRate' ? Math.round(whole / 12) : whole, denominator, `${row.name} ${below}`)
      }
    }
  }
})

const FUNDS: FundsFigure[] = [
  'projectCount',
  'fundingYuan',
  'fundingReceivedYuan',
  'receivedYuan',
  'yearReceivedYuan',
  'sinceStartYuan',
  'gapYuan',
  'farAbove',
]

t.test('every figure of every row of the funds is the sum of what its link tells', async (t) => {
  for (const groupBy of ['region', 'unit', 'category', 'source']) {
    const { body } = await call(supervisor, routes.getFunds, { query: { period: '2026-11', groupBy } })
    for (const row of [body.total, ...body.groups] as FundsRow[]) {
      for (const figure of FUNDS) {
        const query = toQuery(body.sources, row.key === 'total' ? null : row.key, figure)
        if (row[figure] === null) {
          t.same(await refusal(supervisor, routes.listFundsSources, { query }), ['validation-failed', 'figure'])
          continue
        }
        const { sum, total } = await traceAll(routes.listFundsSources, query)
        t.same([sum, total], [row[figure], row[figure]], `${groupBy} ${row.name} ${figure}`)
      }
    }
  }
})

t.test('policy funds of a region and below are told report by report', async (t) => {
  const params = { year: 2026, regionCode: '410800' }
  const targets = [{ source: 'centralBudget', yuan: 1_000 * WAN }]
  const { body } = await call(reviewer, routes.putPolicyTargets, { params, body: { targets, reason: '市政府下达' } })
  t.equal(body.receivedYuan, 430 * WAN)
  const { sum, total, items } = await traceAll(routes.listPolicySources, {}, params)
  t.same([sum, total, items.length], [430 * WAN, 430 * WAN, 3])
  for (const { source, receivedYuan } of body.sources)
    t.equal((await traceAll(routes.listPolicySources, { source }, params)).sum, receivedYuan, source)
})

t.test(
  'everybody is told what is within reach; a month without a cycle and a figure that is none are refused',
  async (t) => {
    const query = { period: '2026-11', groupBy: 'region', figure: 'completedYuan' }
    t.match((await call(otherFiler, routes.listPortfolioSources, { query })).body, { total: 100 * WAN })
    t.match((await call(otherFiler, routes.listFundsSources, { query: { ...query, figure: 'receivedYuan' } })).body, {
      total: 85 * WAN,
    })
    const of = (fields: Record<string, string>) => ({ query: { ...query, ...fields } })
    t.same(await refusal(supervisor, routes.listPortfolioSources, of({ period: '2026-07' })), ['not-found', 'period'])
    t.same(await refusal(supervisor, routes.listPortfolioSources, of({ figure: 'rank' })), [
      'validation-failed',
      'figure',
    ])
    t.same(await refusal(supervisor, routes.listPortfolioSources, of({ cursor: 'x' })), ['validation-failed', 'cursor'])
  },
)
