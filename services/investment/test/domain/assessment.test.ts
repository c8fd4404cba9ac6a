import assert from 'node:assert/strict'
import type { AssessmentComponent, AssessmentEntry } from '@tiaodu/types'
import { monthsOfTerm, termsOfYear } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { keptOf, meanOf, meanOfQuarters, toPoints } from '../../src/domain/assessment/means.ts'
import { assessQuarter, listUncommented } from '../../src/domain/assessment/quarter.ts'
import { groupRows, type RegionMonths } from '../../src/domain/assessment/regions.ts'
import { assertAbove, assertAssessmentFormula, assertMark } from '../../src/domain/assessment/rules.ts'
import { assessSites, type SeenProject } from '../../src/domain/assessment/site.ts'
import { assessYear, listUnmarked } from '../../src/domain/assessment/year.ts'
import { groupWith } from '../fixtures/groups.ts'

const marks = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
const entryOf = (subject: string, topic: string, mark: number | null, text = '依据'): AssessmentEntry => ({
  ...{ term: '2026', subject, topic, version: 1, mark, text, at: '2027-01-20T01:00:00.000Z' },
  ...{ actorId: null, actorName: '督查室', isSimulated: false },
})
const faultOf = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (error) {
    const { code, faults } = error as { code: string; faults: { field: string }[] }
    return [code, faults[0]?.field]
  }
}

