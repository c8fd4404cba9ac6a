import { FUND_SOURCES, type FundSource, POLICY_SOURCES } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { isFarAbove, toGap, toPolicyFunds, toProjectFunds } from '../../src/domain/funds.ts'

const WAN = 10_000
const rule = { farAbovePercent: 50, leastGapYuan: 1_000 * WAN, version: 1 }

t.test('what is unpaid is never below zero; far above takes a share and an amount', (t) => {
  const table: [completed: number, received: number, gap: number, far: boolean][] = [
    [0, 0, 0, false],
    [2_000, 2_500, 0, false],
    [2_000, 1_001, 999, false],
    [2_000, 1_000, 1_000, true],
    [2_002, 1_002, 1_000, false],
    [1_000, 0, 1_000, true],
    [999, 0, 999, false],
  ]
  for (const [completed, received, gap, far] of table) {
    t.equal(toGap(completed * WAN, received * WAN), gap * WAN, `${completed} − ${received}`)
    t.equal(isFarAbove(completed * WAN, gap * WAN, rule), far, `${completed} − ${received}`)
  }
  t.notOk(isFarAbove(0, 0, { farAbovePercent: 1, leastGapYuan: 0 }), 'nothing completed, nothing unpaid')
  t.end()
})

const source = fc.constantFrom(...(Object.keys(FUND_SOURCES) as FundSource[]))
const yuan = fc.integer({ min: 0, max: 1_000_000_000 })
const facts = fc.record({
  projectId: fc.constant('p'),
  projectName: fc.constant('九渡水库'),
  totalInvestmentYuan: fc.constant(null),
  fundingPlan: fc.uniqueArray(fc.record({ source, yuan: fc.integer({ min: 1, max: 1_000_000 }) }), {
    selector: (row) => row.source,
  }),
  years: fc.uniqueArray(fc.record({ year: fc.integer({ min: 2024, max: 2027 }), completedYuan: yuan }), {
    selector: ({ year }) => year,
  }),
  received: fc.uniqueArray(
    fc.record({
      year: fc.integer({ min: 2024, max: 2027 }),
      source,
      receivedYuan: yuan,
      byMonthYuan: fc.constant<number[]>([]),
    }),
    { selector: (row) => `${row.year} ${row.source}` },
  ),
  isSimulated: fc.boolean(),
})

t.test('years and sources of a project add up to its total, every source once', (t) => {
  const sum = (rows: readonly { receivedYuan: number }[]) => rows.reduce((n, { receivedYuan }) => n + receivedYuan, 0)
  fc.assert(
    fc.property(facts, (some) => {
      const funds = toProjectFunds(some, rule)
      const planned = funds.sources.reduce((n, { fundingYuan }) => n + fundingYuan, 0)
      const ofYears = funds.years.every((year) => sum(year.sources) === year.receivedYuan)
      const sources = funds.sources.map((row) => row.source)
      return (
        ofYears &&
        sum(funds.sources) === funds.receivedYuan &&
        sum(funds.years) === funds.receivedYuan &&
        sum(some.received) === funds.receivedYuan &&
        planned === funds.fundingYuan &&
        new Set(sources).size === sources.length &&
        funds.gapYuan === Math.max(0, funds.sinceStartYuan - funds.receivedYuan) &&
        (funds.fundingYuan > 0 || funds.receivedPercent === null)
      )
    }),
  )
  t.end()
})

t.test('policy funds are held against their targets; what has no target is told and not rated', (t) => {
  const about = { year: 2026, regionCode: '410800', version: 1 }
  const targets = [
    { source: 'centralBudget' as const, yuan: 300 },
    { source: 'localSpecialBond' as const, yuan: 100 },
  ]
  const funds = toPolicyFunds({ ...about, targets, received: { centralBudget: 100, specialTreasuryBond: 999 } })
  t.match(funds, { targetYuan: 400, targetReceivedYuan: 100, receivedPercent: 25, receivedYuan: 1_099 })
  t.same(
    funds.sources.map(({ receivedPercent, targetYuan }) => [targetYuan, receivedPercent]),
    [
      [300, 33.33],
      [null, null],
      [100, 0],
    ],
  )
  t.same(
    funds.sources.map((row) => row.source),
    POLICY_SOURCES,
  )
  t.end()
})
