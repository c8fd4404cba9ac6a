import assert from 'node:assert/strict'
import type { RankingFormulaFields, RankingMeasure } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { assessDates } from '../../src/domain/dated-duties.ts'
import { rankPeers, withMovement } from '../../src/domain/ranking.ts'
import { assertFormula, assertUnlocked } from '../../src/domain/ranking-formula.ts'
import { toRate, toScore } from '../../src/domain/ranking-measures.ts'
import type { Group } from '../../src/domain/summary.ts'
import { groupWith } from '../fixtures/groups.ts'

const WAN = 10_000
const peer = (key: string, fields: Partial<Group> = {}) => groupWith(key, { assessedPlannedYuan: 100 * WAN, ...fields })
const completed = (key: string, percent: number) => peer(key, { assessedYearYuan: percent * WAN })

const FORMULA: RankingFormulaFields = {
  fromPeriod: '2026-11',
  measures: [{ measure: 'completionRate', weight: 100 }],
  order: 'highestFirst',
  ties: 'shared',
  lists: {
    measure: 'completionRate',
    red: { level: 100, positions: 2 },
    black: { level: 60, positions: 2 },
  },
}
const told = (formula: RankingFormulaFields, peers: Group[]) =>
  rankPeers(formula, peers).map(({ key, rank, list }) => [key, rank, list])

t.test('equal scores share a rank; dense and by completed investment where the formula says so', async (t) => {
  const peers = [completed('a', 50), completed('b', 80), completed('c', 80), completed('d', 10)]
  const ranks = (fields: Partial<RankingFormulaFields>) =>
    rankPeers({ ...FORMULA, ...fields }, peers).map(({ key, rank }) => `${rank}${key}`)
  t.same(ranks({}), ['1b', '1c', '3a', '4d'])
  t.same(ranks({ ties: 'dense' }), ['1b', '1c', '2a', '3d'])
  t.same(ranks({ order: 'lowestFirst' }), ['1d', '2a', '3b', '3c'])
  const larger = peer('e', { assessedPlannedYuan: 200 * WAN, assessedYearYuan: 160 * WAN })
  t.same(
    rankPeers({ ...FORMULA, ties: 'byCompleted' }, [...peers, larger]).map(({ key, rank }) => `${rank}${key}`),
    ['1e', '2b', '2c', '4a', '5d'],
    'of 80 % each, who completed more comes first',
  )
  t.same(told(FORMULA, [peer('none', { assessedPlannedYuan: 0 }), completed('a', 1)]), [
    ['a', 1, 'black'],
    ['none', null, null],
  ])
})

t.test('red and black need a level and a position', async (t) => {
  t.same(told(FORMULA, [completed('a', 131), completed('b', 100), completed('c', 100), completed('d', 70)]), [
    ['a', 1, 'red'],
    ['b', 2, 'red'],
    ['c', 2, 'red'],
    ['d', 4, null],
  ])
  t.same(
    told(FORMULA, [completed('a', 99.99), completed('b', 59), completed('c', 59), completed('d', 20)]),
    [
      ['a', 1, null],
      ['b', 2, 'black'],
      ['c', 2, 'black'],
      ['d', 4, 'black'],
    ],
    'two who tie at the second place from below share it',
  )
  const without = { ...FORMULA, lists: { measure: 'score', red: null, black: null } } as const
  t.same(told(without, [completed('a', 200), completed('b', 0)]), [
    ['a', 1, null],
    ['b', 2, null],
  ])
})

t.test('each measure counts 考核类 out of what was due', async (t) => {
  const figures = peer('a', {
    yearYuan: 999,
    assessedYearYuan: 31,
    assessedPlannedYuan: 120,
    assessedScheduledTwelfths: 31 * 12 + 1,
    assessedStarted: 1,
    assessedStartDue: 3,
    assessedCompleted: 2,
    assessedCompletionDue: 2,
    assessedInStatistics: 0,
    assessedStatisticsDue: 4,
    assessedOnTime: 5,
    assessedExpected: 6,
    assessedExcused: 1,
  })
  const rate = (measure: RankingMeasure) => {
    const { numerator, denominator, percent } = toRate(measure, figures)
    return [numerator, denominator, percent]
  }
  t.same(rate('completionRate'), [31, 120, 25.83])
  t.same(rate('scheduleRate'), [31, 31, 99.73], 'the share of exact twelfths, shown in whole yuan')
  t.same(rate('startRate'), [1, 3, 33.33])
  t.same(rate('finishRate'), [2, 2, 100])
  t.same(rate('statisticsRate'), [0, 4, 0])
  t.same(rate('onTimeRate'), [5, 6, 83.33])
  t.same(rate('onTimeExcusedRate'), [5, 5, 100], 'who is excused is not expected')
  t.same(toRate('startRate', peer('b')).percent, null)
})

