import { readFileSync } from 'node:fs'
import { actorOf } from '@tiaodu/testing'
import { type EvaluatedIndicator, IndicatorImport, routes } from '@tiaodu/types'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { sampleFile } from '../fixtures/sample.ts'
import { operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, handIn, clock } = await startService(t)
const sample = readFileSync(sampleFile('plan_indicators.csv'), 'utf8')
const reviewer = actorOf('reviewer', { regionCode: '410802', personId: uuidv7(), name: '李四' })
const isImport = Schema.Compile(IndicatorImport)

async function load(
  content: string,
  query: Record<string, string> = {},
  contract = routes.importPlanIndicators as never,
) {
  const answer = await handIn(operator, content, { contract, query, key: '' })
  if (answer.status === 200) t.ok(isImport.Check(answer.body), 'answers as the contract says')
  return answer
}
const find = async (q: string, query: Record<string, string> = {}) =>
  (await call(operator, routes.listPlanIndicators, { query: { q, ...query } })).body.items as EvaluatedIndicator[]
const enter = (actor: typeof operator, id: string, year: number, body: object, ifMatch?: string) =>
  call(actor, routes.putIndicatorYear, {
    params: { id, year: String(year) },
    body,
    ...(ifMatch === undefined ? {} : { ifMatch }),
  })

t.test('the sample loads over REST with 0 problems, and again with 0 changes; a dry run loads nothing', async (t) => {
  t.match(await load(sample, { dryRun: 'true' }), {
    status: 200,
    body: { state: 'loaded', isDryRun: true, changed: 30 },
  })
  t.same(await find('增'), [])
  t.match((await load(sample, { fileName: '规划指标.csv' })).body, {
    state: 'loaded',
    changed: 30,
    unchanged: 0,
    problems: [],
    ignoredColumns: [],
  })
  t.match((await load(sample)).body, { state: 'loaded', changed: 0, unchanged: 30 })
  const targets = readFileSync(sampleFile('annual_targets.csv'), 'utf8')
  const contract = routes.importAnnualTargets as never
  t.match((await load(targets, {}, contract)).body, { state: 'loaded', changed: 14 })
  t.match((await load(targets, {}, contract)).body, { state: 'loaded', changed: 0, unchanged: 14 })
  const { items } = (await call(operator, routes.listAnnualTargets, { query: { year: '2025', programme: '三十工程' } }))
    .body
  t.match(items, [{ metric: 'annual_investment', value: '150' }])
})

t.test('one bad row and nothing is loaded: row, column, value and reason in the reader’s language', async (t) => {
  const lines = sample.trimEnd().split(/\r?\n/)
  const bad = [...lines.slice(0, 3), '4108,解放区,纲要,经济,新指标,%,,1,,随意', lines[1]].join('\n')
  const { body } = await load(bad)
  t.match(body, { state: 'refused', changed: 0, problemCount: 3 })
  t.same(
    body.problems.map(({ row, column, value, reason }: Record<string, unknown>) => [row, column, value, reason]),
    [
      [4, 'region_code', '4108', '应为六位数字'],
      [4, 'attribute', '随意', '应为 预期性、约束性 或留空'],
      [5, 'indicator', '地区生产总值增长', '在文件中重复，首次出现在第 2 行'],
    ],
  )
  t.same(await find('新指标'), [])
  t.match((await load('a,b\n1,2\n')).body, { state: 'refused', problems: [{ row: 1, reason: '缺少此列' }] })
  t.match((await load(`${lines[0]}\n`)).body, { problems: [{ reason: '文件没有数据行' }] })
  t.match(await load('"a\n'), { status: 400, body: { code: 'validation-failed', errors: [{ field: 'body' }] } })
  t.match(await handIn(actorOf('filer'), sample, { contract: routes.importPlanIndicators }), { status: 403 })
})

t.test(
  'indicators are found by region, plan, category, attribute and words, with their target as it is understood',
  async (t) => {
    t.equal((await find('增', { regionCode: '410800', limit: '200' })).length, 6)
    const [gdp] = await find('地区生产总值', { regionCode: '410871' })
    t.match(gdp, {
      targetValue: '200',
      target: { kind: 'number', value: 200 },
      measure: 'level',
      baseYear: 2020,
      version: 1,
    })
    const [jobs] = await find('城镇新增就业')
    t.match(jobs, { targetValue: '>=5.5', target: { kind: 'atLeast', value: 5.5 } })
    const binding = (await call(operator, routes.listPlanIndicators, { query: { attribute: 'binding', limit: '200' } }))
      .body
    t.equal(binding.items.length, 4)
    t.match(binding.items, [
      { target: { kind: 'text', value: null }, targetValue: null, rateOrTotal: '按市下达目标' },
      {},
      {},
      {},
    ])
    t.same(await refusal(operator, routes.listPlanIndicators, { query: { attribute: 'strict' } }), [
      'validation-failed',
      'attribute',
    ])
  },
)

