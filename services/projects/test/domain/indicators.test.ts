import type { PlanTarget } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { INDICATOR_COLUMNS, TARGET_COLUMNS, toFactLayout } from '../../src/domain/indicator-columns.ts'
import { type StatedIndicator, toIndicatorPlan } from '../../src/domain/indicator-plan.ts'
import { toIndicatorFacts, toTargetFacts } from '../../src/domain/indicator-row.ts'
import { assessIndicator, assessYear, toMeanRate, toPath } from '../../src/domain/indicator-status.ts'
import { meetsTarget, parsePlanTarget } from '../../src/domain/plan-target.ts'
import { sampleRows } from '../fixtures/sample.ts'

const stated = (fields: Partial<StatedIndicator>): StatedIndicator => ({
  indicator: '地区生产总值',
  unitOfMeasure: '亿元',
  baseValue: null,
  targetValue: null,
  rateOrTotal: null,
  baseYear: 2020,
  targetYear: 2025,
  ...fields,
})
/** Results of the years from 2021; null: none was entered. */
const results = (...actuals: (number | null)[]) =>
  actuals.map((actual, at) => ({ year: 2021 + at, target: null, actual }))

t.test('a target is a number, a bound, a range, or text', (t) => {
  const cases: Record<string, [PlanTarget['kind'], number | null, (number | null)?]> = {
    '6.5': ['number', 6.5],
    '-3.4': ['number', -3.4],
    '1,234.5': ['number', 1234.5],
    '６．５％': ['number', 6.5],
    '>10': ['above', 10],
    '＞ 10%': ['above', 10],
    '>=48': ['atLeast', 48],
    '≥48': ['atLeast', 48],
    不低于48: ['atLeast', 48],
    '48以上': ['atLeast', 48],
    '<3.5': ['below', 3.5],
    '≤4': ['atMost', 4],
    '控制在4.5%以内': ['atMost', 4.5],
    '4.5以下': ['atMost', 4.5],
    '6.5左右': ['about', 6.5],
    约7: ['about', 7],
    '5.5-6.5': ['range', 5.5, 6.5],
    '5.5%—6.5%': ['range', 5.5, 6.5],
    按市下达目标: ['text', null],
    与经济增长基本同步: ['text', null],
    '6以上，力争7': ['text', null],
    '7-5': ['text', null],
    '1e5': ['text', null],
    '': ['text', null],
  }
  for (const [text, [kind, value, upTo = null]] of Object.entries(cases)) {
    t.same(parsePlanTarget(text), { kind, value, upTo }, text)
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { kind, value } = parsePlanTarget(text)
      return (kind === 'text') === (value === null)
    }),
  )
  t.end()
})

t.test('whether a figure meets a target: bounds say so themselves, a number asks whether less is better', (t) => {
  const meets = (text: string, actual: number, base: number | null = null) =>
    meetsTarget(parsePlanTarget(text), actual, base)
  t.same([meets('>10', 10), meets('>10', 10.01), meets('>=10', 10)], [false, true, true])
  t.same([meets('<3.5', 3.5), meets('<3.5', 3.4), meets('≤3.5', 3.5)], [false, true, true])
  t.same([meets('45', 44), meets('45', 44, 60), meets('45', 46, 60)], [false, true, false])
  t.same([meets('6.5左右', 6.18), meets('6.5左右', 6.17)], [true, false], 'a twentieth below is still 左右')
  t.same([meets('5-6', 4.9), meets('5-6', 5), meets('5-6', 7)], [false, true, true])
  t.equal(meets('按市下达目标', 5), undefined)
  t.end()
})

t.test('how an indicator is measured follows from what the plan states', (t) => {
  const measureOf = (fields: Partial<StatedIndicator>) => {
    const { measure, base, target, isOfOneYear } = toIndicatorPlan(stated(fields))
    return [measure, base, target?.value ?? null, isOfOneYear]
  }
  t.same(measureOf({ targetValue: '200', rateOrTotal: '7' }), ['level', null, 200, false])
  t.same(measureOf({ baseValue: '150', targetValue: '200' }), ['level', 150, 200, false])
  t.same(measureOf({ indicator: '地区生产总值增长', unitOfMeasure: '%', rateOrTotal: '6.5' }), [
    'rate',
    null,
    6.5,
    false,
  ])
  t.same(measureOf({ indicator: '地区生产总值增长', unitOfMeasure: '%', targetValue: '6.5左右' }), [
    'rate',
    null,
    6.5,
    true,
  ])
  t.same(measureOf({ indicator: '城镇新增就业', unitOfMeasure: '万人', rateOrTotal: '25' }), ['total', 0, 25, false])
  t.same(measureOf({ indicator: '单位GDP能源消耗降幅', unitOfMeasure: '%', rateOrTotal: '14' }), [
    'level',
    0,
    14,
    false,
  ])
  t.same(measureOf({ indicator: '城镇登记失业率', unitOfMeasure: '%', rateOrTotal: '<3.5' }), [
    'level',
    null,
    3.5,
    false,
  ])
  t.same(measureOf({}), ['level', null, null, false])
  t.end()
})

