import fc from 'fast-check'
import t from 'tap'
import { backtest, type HeldOutMonth } from '../../src/domain/forecast/backtest.ts'
import { type Part, toForecastRow, toProjectForecast } from '../../src/domain/forecast/forecast-view.ts'
import { type Case, toHeldOutSpans } from '../../src/domain/forecast/held-out.ts'
import { toInterval, toSpread } from '../../src/domain/forecast/interval.ts'
import { type LearnedForecast, toForecastError } from '../../src/domain/forecast/learned-forecast.ts'
import { LEAST_CASES, WIDENING } from '../../src/domain/forecast/past-cases.ts'
import { forecastYearEnd, learn, toMissedPoints } from '../../src/domain/forecast/year-end.ts'

const YI = 100_000_000
const yuan = fc.integer({ min: 0, max: 100 * YI })
const planned = fc.integer({ min: 1, max: 100 * YI })
const month = fc.integer({ min: 1, max: 11 })
const spanOf = (of: number) => ({ month: of, horizon: 12 - of })
const lesson = fc.record({
  cases: fc.nat(1_000),
  remainingShare: fc.double({ min: 0, max: 3, noNaN: true }),
  paceWeight: fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
})
const caseOf = (category: string, stage: string) =>
  fc
    .record({ plannedYuan: planned, completedYuan: yuan, later: yuan })
    .map(({ later, ...one }): Case => ({ ...one, category, stage, cameToYuan: one.completedYuan + later }))
const building = caseOf('水利', 'building')

t.test(
  'which months can be held out: the same month and December of earlier years, else equal spans of this year',
  async (t) => {
    const year = (of: number, upTo = 12) =>
      Array.from({ length: upTo }, (_, at) => `${of}-${String(at + 1).padStart(2, '0')}`)
    const cycles = new Set([...year(2024), ...year(2025).filter((period) => period !== '2025-10'), ...year(2026, 10)])
    const at = (period: string) => toHeldOutSpans(period, cycles)
    t.same(at('2026-03').earlierYears, [
      { origin: '2024-03', target: '2024-12' },
      { origin: '2025-03', target: '2025-12' },
    ])
    t.same(
      at('2026-10').earlierYears,
      [{ origin: '2024-10', target: '2024-12' }],
      'a month without a cycle teaches nothing',
    )
    t.same(at('2026-03').thisYear, [], 'nine months ahead, three months known')
    t.same(
      at('2026-10').thisYear.map(({ origin, target }) => `${origin} ${target}`),
      ['01 03', '02 04', '03 05', '04 06', '05 07', '06 08', '07 09', '08 10'].map((pair) =>
        pair.replace(/\d\d/g, '2026-$&'),
      ),
    )
    t.same(at('2026-12'), { earlierYears: [], thisYear: [] })
  },
)

t.test(
  'a forecast is never below nothing, nor below what is completed; more done or planned never makes it less',
  async () => {
    fc.assert(
      fc.property(yuan, planned, month, lesson, yuan, (completedYuan, plannedYuan, of, learned, more) => {
        const forecast = (fields: { completedYuan: number; plannedYuan: number }) =>
          forecastYearEnd(fields, spanOf(of), learned)
        const usual = forecast({ completedYuan, plannedYuan })
        return (
          Number.isInteger(usual) &&
          usual >= completedYuan &&
          forecast({ completedYuan: -completedYuan, plannedYuan }) >= 0 &&
          forecast({ completedYuan: completedYuan + more, plannedYuan }) >= usual &&
          forecast({ completedYuan, plannedYuan: plannedYuan + more }) >= usual
        )
      }),
    )
  },
)