t.test('a year has quarters and halves, and each of these its months', async (t) => {
  t.same(monthsOfTerm('2026-Q3'), ['2026-07', '2026-08', '2026-09'])
  t.same(monthsOfTerm('2026-H2'), ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'])
  t.same(monthsOfTerm('2026'), [...monthsOfTerm('2026-H1'), ...monthsOfTerm('2026-H2')])
  t.same(termsOfYear(2026, 'Q').flatMap(monthsOfTerm), monthsOfTerm('2026'))
})

t.test('a mean is of the marks that there are, rounded half up once', async (t) => {
  t.equal(meanOf([90, null, 80.01]), 85.01, '85.005')
  t.equal(meanOf([null]), null)
  t.equal(
    meanOfQuarters([[90, 80, 70], [100], [null], []]),
    90,
    'a quarter counts the same with one month as with three',
  )
  t.equal(meanOfQuarters([[0.01, 0.01, 0], [0]]), 0, '0.00333, not the rounded 0.01 halved to 0.01')
  t.equal(toPoints(85.55, 20), 17.11)
  t.equal(toPoints(null, 20), null)
  fc.assert(
    fc.property(fc.array(fc.option(marks), { maxLength: 12 }), (given) => {
      const known = given.filter((mark) => mark !== null)
      const mean = meanOf(given)
      return known.length === 0
        ? mean === null
        : mean !== null && mean >= Math.min(...known) && mean <= Math.max(...known) && mean === meanOf(known.reverse())
    }),
  )
})

t.test('of a panel that is large enough one highest and one lowest mark are dropped', async (t) => {
  t.same(keptOf([90, 70, 80], 4), [true, true, true])
  t.same(keptOf([90, 70, 80], 3), [false, false, true])
  t.same(keptOf([90, 70, 80], null), [true, true, true])
  t.same(keptOf([80, 80, 80, 80], 3), [false, true, true, false], 'equal marks go once above and once below')
  fc.assert(
    fc.property(
      fc.array(marks, { minLength: 3, maxLength: 20 }),
      fc.integer({ min: 3, max: 20 }),
      (given, dropFrom) => {
        const kept = given.filter((_, at) => keptOf(given, dropFrom)[at])
        const sorted = [...given].sort((one, other) => one - other)
        assert.deepEqual(
          [...kept].sort((one, other) => one - other),
          given.length < dropFrom ? sorted : sorted.slice(1, -1),
        )
      },
    ),
  )
})

t.test('ranks are given within a peer group alone, ties share them, and without a mark there is none', async (t) => {
  const rows = (
    [
      ['a', '城区组', 90],
      ['b', '城区组', 95],
      ['c', '城区组', 90],
      ['d', null, 1],
      ['e', '城区组', null],
      ['f', '城区组', 80],
    ] as const
  ).map(([key, peerGroup, mark]) => ({ peerGroup, mark, row: { key } }))
  t.same(groupRows(rows), [
    {
      peerGroup: '城区组',
      rows: [
        { key: 'b', rank: 1 },
        { key: 'a', rank: 2 },
        { key: 'c', rank: 2 },
        { key: 'f', rank: 4 },
        { key: 'e', rank: null },
      ],
    },
    { peerGroup: null, rows: [{ key: 'd', rank: 1 }] },
  ])
})

const region = (key: string, scores: Record<string, number | null>, figures = {}): RegionMonths => ({
  ...{ key, name: key, peerGroup: '城区组' },
  months: Object.entries(scores).map(([period, score]) => ({ period, score, figures: groupWith(key, figures) })),
})

t.test('a quarter is commented region by region; an emptied comment is none', async (t) => {
  const regions = [region('410802', { '2026-07': 80, '2026-08': null }), region('410803', { '2026-07': 90 })]
  const groups = assessQuarter(regions, [entryOf('410802', '', null, '推进有力'), entryOf('410803', '', null, '')])
  t.match(groups[0]?.rows, [
    { key: '410803', rank: 1, mark: 90, comment: null },
    {
      key: '410802',
      rank: 2,
      mark: 80,
      comment: { text: '推进有力' },
      months: [{ term: '2026-07', mark: 80 }, { mark: null }],
    },
  ])
  t.same(listUncommented(groups), ['410803'])
})

t.test('a region is the mean of its projects, a project that of the marks that count', async (t) => {
  const seen = (projectId: string, key: string): SeenProject => ({
    ...{ projectId, projectName: projectId },
    region: { key, name: key, peerGroup: null },
  })
  const given = (projectId: string, ...all: (number | null)[]) =>
    all.map((mark, at) => entryOf(projectId, `评委${at}`, mark))
  const groups = assessSites(
    [seen('p', '410802'), seen('q', '410802'), seen('r', '410803'), seen('s', '410804')],
    [...given('p', 60, 90, 91, 92, 100), ...given('q', 80, 85), ...given('r', 88, null), ...given('s', null)],
    5,
  )
  t.match(groups[0]?.rows, [
    { key: '410803', rank: 1, mark: 88, countedProjects: 1 },
    {
      ...{ key: '410802', rank: 2, mark: 86.75, countedProjects: 2 },
      projects: [
        { mark: 91, countedMarks: 3, marks: [{ isDropped: true }, {}, {}, {}, { isDropped: true }] },
        { mark: 82.5, countedMarks: 2 },
      ],
    },
  ])
  t.equal(groups[0]?.rows.length, 2, 'where every mark was taken back nobody was seen')
})

const component = (
  key: string,
  source: AssessmentComponent['source'],
  weight: number,
  atMost = 100,
): AssessmentComponent => ({
  ...{ key, name: key, source, weight, atMost },
})
const COMPONENTS = [
  component('monthly', 'monthlyScore', 40),
  component('completion', 'completionRate', 20),
  component('site', 'siteReview', 10),
  component('onTime', 'onTimeRate', 10),
  component('green', 'greenShare', 10),
  component('leader', 'manual', 10),
]

t.test('a year is told component by component, with weights, denominators and where each comes from', async (t) => {
  const figures = {
    ...{ assessedYearYuan: 131, assessedPlannedYuan: 100, expected: 4, onTime: 2, excused: 1, filed: 3 },
    ...{ green: 3, yellow: 1, red: 0 },
  }
  const regions = [
    region('410802', { '2026-01': 80, '2026-11': 90, '2026-12': 100 }, figures),
    region('410803', { '2026-11': 50 }),
  ]
  const groups = assessYear({
    ...{ year: 2026, months: ['2026-01', '2026-11', '2026-12'], regions, components: COMPONENTS },
    halves: [
      { half: '2026-H1', marks: new Map([['410802', 90]]) },
      { half: '2026-H2', marks: new Map() },
    ],
    entries: [entryOf('410802', 'leader', 88.5)],
  })
  const [first, second] = groups[0]?.rows ?? []
  t.match(first?.components, [
    {
      mark: 87.5,
      points: 35,
      numerator: null,
      terms: [{ term: '2026-01', mark: 80, href: /rankings\?period=2026-01/ }, {}, {}],
    },
    {
      mark: 100,
      points: 20,
      numerator: 131,
      denominator: 100,
      terms: [{ term: '2026-12', mark: 131, href: /figure=completedYuan/ }],
    },
    {
      mark: 90,
      points: 9,
      terms: [
        { term: '2026-H1', mark: 90 },
        { term: '2026-H2', mark: null },
      ],
    },
    { mark: 66.67, points: 6.67, numerator: 6, denominator: 9, terms: [{ numerator: 2, denominator: 3 }, {}, {}] },
    { mark: 75, numerator: 9, denominator: 12 },
    { mark: 88.5, points: 8.85, entry: { actorName: '督查室', text: '依据' } },
  ])
  t.match(first, { rank: 1, score: 87.02, coveredWeight: 100 })
  t.match(second, { rank: 2, score: 50, coveredWeight: 40 }, 'what cannot be counted gives its weight to the others')
  t.equal(second?.components[1]?.mark, null, 'it has no December')
  t.same(listUnmarked(groups), ['410803.leader'])
})

t.test('the score lies between the marks, and is the weighted mean of what is covered', async () => {
  const weights = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 }).map((cuts) => {
    const ends = [0, ...cuts.sort((one, other) => one - other), 100]
    return ends.slice(1).map((end, at) => end - (ends[at] ?? 0))
  })
  fc.assert(
    fc.property(
      weights.chain((of) =>
        fc.tuple(fc.constant(of), fc.array(fc.option(marks), { minLength: of.length, maxLength: of.length })),
      ),
      ([of, given]) => {
        const components = of.map((weight, at) => component(`c${at}`, 'manual', weight))
        const entries = given.map((mark, at) => entryOf('410802', `c${at}`, mark))
        const regions = [region('410802', { '2026-12': 1 })]
        const groups = assessYear({ year: 2026, months: ['2026-12'], regions, components, halves: [], entries })
        const row = groups[0]?.rows[0]
        const known = given.filter((mark) => mark !== null)
        const covered = of.filter((_, at) => given[at] !== null).reduce((sum, weight) => sum + weight, 0)
        const exact = given.reduce<number>((sum, mark, at) => sum + (mark ?? 0) * (of[at] ?? 0), 0) / covered
        assert.equal(row?.coveredWeight, covered)
        if (known.length === 0) assert.equal(row?.score, null)
        else {
          assert.ok(Math.abs((row?.score ?? 0) - exact) <= 0.005 + 1e-9)
          assert.ok((row?.score ?? 0) >= Math.min(...known) && (row?.score ?? 0) <= Math.max(...known))
        }
      },
    ),
  )
})

t.test(
  'a formula counts everything once and its weights make 100; a mark has two decimals; a county does not assess',
  async (t) => {
    t.equal(
      faultOf(() => assertAssessmentFormula({ components: COMPONENTS })),
      undefined,
    )
    const wrong = (components: AssessmentComponent[]) => faultOf(() => assertAssessmentFormula({ components }))
    t.same(wrong(COMPONENTS.slice(1)), ['validation-failed', 'components'])
    t.same(wrong([component('a', 'manual', 50), component('a', 'manual', 50)]), [
      'validation-failed',
      'components.1.key',
    ])
    t.same(wrong([component('a', 'startRate', 50), component('b', 'startRate', 50)]), [
      'validation-failed',
      'components.1.source',
    ])
    t.equal(wrong([component('a', 'manual', 50), component('b', 'manual', 50)]), undefined)
    t.same(
      faultOf(() => assertMark(85.005)),
      ['validation-failed', 'mark'],
    )
    fc.assert(fc.property(marks, (mark) => faultOf(() => assertMark(mark)) === undefined))
    t.same(
      faultOf(() => assertAbove('410802')),
      ['outside-scope', undefined],
    )
    t.equal(
      faultOf(() => assertAbove('410800')),
      undefined,
    )
  },
)