t.test('a level follows the straight path from base to target', (t) => {
  const plan = toIndicatorPlan(stated({ baseValue: '150', targetValue: '200' }))
  t.same(
    [2020, 2021, 2023, 2025, 2030].map((year) => toPath(plan, year)),
    [150, 160, 180, 200, 200],
  )
  t.match(assessYear(plan, results(160), 2021), { status: 'onCourse', actual: 160, expected: 160 })
  t.match(assessYear(plan, results(159.9), 2021), { status: 'behind', reason: { zh: /落后于进度 160/ } })
  t.match(assessYear(plan, results(201), 2021), { status: 'reached', expected: 200 })
  t.match(assessYear(plan, results(null), 2021), { status: 'notMeasurable' })
  t.match(assessIndicator(plan, results(160, 170, 179), 2023), { status: 'behind', year: 2023, expected: 180 })
  t.match(assessIndicator(plan, results(160, 170), 2024), { status: 'onCourse', year: 2022 }, 'the last result counts')
  t.match(assessIndicator(plan, results(160, 170), 2025), { status: 'notMeasurable', reason: { en: /for 2025/ } })
  t.match(assessIndicator(plan, results(160, 170, 180, 190, 199), 2025), { status: 'behind' })
  t.match(assessIndicator(plan, results(160, 170, 180, 190, 200), 2026), { status: 'reached' })
  const less = toIndicatorPlan(stated({ indicator: 'PM2.5浓度', baseValue: '60', targetValue: '45' }))
  t.match(assessYear(less, results(57), 2021), { status: 'onCourse', expected: 57 })
  t.match(assessYear(less, results(58), 2021), { status: 'behind' })
  const bare = toIndicatorPlan(stated({ targetValue: '>95', unitOfMeasure: '%', indicator: '参保率' }))
  t.match(assessYear(bare, results(96), 2021), { status: 'reached' })
  t.match(assessYear(bare, results(94), 2021), { status: 'notMeasurable', reason: { en: /without a base/ } })
  t.match(assessYear(bare, [{ year: 2025, target: null, actual: 94 }], 2025), { status: 'behind' })
  t.end()
})

t.test('a total adds up, and says which year is missing', (t) => {
  const plan = toIndicatorPlan(stated({ indicator: '城镇新增就业', unitOfMeasure: '万人', rateOrTotal: '25' }))
  t.match(assessYear(plan, results(5, 5), 2022), { status: 'onCourse', actual: 10, expected: 10 })
  t.match(assessYear(plan, results(5, 4.9), 2022), { status: 'behind', actual: 9.9 })
  t.match(assessYear(plan, results(5, null, 5), 2023), {
    status: 'notMeasurable',
    reason: { en: /No result for 2022/ },
  })
  t.match(assessIndicator(plan, results(13, 13), 2023), { status: 'reached', actual: 26 })
  t.end()
})

t.test('a rate is compared year by year, and as a whole by its mean', (t) => {
  const plan = toIndicatorPlan(stated({ indicator: '地区生产总值增长', unitOfMeasure: '%', rateOrTotal: '6.5' }))
  t.match(assessYear(plan, results(6.4), 2021), { status: 'behind', expected: 6.5 })
  t.match(assessYear(plan, results(6.5), 2021), { status: 'reached' })
  t.equal(toMeanRate([10, -10]), -0.5)
  t.match(assessIndicator(plan, results(8, 5.1), 2022), { status: 'onCourse', actual: 6.54 })
  t.match(assessIndicator(plan, results(8, 5), 2022), {
    status: 'behind',
    actual: 6.49,
    reason: { zh: /2021—2022 年年均/ },
  })
  t.match(assessIndicator(plan, results(8, null, 8), 2023), { status: 'notMeasurable' })
  t.match(assessIndicator(plan, results(7, 7, 7, 7, 7), 2025), { status: 'reached' })
  const report = toIndicatorPlan(stated({ indicator: '工业增加值增长', unitOfMeasure: '%', targetValue: '7.5左右' }))
  t.match(assessIndicator(report, [{ year: 2025, target: null, actual: 7.2 }], 2025), { status: 'reached' })
  t.match(assessYear(report, results(3), 2021), { status: 'notMeasurable', reason: { en: /that of 2025 alone/ } })
  t.end()
})

