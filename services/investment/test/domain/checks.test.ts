import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CHECK_CODES, CHECKS, type CheckCode, FUND_SOURCES, type ReportEntry, STAGE_CODES } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { assessEntry } from '../../src/domain/checks/assess-entry.ts'
import type { CheckFacts } from '../../src/domain/checks/check.ts'
import { THRESHOLDS } from '../../src/domain/checks/thresholds.ts'
import { EMPTY_ENTRY } from '../../src/domain/report.ts'

const YI = 100_000_000
const WAN = 10_000
const quiet: CheckFacts = {
  period: '2026-11',
  stage: 'building',
  actualStartOn: '2025-03-15',
  actualCompletionOn: null,
  totalInvestmentYuan: null,
  sinceStartBeforeYuan: 0,
  yearBeforeYuan: 0,
  planShareYuan: null,
  lastProgress: null,
  months: [],
}
const past = (...yuan: number[]) =>
  yuan.map((completedYuan, n) => ({ period: `2026-${String(10 - n).padStart(2, '0')}`, completedYuan, fundsYuan: 0 }))
const lastMonth = { period: '2026-10', completedYuan: 35, fundsYuan: 0 }
const own = (yuan: number) => [{ source: 'ownFunds' as const, yuan }]
const says = (visualProgress: string, lastProgress: string, completedYuan = 0): Case => [
  { visualProgress, completedYuan },
  { lastProgress },
]

type Case = readonly [entry: Partial<ReportEntry>, facts?: Partial<CheckFacts>]
const isFound = (code: CheckCode, [entry, facts = {}]: Case) =>
  assessEntry({ ...EMPTY_ENTRY, ...entry }, { ...quiet, ...facts }).some((finding) => finding.code === code)

const yuan = (completedYuan: number, facts: Partial<CheckFacts> = {}): Case => [{ completedYuan }, facts]
const december = (completedYuan: number, yearBeforeYuan: number) =>
  yuan(completedYuan, { period: '2026-12', yearBeforeYuan })
const lone = (completedYuan: number, last: number) => yuan(completedYuan, { months: past(last) })
const planned = (completedYuan: number, planShareYuan: number) => yuan(completedYuan, { planShareYuan })
const completed = (share: number, facts: Partial<CheckFacts> = {}) =>
  yuan(share, {
    stage: 'completed',
    totalInvestmentYuan: 1_000,
    actualCompletionOn: '2026-11-02',
    actualStartOn: null,
    ...facts,
  })
// Median 60,000 and MAD 6,745: the limit of 3.5 lies at 35,000 from the median.
const history = past(60_000 - 2 * 6_745, 60_000 - 6_745, 60_000, 60_000, 60_000 + 6_745, 60_000 + 2 * 6_745)