t.test('a year is entered by those who keep it, each change with who, when and why', async (t) => {
  const [rate] = await find('社会消费品零售总额增长', { regionCode: '410802' })
  const id = rate?.id ?? ''
  const first = await enter(reviewer, id, 2021, { target: '≥8', actual: 7.9 }, '"0"')
  t.equal(first.status, 200)
  const yearOf = (body: EvaluatedIndicator, year: number) => body.years.find((found) => found.year === year)
  t.match(yearOf(first.body, 2021), { version: 1, actual: 7.9, assessment: { status: 'behind', expected: 8 } })
  t.match(yearOf(first.body, 2022), { version: 0, actual: null, assessment: { status: 'notMeasurable' } })
  t.same(
    await refusal(reviewer, routes.putIndicatorYear, {
      params: { id, year: '2021' },
      body: { target: '≥8', actual: 8.1 },
      ifMatch: '"0"',
    }),
    ['version-mismatch', 'If-Match'],
  )
  t.same(
    await refusal(reviewer, routes.putIndicatorYear, {
      params: { id, year: '2021' },
      body: { target: '≥8', actual: 8.1 },
      ifMatch: '"1"',
    }),
    ['validation-failed', 'reason'],
  )
  clock.set('2026-11-21T01:00:00Z')
  const second = await enter(reviewer, id, 2021, { target: '≥8', actual: 8.1, reason: '统计公报修订' }, '"1"')
  t.match(yearOf(second.body, 2021), { version: 2, assessment: { status: 'reached' } })
  const again = await enter(reviewer, id, 2021, { target: '≥8', actual: 8.1 })
  t.match(yearOf(again.body, 2021), { version: 2 }, 'what changes nothing is no version')
  t.same((await call(reviewer, routes.getPlanIndicator, { params: { id } })).body, again.body)

  const page = (await call(reviewer, routes.listIndicatorChanges, { params: { id }, query: { limit: '2' } })).body
  t.match(page.items, [
    {
      year: 2021,
      version: 2,
      actorName: '李四',
      actorId: reviewer.personId,
      reason: '统计公报修订',
      at: '2026-11-21T01:00:00.000Z',
      changes: [{ field: 'actual', from: 7.9, to: 8.1 }],
    },
    {
      year: 2021,
      version: 1,
      reason: null,
      changes: [
        { field: 'target', from: null, to: '≥8' },
        { field: 'actual', from: null, to: 7.9 },
      ],
    },
  ])
  const rest = (
    await call(reviewer, routes.listIndicatorChanges, { params: { id }, query: { cursor: page.nextCursor } })
  ).body
  t.match(rest, { items: [{ year: null, version: 1, reason: '规划指标.csv' }], nextCursor: null })
})

t.test('what is wrong with a year is named, and nothing is changed', async (t) => {
  const [mine] = await find('研发经费投入增长', { regionCode: '410802' })
  const [other] = await find('研发经费投入增长', { regionCode: '410871' })
  const id = mine?.id ?? ''
  const body = { target: null, actual: 5 }
  const refused = (params: { id: string; year: string }, sent: object = body, actor = reviewer) =>
    refusal(actor, routes.putIndicatorYear, { params, body: sent })
  t.same(await refused({ id, year: '2020' }), ['validation-failed', 'year'])
  t.same(await refused({ id, year: '2026' }), ['validation-failed', 'year'])
  t.same(await refused({ id, year: '1999' }), ['validation-failed', 'year'])
  t.same(await refused({ id, year: '2021' }, { target: null, actual: 1.23456 }), ['validation-failed', 'actual'])
  t.same(await refused({ id, year: '2021' }, { target: null, actual: '5' }), ['validation-failed', 'actual'])
  t.same(await refused({ id, year: '2021' }, { target: 'a\u200bb', actual: 5 }), ['validation-failed', 'target'])
  t.same(await refused({ id: UNKNOWN, year: '2021' }), ['not-found', 'id'])
  t.same(await refused({ id: other?.id ?? '', year: '2021' }), ['outside-scope', 'id'])
  t.same(await refused({ id, year: '2021' }, body, actorOf('filer')), ['role-not-allowed'])
  t.same(await refusal(operator, routes.getPlanIndicator, { params: { id: UNKNOWN } }), ['not-found', 'id'])
  t.same(await refusal(operator, routes.listIndicatorChanges, { params: { id: UNKNOWN } }), ['not-found', 'id'])
  const { years } = (await call(operator, routes.getPlanIndicator, { params: { id } })).body
  t.ok(years.every(({ version }: { version: number }) => version === 0))
})

t.test('an evaluation counts 约束性 and 预期性 apart, mid-term and final', async (t) => {
  const evaluate = async (query: Record<string, string>) =>
    (await call(operator, routes.evaluateIndicators, { query })).body
  const middle = await evaluate({ regionCode: '410802', year: '2021' })
  t.match(middle, {
    year: 2021,
    stage: 'midTerm',
    binding: { total: 4, notMeasurable: 4 },
    expected: { total: 12, onCourse: 1, notMeasurable: 11 },
    unattributed: { total: 0 },
  })
  const retail = middle.items.find(({ indicator }: EvaluatedIndicator) => indicator === '社会消费品零售总额增长')
  t.match(retail, { assessment: { status: 'onCourse', actual: 8.1, expected: 8, year: 2021 }, years: [{ year: 2021 }] })
  t.match(await evaluate({ regionCode: '410802', year: '2025' }), { stage: 'final', expected: { notMeasurable: 12 } })
  const report = await evaluate({ source: '焦作市2025年政府工作报告', year: '2025' })
  t.match(report, { unattributed: { total: 6 }, binding: { total: 0 } })
  t.same(await refusal(operator, routes.evaluateIndicators), ['validation-failed', 'year'])
})