t.test('a year’s own target stands before the path; text is never measured', (t) => {
  const plan = toIndicatorPlan(stated({ baseValue: '150', targetValue: '200' }))
  const own = (target: string) => assessYear(plan, [{ year: 2021, target, actual: 155 }], 2021)
  t.match(own('≥155'), { status: 'reached', expected: 155 })
  t.match(own('156'), { status: 'behind' })
  t.match(own('按市下达目标'), { status: 'notMeasurable', reason: { zh: /目标为文字/ } })
  const text = toIndicatorPlan(stated({ targetValue: '按市下达目标' }))
  t.match(assessYear(text, results(5), 2021), { status: 'notMeasurable', actual: 5 })
  t.match(assessIndicator(text, results(5), 2025), { status: 'notMeasurable' })
  t.match(assessIndicator(toIndicatorPlan(stated({})), results(5), 2025), { reason: { en: /states no target/ } })
  t.end()
})

t.test('who does better never stands worse', (t) => {
  const rank = { reached: 2, onCourse: 1, behind: 0, notMeasurable: -1 }
  const figure = fc.integer({ min: -1_000, max: 1_000 }).map((n) => n / 10)
  fc.assert(
    fc.property(figure, figure, figure, figure, fc.integer({ min: 2021, max: 2025 }), (base, target, a, b, year) => {
      if (base === target) return true
      const plan = toIndicatorPlan(stated({ baseValue: String(base), targetValue: String(target) }))
      const [worse, better] = target > base === a < b ? [a, b] : [b, a]
      const statusOf = (actual: number) => rank[assessYear(plan, [{ year, target: null, actual }], year).status]
      return statusOf(better) >= statusOf(worse)
    }),
  )
  t.end()
})

t.test('headers say field and years, in any order and in Chinese; each wrong cell is named', (t) => {
  const layout = toFactLayout(
    ['指标名称', '2021年目标值', '区划代码', '所属区域', '规划名称', '类别', '计量单位', '2015年基数', '序号'],
    INDICATOR_COLUMNS,
  )
  t.match(layout, { baseYear: 2015, targetYear: 2021, ignored: ['序号'], problems: [] })
  const row = {
    区划代码: '410802',
    所属区域: '解放区',
    规划名称: '纲要',
    类别: '经济',
    计量单位: '%',
    指标名称: '增长',
  }
  t.match(toIndicatorFacts({ ...row, '2021年目标值': '6.5' }, 2, layout), {
    value: { targetValue: '6.5', baseValue: null, attribute: null, targetYear: 2021 },
  })
  const wrong = { ...row, 指标名称: ' ', 区划代码: '41', 类别: '经\u200b济', 所属区域: '区'.repeat(51) }
  t.match(toIndicatorFacts(wrong, 3, layout), {
    problems: [
      { row: 3, column: '区划代码', value: '41' },
      { column: '所属区域' },
      { column: '类别' },
      { column: '指标名称', reason: { en: 'must not be empty' } },
    ],
  })
  const bad = toFactLayout(['indicator', '指标', 'base_2025', 'target_2025'], INDICATOR_COLUMNS)
  t.match(
    bad.problems.map(({ column, reason }) => [column, reason.en]),
    [
      ['指标', /says the same/],
      ['region_code', 'is missing'],
      ['region_name', 'is missing'],
      ['source', 'is missing'],
      ['category', 'is missing'],
      ['unit', 'is missing'],
      ['base_2025', /before the target/],
    ],
  )
  const targets = toFactLayout(['year', 'programme', 'metric', 'value', 'unit', 'kind'], TARGET_COLUMNS)
  const target = { programme: '省重点', metric: 'count', value: '68', unit: '个', kind: 'actual' }
  t.match(toTargetFacts({ ...target, year: '2024' }, 2, targets), { value: { year: 2024, value: '68' } })
  t.match(toTargetFacts({ ...target, year: '二〇二四' }, 2, targets), { problems: [{ column: 'year' }] })
  t.end()
})

t.test('every target of the sample is understood or text on purpose', (t) => {
  const texts = sampleRows('plan_indicators.csv').map((row) => row.target_2025 || row.five_year_rate_or_total || '')
  const of = (kind: string) => texts.filter((text) => parsePlanTarget(text).kind === kind)
  t.same([...new Set(of('text'))], ['与经济增长基本同步', '按市下达目标'])
  t.equal(of('about').length, 5)
  t.end()
})