t.test('a rate without a denominator gives its weight to the others', async (t) => {
  const of = (...rates: [number, number | null][]) => toScore(rates.map(([weight, percent]) => ({ weight, percent })))
  t.same(of([60, 80], [40, 50]), { score: 68, coveredWeight: 100 })
  t.same(of([60, 80], [40, null]), { score: 80, coveredWeight: 60 })
  t.same(of([100, null]), { score: null, coveredWeight: 0 })
  t.same(of([50, 33.33], [50, 33.34]), { score: 33.34, coveredWeight: 100 }, 'half up')
})

t.test('a formula that cannot be applied is refused at its field', async (t) => {
  const refused = (fields: Partial<RankingFormulaFields>) => {
    try {
      assertFormula({ ...FORMULA, ...fields })
      return null
    } catch (error) {
      return (error as { faults: { field: string }[] }).faults[0]?.field
    }
  }
  t.equal(refused({}), null)
  t.equal(refused({ measures: [{ measure: 'startRate', weight: 99 }] }), 'measures')
  const half = { measure: 'startRate', weight: 50 } as const
  t.equal(refused({ measures: [half, half] }), 'measures.1.measure')
  const lists = { measure: 'score', red: { level: 60, positions: 1 }, black: { level: 61, positions: 1 } } as const
  t.equal(refused({ lists }), 'lists.black.level')
  t.doesNotThrow(() => assertUnlocked('2026-11', '2026-10'))
  t.doesNotThrow(() => assertUnlocked('2026-11', undefined))
  t.throws(() => assertUnlocked('2026-10', '2026-10'), { code: 'period-locked' })
})

t.test('starts, completions and entries into statistics are due by their dates and the stage', async (t) => {
  const known = {
    stage: 'preliminary',
    plannedStartOn: '2026-03-31',
    actualStartOn: null,
    plannedCompletionOn: '2026-11-30',
    actualCompletionOn: null,
    statisticalEntryOn: null,
  } as const
  const nothing = { isStarted: false, isCompleted: false, isStatisticsDue: false, isInStatistics: false }
  t.same(assessDates(known, '2026-02'), { ...nothing, isStartDue: false, isCompletionDue: false })
  t.same(assessDates(known, '2026-03'), { ...nothing, isStartDue: true, isCompletionDue: false })
  t.match(assessDates(known, '2026-11'), { isStartDue: true, isCompletionDue: true })
  t.match(assessDates(known, '2027-03'), { isStartDue: false }, 'a date counts in its own year')
  const started = { ...known, actualStartOn: '2026-05-01', statisticalEntryOn: '2026-06-30' }
  t.match(assessDates(started, '2026-04'), { isStarted: false, isStatisticsDue: false })
  t.match(assessDates(started, '2026-05'), { isStarted: true, isStatisticsDue: true, isInStatistics: false })
  t.match(assessDates(started, '2026-06'), { isInStatistics: true })
  t.match(assessDates({ ...known, stage: 'building' }, '2026-03'), { isStarted: true, isStatisticsDue: true })
  t.match(assessDates({ ...known, stage: 'suspended' }, '2026-03'), { isStarted: false })
  t.match(assessDates({ ...known, stage: 'producing' }, '2026-11'), { isCompleted: true })
})

t.test('movement is places won since last month', async (t) => {
  const rows = rankPeers(FORMULA, [completed('a', 9), completed('b', 8), completed('c', 7)])
  const moved = withMovement(
    rows,
    new Map([
      ['a', 3],
      ['b', null],
    ]),
  )
  t.same(
    moved.map(({ lastRank, movement }) => [lastRank, movement]),
    [
      [3, 2],
      [null, null],
      [null, null],
    ],
  )
})

