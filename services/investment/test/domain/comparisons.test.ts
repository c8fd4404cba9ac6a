import assert from 'node:assert/strict'
import { addDays, type ComparisonCode, STAGE_CODES, type Stage } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { type ComparedPeer, type ComparedProject, compare, countParts } from '../../src/domain/comparisons.ts'
import { isFrom, type StageEntry, stageOn, wasAt } from '../../src/domain/stage-history.ts'

const PERIOD = '2026-06'
const SPAN = { fromOn: '2026-01-01', toOn: '2026-06-30' }
const NOBODY = { expected: 0, onTime: 0 }

const came = (...steps: [Stage, string][]): StageEntry[] => steps.map(([stage, enteredOn]) => ({ stage, enteredOn }))
const projectOf = (entries: StageEntry[], fields: Partial<ComparedProject> = {}): ComparedProject => ({
  key: 'a',
  totalInvestmentYuan: 100,
  yearYuan: 0,
  scheduledTwelfths: 0,
  isStartDue: false,
  isStarted: false,
  hasStarted: false,
  entries,
  difficultiesDue: 0,
  difficultiesInTime: 0,
  slips: 0,
  slipsSettled: 0,
  ...fields,
})

t.test(
  'planned projects count that were planned this year; in the reserve or beyond when the month ends',
  async (t) => {
    const projects = [
      projectOf(came(['planning', '2025-03-01'], ['reserve', '2026-05-01'])),
      projectOf(came(['planning', '2025-03-01'], ['reserve', '2025-12-31'])),
      projectOf(came(['planning', '2026-06-30'])),
      projectOf(came(['planning', '2026-07-01'])),
      projectOf(came(['planning', '2026-02-01'], ['signed', '2026-03-01'], ['withdrawn', '2026-04-01'])),
      projectOf(came(['planning', '2026-02-01'], ['building', '2026-07-01'])),
    ]
    const { reserved, reservedYuan } = countParts(NOBODY, projects, PERIOD)
    t.same(reserved, [1, 4], 'of four one; what left is not beyond, and July has not come yet')
    t.same(reservedYuan, [100, 400])
  },
)

t.test('a project in 前期 is converted by its start, one that fell back is not', async (t) => {
  const start = (...rest: [Stage, string][]) => projectOf(came(['preliminary', '2025-01-01'], ...rest))
  const counts = countParts(
    NOBODY,
    [
      start(['newlyStarted', '2026-02-01']),
      start(['newlyStarted', '2026-02-01'], ['preliminary', '2026-03-01']),
      start(['building', '2026-02-01'], ['suspended', '2026-03-01']),
      start(),
    ],
    PERIOD,
  )
  t.same(counts.converted, [1, 4])
})

t.test('signed against invested, started against scheduled, service against results', async (t) => {
  const counts = countParts(
    { expected: 10, onTime: 9 },
    [
      projectOf(came(['signed', '2026-02-01'], ['newlyStarted', '2026-05-01']), {
        yearYuan: 30,
        hasStarted: true,
        scheduledTwelfths: 601,
      }),
      projectOf(came(['signed', '2026-02-01']), { isStartDue: true }),
      projectOf(came(['building', '2025-02-01']), {
        yearYuan: 20,
        hasStarted: true,
        scheduledTwelfths: 240,
        difficultiesDue: 3,
        difficultiesInTime: 2,
        slips: 4,
        slipsSettled: 1,
      }),
    ],
    PERIOD,
  )
  t.same(counts.investedYuan, [30, 200])
  t.same(counts.signedStarted, [1, 2])
  t.same(counts.scheduledYuan, [50, 70])
  t.same(counts.started, [0, 1])
  t.same(
    [counts.difficultiesInTime, counts.slipsSettled, counts.filedInTime],
    [
      [2, 3],
      [1, 4],
      [9, 10],
    ],
  )
})

const peer = (key: string, peerGroup: string | null, onTime: number): ComparedPeer => ({
  key,
  name: key,
  peerGroup,
  expected: 4,
  onTime,
})

t.test('peers are ranked within their group, ties share, nobody is ranked without a rate', async (t) => {
  const tables = compare(
    [peer('a', '城区组', 4), peer('b', '城区组', 4), peer('c', '城区组', 1), peer('d', null, 0)],
    [],
    PERIOD,
  )
  t.equal(tables.length, 5)
  const of = (code: ComparisonCode) => tables.find(({ comparison }) => comparison === code)?.groups ?? []
  t.same(
    of('serviceResults').map(({ peerGroup, rows }) => [
      peerGroup,
      ...rows.map(({ key, rank, percent }) => [key, rank, percent]),
    ]),
    [
      ['城区组', ['a', 1, 100], ['b', 1, 100], ['c', 3, 25]],
      [null, ['d', 1, 0]],
    ],
  )
  t.same(
    of('planningReserve')[0]?.rows.map(({ rank, percent }) => [rank, percent]),
    [
      [null, null],
      [null, null],
      [null, null],
    ],
  )
})

const entry = fc.record({ stage: fc.constantFrom(...STAGE_CODES), day: fc.nat({ max: 900 }) })
const history = fc
  .array(entry, { minLength: 1, maxLength: 8 })
  .map((steps) =>
    steps
      .sort((one, other) => one.day - other.day)
      .map(({ stage, day }): StageEntry => ({ stage, enteredOn: addDays('2024-09-01', day) })),
  )

t.test('a history says what replaying it day by day says', async (t) => {
  let members = 0
  fc.assert(
    fc.property(history, fc.constantFrom(...STAGE_CODES), (entries, stage) => {
      let now: Stage | undefined
      let wasThere = false
      for (let on = '2024-09-01'; on <= SPAN.toOn; on = addDays(on, 1)) {
        if (on === SPAN.fromOn && now === stage) wasThere = true
        for (const one of entries.filter(({ enteredOn }) => enteredOn === on)) {
          now = one.stage
          if (on >= SPAN.fromOn && now === stage) wasThere = true
        }
      }
      assert.equal(wasAt(entries, stage, SPAN), wasThere)
      assert.equal(stageOn(entries, SPAN.toOn), now)
      if (wasThere) members++
    }),
    { numRuns: 400 },
  )
  t.ok(members > 40, 'enough of them were there')
})

t.test('whatever the projects, no part that counts projects is above its denominator', async (t) => {
  fc.assert(
    fc.property(fc.array(history, { maxLength: 12 }), (histories) => {
      const counts = countParts(
        NOBODY,
        histories.map((entries) => projectOf(entries)),
        PERIOD,
      )
      for (const part of ['reserved', 'reservedYuan', 'converted', 'convertedYuan', 'signedStarted'] as const) {
        const [numerator, denominator] = counts[part]
        assert.ok(numerator >= 0 && numerator <= denominator, part)
      }
    }),
  )
  t.notOk(isFrom('suspended', 'planning'), 'aside is not beyond')
  t.notOk(isFrom(undefined, 'planning'))
})