t.test('projects of one lesson add up to the forecast of their sum, but for half a yuan each', async () => {
  const projects = fc.array(fc.record({ completedYuan: yuan, plannedYuan: planned }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(projects, month, lesson, (all, of, learned) => {
      const sum = (field: 'completedYuan' | 'plannedYuan') => all.reduce((total, one) => total + one[field], 0)
      const together = forecastYearEnd(
        { completedYuan: sum('completedYuan'), plannedYuan: sum('plannedYuan') },
        spanOf(of),
        learned,
      )
      const apart = all.reduce((total, one) => total + forecastYearEnd(one, spanOf(of), learned), 0)
      return Math.abs(together - apart) <= 0.5 * (all.length + 1)
    }),
  )
})

t.test(
  'without anything to learn from the rest of the year is its even share; cases draw it towards what they did',
  async (t) => {
    t.same(learn([], 3), { cases: 0, remainingShare: 0.25, paceWeight: 0.5 })
    const rushed = {
      category: '水利',
      stage: 'building',
      month: 9,
      plannedYuan: 100,
      completedYuan: 40,
      cameToYuan: 100,
    }
    const shares = [1, 10, 100, 1_000].map(
      (n) =>
        learn(
          Array.from({ length: n }, () => rushed),
          3,
        ).remainingShare,
    )
    t.same(shares, [...shares].sort(), 'the more cases, the nearer')
    t.ok(Math.abs((shares[1] ?? 0) - (0.6 + 0.25) / 2) < 1e-9, 'ten cases weigh as much as the even share')
    t.ok((shares[3] ?? 0) > 0.59)
    t.equal(
      learn(
        Array.from({ length: 50 }, () => rushed),
        3,
      ).paceWeight,
      0,
      'whose pace said too little is not asked',
    )
    const steady = { ...rushed, completedYuan: 75 }
    const mixed = [steady, { ...steady, completedYuan: 15, cameToYuan: 20 }]
    t.equal(
      learn(
        Array.from({ length: 50 }, (_, at) => mixed[at % 2] ?? steady),
        3,
      ).paceWeight,
      1,
    )
  },
)

t.test(
  'an interval holds its forecast, begins at what is completed, and is never narrower for those judged by strangers',
  async (t) => {
    const points = fc.array(fc.double({ min: -200, max: 200, noNaN: true }), { minLength: 10, maxLength: 200 })
    fc.assert(
      fc.property(points, yuan, planned, month, lesson, (errors, completedYuan, plannedYuan, of, learned) => {
        const spread = toSpread(errors)
        if (spread === null) return false
        const known = { completedYuan, plannedYuan }
        const forecast = forecastYearEnd(known, spanOf(of), learned)
        const widths = Object.values(WIDENING).map((widening) => toInterval(forecast, known, spread, widening))
        return widths.every(
          ({ lowYuan, highYuan }, at) =>
            lowYuan >= completedYuan &&
            lowYuan <= forecast &&
            highYuan >= forecast &&
            lowYuan <= (widths[at - 1]?.lowYuan ?? lowYuan) &&
            highYuan >= (widths[at - 1]?.highYuan ?? highYuan),
        )
      }),
    )
    t.equal(toSpread([1, 2, 3, 4, 5, 6, 7, 8, 9]), null, 'nine errors say nothing of one in ten')
    t.same(toSpread(Array.from({ length: 19 }, (_, at) => at - 9)), { lowPoints: -8, highPoints: 8, errors: 19 })
  },
)

t.test('of the next ten cases eight lie within the interval, whatever errors are like', async (t) => {
  const draw = (seed: number) => {
    let state = seed
    return () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
  }
  const random = draw(20_261_125)
  const skewed = () => -20 + 100 * random() ** 3
  let within = 0
  const rounds = 2_000
  for (let round = 0; round < rounds; round++) {
    const spread = toSpread(Array.from({ length: 40 }, skewed))
    const next = skewed()
    if (spread !== null && next >= spread.lowPoints && next <= spread.highPoints) within++
  }
  t.ok(within / rounds > 0.77 && within / rounds < 0.86, `${within} of ${rounds}`)
})

const heldOut = (origin: string, target: string, cases: readonly Case[]): HeldOutMonth => ({
  origin,
  target,
  cases,
  sums: cases.map((one, at) => ({ ...one, regionCode: `41080${at % 3}`, projectCount: 1 })),
})

t.test('a held-out month is forecast from what was known then: what came later changes nothing in it', async () => {
  const cases = fc.array(building, { minLength: LEAST_CASES, maxLength: 40 })
  fc.assert(
    fc.property(cases, cases, cases, (first, second, other) => {
      const months = (last: readonly Case[]) =>
        backtest([heldOut('2024-09', '2024-12', first), heldOut('2025-09', '2025-12', last)], 3).months
      const [a, b] = [months(second), months(other)]
      return (
        JSON.stringify(a[0]) === JSON.stringify(b[0]) &&
        a[1]?.actualYuan === second.reduce((sum, { cameToYuan }) => sum + cameToYuan, 0)
      )
    }),
    { numRuns: 50 },
  )
})

t.test('spans that overlap do not know of each other', async (t) => {
  const cases = Array.from({ length: 30 }, (_, at): Case => {
    const completedYuan = at * 1_000
    return {
      category: '水利',
      stage: 'building',
      plannedYuan: 100_000,
      completedYuan,
      cameToYuan: completedYuan + 90_000,
    }
  })
  const months = (origins: string[][]) =>
    backtest(
      origins.map(([origin = '', target = '']) => heldOut(origin, target, cases)),
      2,
    ).months
  const [first, second, third] = months([
    ['2026-01', '2026-03'],
    ['2026-02', '2026-04'],
    ['2026-03', '2026-05'],
  ])
  t.ok(
    (second?.meanMissedPoints ?? 0) > 2 * (third?.meanMissedPoints ?? 99),
    'in March it is known what became of January, in February it was not',
  )
  t.equal(first?.coverableCount, 0)
  t.equal(second?.coverableCount, 0, 'no interval before there was anything to measure it by')
  t.equal(third?.coverableCount, 30)
})

t.test('the error is what a reader works out from the months', async (t) => {
  const months = backtest(
    ['2024', '2025'].map((year) =>
      heldOut(
        `${year}-09`,
        `${year}-12`,
        Array.from({ length: 25 }, (_, at) => ({
          category: '水利',
          stage: 'building',
          plannedYuan: 1_000,
          completedYuan: 600 + at,
          cameToYuan: 900 + at,
        })),
      ),
    ),
    3,
  ).months
  const [a, b] = months
  t.match(a, { projectCount: 25, plannedYuan: 25_000, completedYuan: 15_300, actualYuan: 22_800 })
  const error = toForecastError(months)
  t.match(error, { monthCount: 2, caseCount: 50, intervalPercent: 80, coverableCount: 25 })
  const missed = [a, b].map((one) =>
    Math.abs(((one?.actualYuan ?? 0) - (one?.forecastYuan ?? 0)) / (one?.actualYuan ?? 1)),
  )
  t.ok(Math.abs((error.meanMissedPercent ?? 0) - (100 * ((missed[0] ?? 0) + (missed[1] ?? 0))) / 2) < 0.02)
  t.ok((b?.meanMissedPoints ?? 99) < (a?.meanMissedPoints ?? 0), 'a year later it is told better')
  t.same(toForecastError([]), {
    monthCount: 0,
    caseCount: 0,
    meanMissedPoints: null,
    meanMissedPercent: null,
    intervalPercent: 80,
    coveredCount: 0,
    coverableCount: 0,
    coveredPercent: null,
  })
})

const project = (fields: Partial<Parameters<typeof toProjectForecast>[0]> = {}) => ({
  projectId: 'id',
  projectName: '九渡水库',
  regionCode: '410800',
  regionName: '焦作市',
  unitName: null,
  category: '水利',
  stage: 'building' as const,
  plannedYuan: 1_000,
  completedYuan: 600,
  isSimulated: false,
  ...fields,
})
const part = (fields: Partial<Part> = {}): Part => ({ ...project(), projectCount: 1, withoutPlanCount: 0, ...fields })

t.test('what a forecast is made of can be worked out again; strangers are asked when peers are too few', async (t) => {
  const cases = fc.sample(building, { numRuns: 60, seed: 7 })
  const learned: LearnedForecast = {
    ...backtest(
      ['2024', '2025'].map((year) => heldOut(`${year}-09`, `${year}-12`, cases)),
      3,
    ),
    basis: 'earlierYears',
    month: 9,
    horizon: 3,
    learnedAt: '2026-10-05T10:00:00Z',
  }
  const own = toProjectForecast(project(), learned)
  t.match(own, { pool: 'peers', poolCases: 120, intervalCases: 120, atOwnPaceYuan: 200 })
  const weight = (own.paceWeightPercent ?? 0) / 100
  const again = 600 + weight * (own.atOwnPaceYuan ?? 0) + (1 - weight) * (own.asPeersDidYuan ?? 0)
  t.ok(Math.abs(again - (own.yearEndYuan ?? 0)) <= 1)
  t.equal(toProjectForecast(project({ stage: 'finishing' }), learned).pool, 'category')
  const stranger = toProjectForecast(project({ category: '文旅' }), learned)
  t.equal(stranger.pool, 'all')
  t.ok((stranger.highYuan ?? 0) >= (own.highYuan ?? 0))
  t.match(toProjectForecast(project({ plannedYuan: 0 }), learned), { yearEndYuan: null, lowYuan: null, pool: null })

  const parts = [
    part(),
    part({ stage: 'finishing', plannedYuan: 500 }),
    part({ plannedYuan: 0, completedYuan: 0, withoutPlanCount: 2, projectCount: 0 }),
  ]
  const row = toForecastRow({ key: '410800', name: '焦作市' }, parts, learned, learned.regionSpread)
  const apart = [project(), project({ stage: 'finishing', plannedYuan: 500 })].map(
    (one) => toProjectForecast(one, learned).yearEndYuan ?? 0,
  )
  t.match(row, {
    projectCount: 2,
    withoutPlanCount: 2,
    yearEndYuan: (apart[0] ?? 0) + (apart[1] ?? 0),
    intervalCases: 0,
    lowYuan: null,
  })
})

t.test('too little history is said, and December is what came', async (t) => {
  const nothing = { ...backtest([], 3), month: 9, horizon: 3, learnedAt: '2026-10-05T10:00:00Z' }
  const silent = { ...nothing, basis: 'tooLittleHistory' as const }
  t.match(toProjectForecast(project(), silent), {
    yearEndYuan: null,
    lowYuan: null,
    highYuan: null,
    yearEndPercent: null,
  })
  t.match(toForecastRow({ key: '', name: '合计' }, [part()], silent, null), { yearEndYuan: null, completedYuan: 600 })
  const over = { ...nothing, ...backtest([], 0), basis: 'yearOver' as const, month: 12, horizon: 0 }
  const came = { yearEndYuan: 600, lowYuan: 600, highYuan: 600, yearEndPercent: 60 }
  t.match(toProjectForecast(project(), over), came)
  t.match(toForecastRow({ key: '', name: '合计' }, [part()], over, null), came)
})

t.test('a forecast that was right missed nothing', async () => {
  fc.assert(fc.property(building, (one) => toMissedPoints(one.cameToYuan, one) === 0))
})
