import fc from 'fast-check'
import t from 'tap'
import {
  isLikely,
  LEAST_CYCLES,
  recordLateness,
  testLateness,
  type UnitCycle,
} from '../../src/domain/forecast/lateness.ts'

const period = (at: number) => `${2025 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
const cycles = (unitId: string, lates: readonly number[], from = 0): UnitCycle[] =>
  lates.map((late, at) => ({ unitId, period: period(from + at), expected: 3, late }))

const history = fc
  .array(fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 })
  .map((units) => units.flatMap((lates, at) => cycles(`unit ${at}`, lates)))

t.test(
  'a chance lies between the share of the unit and that of everybody, and rises with each late cycle',
  async () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 20 }), (known, at) => {
        const { records, everybody } = recordLateness(known, period(at))
        return records.every(({ chance, cycles: count, lateCycles }) => {
          if (chance === null) return count < LEAST_CYCLES
          const own = lateCycles / count
          const [low, high] = [Math.min(own, everybody) - 1e-9, Math.max(own, everybody) + 1e-9]
          return chance >= 0 && chance <= 1 && chance >= low && chance <= high
        })
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 3, maxLength: 12 }), fc.nat(), (lates, which) => {
        const others = cycles('other', [0, 1, 0, 1])
        const chanceOf = (own: readonly number[]) =>
          recordLateness([...cycles('own', own), ...others], '2030-01').records.find(({ unitId }) => unitId === 'own')
            ?.chance ?? 0
        const later = lates.map((late, at) => (at === which % lates.length ? Math.max(1, late) : late))
        return chanceOf(later) >= chanceOf(lates)
      }),
    )
  },
)

t.test('only the cycles before the month count, the last twelve of them, with what they owed', async (t) => {
  const known = [...cycles('a', [1, 1, 1, ...Array.from({ length: 12 }, () => 0)]), ...cycles('b', [2], 14)]
  const at = (of: string) => recordLateness(known, of).records
  t.same(at('2025-04'), [{ unitId: 'a', cycles: 3, lateCycles: 3, expected: 9, late: 3, chance: 1 }])
  const [a, b] = at('2026-04')
  t.match(a, { cycles: 12, lateCycles: 0, expected: 36, late: 0 })
  t.match(b, { cycles: 1, lateCycles: 1, late: 2, chance: null }, 'of one cycle nothing is said')
  t.same(at('2025-01'), [])
})

t.test(
  'who was always late is called likely, who never was is not; the record of everybody weighs four cycles',
  async (t) => {
    const { records, everybody } = recordLateness(
      [...cycles('late', [1, 1, 1, 1, 1, 1]), ...cycles('never', [0, 0, 0, 0, 0, 0])],
      '2026-01',
    )
    t.equal(everybody, 0.5)
    t.same(
      records.map(({ unitId, chance }) => [unitId, chance, isLikely(chance ?? 0)]),
      [
        ['late', 0.8, true],
        ['never', 0.2, false],
      ],
    )
  },
)

t.test('each of the last cycles is held out and told from those before it', async (t) => {
  const known = [...cycles('late', [1, 1, 1, 1, 1, 0]), ...cycles('never', [0, 0, 0, 0, 0, 0])]
  const test = testLateness(known, '2026-01')
  t.match(test, { cycles: 3, forecasts: 6, lateCount: 2, likelyCount: 3, likelyLateCount: 2 })
  // From April on 3, 4, 5 cycles are known: own share 1 or 0, that of everybody a half.
  const chances = [3, 4, 5].map((n) => (n + 2) / (n + 4))
  const [april = 0, may = 0, june = 0] = chances
  const expected =
    ((april - 1) ** 2 + (may - 1) ** 2 + june ** 2 + chances.reduce((sum, chance) => sum + (1 - chance) ** 2, 0)) / 6
  t.ok(Math.abs((test.brierScore ?? 9) - expected) < 1e-9)
  t.equal(test.brierOfEverybody, 0.25)
  t.same(testLateness([], '2026-01'), {
    cycles: 0,
    forecasts: 0,
    lateCount: 0,
    likelyCount: 0,
    likelyLateCount: 0,
    brierScore: null,
    brierOfEverybody: null,
  })
})

t.test('a held-out cycle does not know itself, nor what came after', async () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 20 }), (known, at) => {
      const before = known.filter((one) => one.period < period(at))
      return JSON.stringify(recordLateness(known, period(at))) === JSON.stringify(recordLateness(before, period(at)))
    }),
  )
})