const measure = fc.constantFrom<RankingMeasure>('completionRate', 'startRate', 'onTimeRate')
const listRule = fc.record({ level: fc.nat({ max: 150 }), positions: fc.integer({ min: 1, max: 6 }) })
const formula = fc
  .record({
    names: fc.uniqueArray(measure, { minLength: 1, maxLength: 3 }),
    cut: fc.integer({ min: 1, max: 98 }),
    order: fc.constantFrom('highestFirst' as const, 'lowestFirst' as const),
    ties: fc.constantFrom('shared' as const, 'dense' as const, 'byCompleted' as const),
    listMeasure: fc.oneof(measure, fc.constant('score' as const)),
    rules: fc.tuple(listRule, listRule),
  })
  .map(({ names, cut, order, ties, listMeasure, rules }): RankingFormulaFields => {
    const [red, black] = rules[0].level >= rules[1].level ? rules : [rules[1], rules[0]]
    const weights = { 1: [100], 2: [cut, 100 - cut], 3: [cut, 1, 99 - cut] }[names.length] ?? []
    const measures = names.map((name, at) => ({ measure: name, weight: weights[at] ?? 0 }))
    return { fromPeriod: '2026-11', measures, order, ties, lists: { measure: listMeasure, red, black } }
  })
// Few values, so that there are ties, and nothing to divide by now and then.
const group = fc
  .tuple(fc.nat({ max: 4 }), fc.nat({ max: 3 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }))
  .map(([year, planned, started, due, onTime]) => ({
    assessedYearYuan: year,
    assessedPlannedYuan: planned,
    assessedStarted: Math.min(started, due),
    assessedStartDue: due,
    assessedOnTime: onTime,
    assessedExpected: 2,
  }))
const peers = fc.array(group, { maxLength: 12 }).map((all) => all.map((fields, at) => peer(`p${at}`, fields)))

t.test('whatever the formula, ranks are competition ranks that do not hang on the order of the rows', async (t) => {
  let ranked = 0
  fc.assert(
    fc.property(formula, peers, (by, group) => {
      assertFormula(by)
      const rows = rankPeers(by, group)
      assert.deepEqual(rankPeers(by, [...group].reverse()), rows)
      const scored = rows.filter(({ score }) => score !== null)
      ranked += scored.length
      for (const one of rows) if ((one.score === null) !== (one.rank === null)) throw new Error('score without rank')
      for (const one of scored) {
        const isBetter = (other: (typeof rows)[number]) => {
          const [a, b] = [other.score as number, one.score as number]
          if (a !== b) return by.order === 'highestFirst' ? a > b : a < b
          return by.ties === 'byCompleted' && other.completedYuan > one.completedYuan
        }
        const better = scored.filter(isBetter)
        const expected = by.ties === 'dense' ? new Set(better.map(({ score }) => score)).size : better.length
        if (one.rank !== expected + 1) throw new Error(`${one.key} is ${one.rank}, not ${expected + 1}`)
      }
    }),
    { numRuns: 500 },
  )
  t.ok(ranked > 500)
})

t.test('nobody is on both lists, and who is on one meets its level and its position', async (t) => {
  const seen = { red: 0, black: 0 }
  fc.assert(
    fc.property(formula, peers, (by, group) => {
      const rows = rankPeers(by, group)
      const { red, black } = by.lists
      for (const row of rows.filter(({ list }) => list !== null)) {
        const source = group.find(({ key }) => key === row.key) as Group
        const value = by.lists.measure === 'score' ? row.score : toRate(by.lists.measure, source).percent
        if (value === null || row.rank === null) throw new Error('on a list without a value')
        if (row.list === 'red' && (red === null || value < red.level)) throw new Error('red below its level')
        if (row.list === 'black' && (black === null || value >= black.level)) throw new Error('black above its level')
        const worse = rows.filter(({ rank }) => rank !== null && rank > (row.rank as number)).length
        const better = rows.filter(({ rank }) => rank !== null && rank < (row.rank as number)).length
        const limit = row.list === 'red' ? red?.positions : black?.positions
        if ((row.list === 'red' ? better : worse) >= (limit ?? 0)) throw new Error('beyond its position')
        seen[row.list as 'red' | 'black']++
      }
    }),
    { numRuns: 500 },
  )
  t.ok(seen.red > 50 && seen.black > 50, 'both lists were met')
})

t.test('a score lies between the least and the greatest of its rates', async (t) => {
  const rate = fc.record({
    weight: fc.integer({ min: 1, max: 100 }),
    percent: fc.option(fc.integer({ min: -10_000, max: 20_000 }).map((hundredths) => hundredths / 100)),
  })
  fc.assert(
    fc.property(fc.array(rate, { minLength: 1, maxLength: 6 }), (rates) => {
      const { score } = toScore(rates)
      const known = rates.flatMap(({ percent }) => (percent === null ? [] : [percent]))
      if (known.length === 0) return score === null
      return score !== null && score >= Math.min(...known) && score <= Math.max(...known)
    }),
  )
  t.pass()
})
