import { addDays } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { requireReason, toPlanContent } from '../../src/domain/annual-plan.ts'
import { scheduledOn, toScheduledPercent } from '../../src/domain/schedule.ts'

const evenly = (count: number, each = 100) => Array.from({ length: count }, (_, at) => (at + 1) * each)
const refusal = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { faults: { field: string }[] }).faults[0]?.field
  }
}
const curves = (count: number) =>
  fc.array(fc.nat({ max: 1_000_000_000 }), { minLength: count, maxLength: count }).map((steps) => {
    let sum = 0
    return steps.map((step) => {
      sum += step
      return sum
    })
  })
const last = (targets: readonly number[]) => targets[targets.length - 1] ?? 0

t.test('cumulative targets never fall and end at the plan; months are what their last 旬 say', async (t) => {
  const falling = evenly(12).map((target, month) => (month === 6 ? 1 : target))
  t.equal(
    refusal(() => toPlanContent({ plannedYuan: 1_200, monthlyTargetsYuan: falling })),
    'monthlyTargetsYuan.6',
  )
  t.equal(
    refusal(() => toPlanContent({ plannedYuan: 1, monthlyTargetsYuan: evenly(12) })),
    'monthlyTargetsYuan.11',
  )
  t.equal(
    refusal(() => toPlanContent({ plannedYuan: 1, tenDayTargetsYuan: evenly(36) })),
    'tenDayTargetsYuan.35',
  )
  const both = { plannedYuan: 3_600, tenDayTargetsYuan: evenly(36), monthlyTargetsYuan: evenly(12, 300) }
  t.same(toPlanContent(both).monthlyTargetsYuan, evenly(12, 300))
  const differing = { ...both, monthlyTargetsYuan: [200, ...evenly(12, 300).slice(1)] }
  t.equal(
    refusal(() => toPlanContent(differing)),
    'monthlyTargetsYuan.0',
  )
  t.same(toPlanContent({ plannedYuan: 7 }), {
    plannedYuan: 7,
    monthlyTargetsYuan: null,
    tenDayTargetsYuan: null,
    visualGoal: null,
  })
})

t.test('the first plan needs no reason, and every change does', async (t) => {
  t.equal(
    refusal(() => requireReason(undefined, undefined)),
    undefined,
  )
  t.equal(
    refusal(() => requireReason({}, undefined)),
    'reason',
  )
  t.equal(
    refusal(() => requireReason({}, '调整')),
    undefined,
  )
})

t.test('half a month is over with its 15th, a 旬 with its 10th, 20th and last day', async (t) => {
  const plan = toPlanContent({ plannedYuan: 2_400 })
  t.same(scheduledOn(plan, 2026, '2026-08-14'), { yuan: 1_400, percent: 58.33 })
  t.same(scheduledOn(plan, 2026, '2026-08-15'), { yuan: 1_500, percent: 62.5 }, '7.5/12')
  t.same(scheduledOn(plan, 2026, '2026-08-31'), { yuan: 1_600, percent: 66.67 })
  t.same(scheduledOn(plan, 2026, '2026-02-28'), { yuan: 400, percent: 16.67 })
  t.same(scheduledOn(plan, 2026, '2025-12-31'), { yuan: 0, percent: 0 })
  t.same(scheduledOn(plan, 2026, '2027-01-01'), { yuan: 2_400, percent: 100 })
  t.same(scheduledOn(toPlanContent({ plannedYuan: 0 }), 2026, '2026-06-30'), { yuan: 0, percent: null })
  const curved = toPlanContent({ plannedYuan: 1_200, monthlyTargetsYuan: [0, 0, 0, 100, ...Array(8).fill(1_200)] })
  t.equal(scheduledOn(curved, 2026, '2026-04-20').yuan, 50, 'in the middle between March and April')
  t.equal(scheduledOn(curved, 2026, '2026-05-15').yuan, 650)
  const closely = toPlanContent({ plannedYuan: 3_600, tenDayTargetsYuan: evenly(36) })
  t.same(
    ['2026-01-09', '2026-01-10', '2026-01-19', '2026-01-20', '2026-01-30', '2026-01-31', '2026-12-31'].map(
      (onDate) => scheduledOn(closely, 2026, onDate).yuan,
    ),
    [0, 100, 100, 200, 200, 300, 3_600],
  )
})

t.test('the schedule never falls over a year, and says at the end of a month what the month says', async () => {
  const plans = fc.oneof(
    fc.nat({ max: 9_000_000_000_000 }).map((plannedYuan) => toPlanContent({ plannedYuan })),
    curves(12).map((targets) => toPlanContent({ plannedYuan: last(targets), monthlyTargetsYuan: targets })),
    curves(36).map((targets) => toPlanContent({ plannedYuan: last(targets), tenDayTargetsYuan: targets })),
  )
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 363 }), (plan, day) => {
      const onDate = addDays('2026-01-01', day)
      const next = addDays(onDate, 1)
      const [now, then] = [scheduledOn(plan, 2026, onDate), scheduledOn(plan, 2026, next)]
      const isMonthEnd = next.endsWith('-01')
      return (
        now.yuan <= then.yuan &&
        then.yuan <= plan.plannedYuan &&
        (!isMonthEnd || now.percent === toScheduledPercent(plan, Number(onDate.slice(5, 7))))
      )
    }),
    { numRuns: 2_000 },
  )
})