/** Each check: what it finds, and what lies just within. */
const TABLE: Record<CheckCode, { found: Record<string, Case>; not: Record<string, Case> }> = {
  'exceeds-total-investment': {
    found: {
      'a yuan above the total': yuan(YI + 1, { totalInvestmentYuan: YI }),
      'with what was before': yuan(1, { totalInvestmentYuan: YI, sinceStartBeforeYuan: YI }),
    },
    not: {
      'the whole total': yuan(1, { totalInvestmentYuan: YI, sinceStartBeforeYuan: YI - 1 }),
      'a total that nobody knows': yuan(YI),
    },
  },
  'before-start': {
    found: {
      'the month before the start': yuan(1, { actualStartOn: '2026-12-01' }),
      'nothing started, at 前期': yuan(1, { actualStartOn: null, stage: 'preliminary' }),
    },
    not: {
      'the month of the start': yuan(1, { actualStartOn: '2026-11-30' }),
      'no money': yuan(0, { actualStartOn: '2026-12-01' }),
      'a building project whose start nobody recorded': yuan(1, { actualStartOn: null }),
      'a start recorded before the stage moved': yuan(1, { actualStartOn: '2026-11-01', stage: 'preliminary' }),
    },
  },
  'unit-slip': {
    found: {
      'ten thousand times last month': lone(YI, WAN),
      'three times less than that': lone(10_000_000, 3_000),
      'three times more than that': lone(30_000_000, 1_000),
      'a ten thousandth of last month': lone(WAN, YI),
      "a ten thousandth of the plan's share": planned(WAN, YI),
      'the plan where last month was nothing': yuan(WAN, { planShareYuan: YI, months: past(0) }),
    },
    not: {
      'just below': lone(9_999_999, 3_000),
      'just above': lone(30_000_001, 1_000),
      'as last month': lone(YI, YI),
      'no money': lone(0, YI),
      'nothing to hold it against': yuan(YI),
    },
  },
  'above-mean': {
    found: {
      'a yuan above three times the mean': yuan(301, { months: past(100, 50, 150) }),
      'a mean that is no whole number': yuan(102, { months: past(34, 33, 34) }),
    },
    not: {
      'three times the mean': yuan(300, { months: past(100, 50, 150) }),
      'two months make no mean': yuan(1_000, { months: past(100, 100) }),
      'nothing was completed before': yuan(1_000, { months: past(0, 0, 0) }),
    },
  },
  outlier: {
    found: {
      'a yuan beyond the limit': yuan(95_001, { months: history }),
    },
    not: {
      'at the limit': yuan(95_000, { months: history }),
      'far below it': yuan(0, { months: history }),
      'five months': yuan(YI, { months: history.slice(1) }),
      'a history without any deviation': yuan(YI, { months: past(5, 5, 5, 5, 5, 5, 5) }),
      'far in deviations, less than half the median in money': yuan(1_499, {
        months: past(999, 1_000, 1_000, 1_001, 1_001, 999),
      }),
    },
  },
  'december-rush': {
    found: { 'more than a quarter of the year': december(26, 74), 'the only month of the year': december(1, 0) },
    not: {
      'a quarter of the year': december(25, 75),
      November: yuan(100, { period: '2026-11', yearBeforeYuan: 0 }),
      'no money': december(0, 0),
    },
  },
  'repeated-round': {
    found: { 'the third time': yuan(1_000_000, { months: past(1_000_000, 1_000_000, 7) }) },
    not: {
      'the second time': yuan(1_000_000, { months: past(1_000_000, 7, 1_000_000) }),
      'a yuan more': yuan(1_000_001, { months: past(1_000_001, 1_000_001) }),
      'another round number each time': yuan(3_000_000, { months: past(2_000_000, 1_000_000) }),
      'no money three times': yuan(0, { months: past(0, 0) }),
    },
  },
  arrears: {
    found: {
      'a yuan below half, over three months': [{ completedYuan: 50, fundsReceived: own(49) }, { months: past(25, 25) }],
    },
    not: {
      half: [{ completedYuan: 50, fundsReceived: own(50) }, { months: past(25, 25) }],
      'received before': [{ completedYuan: 50 }, { months: [{ ...lastMonth, fundsYuan: 60 }, lastMonth] }],
      'two months': [{ completedYuan: 50 }, { months: past(50) }],
      'nothing completed': [{ completedYuan: 0 }, { months: past(50, 50, 50) }],
    },
  },
  'progress-unchanged': {
    found: {
      'word for word': says('主体施工至三层', '主体施工至三层', 1),
      'but for spaces and full-width forms': says(' 主体施工至 ３ 层\n', '主体施工至3层', 1),
    },
    not: {
      'no money moved': says('主体施工至三层', '主体施工至三层', 0),
      'one character more': says('主体施工至三层。', '主体施工至三层', 1),
      'the first report': [{ completedYuan: 1, visualProgress: '主体施工' }, {}],
    },
  },
  'progress-backwards': {
    found: {
      'a smaller number': says('主体施工至3层', '主体施工至4层'),
      'a smaller share': says('完成 79.5%', '完成 80%'),
      'one smaller, one the same': says('2号楼至3层', '2号楼至4层'),
    },
    not: {
      'the same': says('主体施工至4层', '主体施工至4层'),
      'a greater one': says('主体施工至5层', '主体施工至4层'),
      'one greater, one smaller': says('完成5栋，在建2栋', '完成4栋，在建3栋'),
      'other words': says('外墙施工至3层', '主体施工至4层'),
      'a month of the next year': says('截至1月完成基础', '截至12月完成基础'),
    },
  },
  'completion-undated': {
    found: {
      'completed without a date': completed(1_000, { actualCompletionOn: null }),
      'producing without a date': completed(1_000, { actualCompletionOn: null, stage: 'producing' }),
    },
    not: { dated: completed(1_000), 'not completed yet': completed(1_000, { stage: 'finishing' }) },
  },
  'completion-share': {
    found: {
      'less than nine tenths': completed(899),
      'more than eleven tenths': completed(1_101),
    },
    not: {
      'nine tenths': completed(900),
      'eleven tenths': completed(1_100),
      'not completed yet': completed(1, { stage: 'finishing' }),
      'a total that nobody knows': completed(1, { totalInvestmentYuan: null }),
    },
  },
}

for (const code of CHECK_CODES) {
  t.test(`${code}: ${CHECKS[code].zh}`, async (t) => {
    for (const [what, case_] of Object.entries(TABLE[code].found)) t.ok(isFound(code, case_), `found: ${what}`)
    for (const [what, case_] of Object.entries(TABLE[code].not)) t.notOk(isFound(code, case_), `not found: ${what}`)
    const [first] = Object.values(TABLE[code].found)
    const [entry = {}, facts = {}] = first ?? []
    const finding = assessEntry({ ...EMPTY_ENTRY, ...entry }, { ...quiet, ...facts }).find((one) => one.code === code)
    t.match(finding, { severity: CHECKS[code].severity, field: CHECKS[code].field }, 'with its severity and field')
    t.ok(Object.keys(finding?.figures ?? {}).length > 0, 'with the figures compared')
    t.notMatch(`${finding?.zh} ${finding?.en}`, /undefined|NaN|null/, `${finding?.zh} / ${finding?.en}`)
  })
}

