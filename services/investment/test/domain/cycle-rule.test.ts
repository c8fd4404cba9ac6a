import type { CycleRuleFields } from '@tiaodu/types'
import t from 'tap'
import { assertKeepable, isPreliminaryMonth, reportingStagesOf } from '../../src/domain/cycle-rule.ts'
import { toArrangedDays, toCalendarChanges, toCalendarDays } from '../../src/domain/work-calendar.ts'

const rule = (fields: Partial<CycleRuleFields>): CycleRuleFields => ({
  dueAnchor: 'nextMonthDay',
  dueDay: 5,
  dueTime: '18:00',
  holidayPolicy: 'postpone',
  areWeekendsOff: true,
  december: null,
  lockAfterDays: null,
  extendAtMostDays: 10,
  reopenAtMostDays: 15,
  preliminaryFrequency: 'monthly',
  ...fields,
})

t.test('projects before construction report each month, or for the last month of each quarter', async (t) => {
  const months = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`)
  t.same(
    months.filter((period) => isPreliminaryMonth(period, 'quarterly')),
    ['2026-03', '2026-06', '2026-09', '2026-12'],
  )
  t.ok(months.every((period) => isPreliminaryMonth(period, 'monthly')))
  t.same(reportingStagesOf('2026-11', 'quarterly'), ['newlyStarted', 'building', 'finishing'])
  t.same(reportingStagesOf('2026-12', 'quarterly'), ['signed', 'preliminary', 'newlyStarted', 'building', 'finishing'])
})

t.test('each anchor has its span', async (t) => {
  const spans = [
    ['nextMonthDay', 1, 31],
    ['sameMonthDay', 10, 31],
    ['workdayAfterMonth', 1, 15],
    ['daysBeforeMonthEnd', 1, 18],
  ] as const
  for (const [dueAnchor, least, most] of spans) {
    for (const dueDay of [least, most]) {
      assertKeepable(rule({ dueAnchor, dueDay }))
      assertKeepable(rule({ december: { dueAnchor, dueDay } }))
    }
    for (const dueDay of [least - 1, most + 1]) {
      t.throws(() => assertKeepable(rule({ dueAnchor, dueDay })), {
        code: 'validation-failed',
        faults: [{ field: 'dueDay' }],
      })
      t.throws(() => assertKeepable(rule({ december: { dueAnchor, dueDay } })), {
        code: 'validation-failed',
        faults: [{ field: 'december.dueDay' }],
      })
    }
  }
})

t.test('an arrangement is told by the days that differ from the ordinary week', async (t) => {
  const arranged = [
    { onDate: '2027-01-01', isWorkday: false },
    { onDate: '2027-01-09', isWorkday: true },
  ]
  const days = toCalendarDays(2027, arranged)
  t.equal(days.length, 365)
  t.same(toArrangedDays(days), arranged)
  t.same(toCalendarChanges(toCalendarDays(2027, []), days), [
    { field: '2027-01-01', from: true, to: false },
    { field: '2027-01-09', from: false, to: true },
  ])
  const wrong = (field: string, ...found: { onDate: string; isWorkday: boolean }[]) =>
    t.throws(() => toCalendarDays(2027, found), { code: 'validation-failed', faults: [{ field }] }, field)
  wrong('days.0.onDate', { onDate: '2028-01-03', isWorkday: false })
  wrong('days.1.onDate', { onDate: '2027-01-01', isWorkday: false }, { onDate: '2027-01-01', isWorkday: false })
  wrong('days.0.isWorkday', { onDate: '2027-01-04', isWorkday: true })
  wrong('days.0.isWorkday', { onDate: '2027-01-02', isWorkday: false })
  const weekdays = toCalendarDays(2027, []).filter(({ onDate, isWorkday }) => isWorkday && onDate.startsWith('2027-03'))
  wrong('days', ...weekdays.map(({ onDate }) => ({ onDate, isWorkday: false })))
})