t.test('docs/checks.md tells each check, with the numbers that hold', async (t) => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/checks.md'), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  t.same(
    rows.map((row) => row.split(' | ').slice(0, 3).join(' | ')),
    CHECK_CODES.map((code) => `| \`${code}\` | ${CHECKS[code].severity} | ${CHECKS[code].zh}`),
  )
  const told = [...rows.join('').matchAll(/`([a-zA-Z]+)` ([\d,.]+)/g)]
  t.same(
    Object.fromEntries(told.map(([, name, value = '']) => [name, Number(value.replaceAll(',', ''))])),
    THRESHOLDS,
    'every threshold, and no other',
  )
})

t.test('thresholds are data: other numbers, other findings', async (t) => {
  const [entry, facts] = [
    { ...EMPTY_ENTRY, completedYuan: 301, fundsReceived: own(600) },
    { ...quiet, months: past(100, 50, 150) },
  ]
  t.equal(assessEntry(entry, facts).length, 1)
  t.same(assessEntry(entry, facts, { ...THRESHOLDS, timesMean: 4 }), [])
})

const money = fc.integer({ min: 0, max: 9_999_999_999_999 })
const text = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('主体施工至3层', '完成 80%', '12月', ''))
const day = fc.option(fc.constantFrom('2024-02-29', '2026-11-01', '2026-11-30', '2030-12-31'))
const month = fc.record({ period: fc.constant('2026-10'), completedYuan: money, fundsYuan: money })
const anyEntry: fc.Arbitrary<ReportEntry> = fc.record({
  completedYuan: fc.option(money),
  fundsReceived: fc.array(
    fc.record({
      source: fc.constantFrom(...(Object.keys(FUND_SOURCES) as (keyof typeof FUND_SOURCES)[])),
      yuan: money,
    }),
    { maxLength: 8 },
  ),
  visualProgress: text,
  difficulties: text,
  nextSteps: text,
  explanations: fc.constant([]),
})
const anyFacts: fc.Arbitrary<CheckFacts> = fc.record({
  period: fc.constantFrom('2026-01', '2026-11', '2026-12'),
  stage: fc.constantFrom(...STAGE_CODES),
  actualStartOn: day,
  actualCompletionOn: day,
  totalInvestmentYuan: fc.option(money),
  sinceStartBeforeYuan: money,
  yearBeforeYuan: money,
  planShareYuan: fc.option(money),
  lastProgress: fc.option(text),
  months: fc.array(month, { maxLength: 12 }),
})
const codesOf = (entry: ReportEntry, facts: CheckFacts) => assessEntry(entry, facts).map(({ code }) => code)

t.test('whatever is entered, each check answers at most once, and the sentences are whole', async () => {
  fc.assert(
    fc.property(anyEntry, anyFacts, (entry, facts) => {
      const findings = assessEntry(entry, facts)
      const isWhole = findings.every(({ zh, en }) => !/undefined|NaN|Infinity/.test(zh + en))
      return isWhole && new Set(findings.map(({ code }) => code)).size === findings.length
    }),
    { numRuns: 2_000 },
  )
})

t.test('a month without money is never too much', async () => {
  const isOfText = (code: CheckCode) => code === 'progress-backwards' || code.startsWith('completion')
  fc.assert(
    fc.property(anyEntry, anyFacts, (entry, facts) =>
      codesOf({ ...entry, completedYuan: 0 }, { ...facts, totalInvestmentYuan: null }).every(isOfText),
    ),
  )
})

t.test('a project that goes on as it always did is no outlier, no slip and not above its mean', async () => {
  const about: readonly CheckCode[] = ['outlier', 'unit-slip', 'above-mean']
  fc.assert(
    fc.property(money, fc.integer({ min: 0, max: 12 }), (amount, count) => {
      const facts = { ...quiet, months: past(...Array.from({ length: count }, () => amount)) }
      return codesOf({ ...EMPTY_ENTRY, completedYuan: amount }, facts).every((code) => !about.includes(code))
    }),
  )
})

t.test('the modified z-score and the mean do not depend on the unit of money, nor on the order of months', async () => {
  const small = fc.integer({ min: 0, max: 100_000 })
  const about: readonly CheckCode[] = ['outlier', 'above-mean']
  fc.assert(
    fc.property(small, fc.array(small, { maxLength: 12 }), fc.integer({ min: 2, max: 10_000 }), (one, many, scale) => {
      const found = (amount: number, months: number[]) =>
        codesOf({ ...EMPTY_ENTRY, completedYuan: amount }, { ...quiet, months: past(...months) })
          .filter((code) => about.includes(code))
          .join()
      const expected = found(one, many)
      return (
        found(
          one * scale,
          many.map((yuan) => yuan * scale),
        ) === expected && found(one, many.toReversed()) === expected
      )
    }),
    { numRuns: 1_000 },
  )
})

t.test('more of the same money never takes the total back below what it exceeded', async () => {
  fc.assert(
    fc.property(anyEntry, anyFacts, fc.integer({ min: 0, max: YI }), (entry, facts, more) => {
      const blocks = (completedYuan: number) =>
        codesOf({ ...entry, completedYuan }, facts).includes('exceeds-total-investment')
      const completedYuan = entry.completedYuan ?? 0
      return !blocks(completedYuan) || blocks(completedYuan + more)
    }),
  )
})
