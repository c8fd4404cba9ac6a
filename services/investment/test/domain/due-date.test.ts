import { addDays, addMonths, type CycleRuleFields, toDateTimeText } from '@tiaodu/types'
import chineseDays from 'chinese-days'
import fc from 'fast-check'
import t from 'tap'
import { toDueInstants, workdaysAround } from '../../src/domain/due-date.ts'

const isWorkday = (dateOn: string) => chineseDays.isWorkday(dateOn)
const DEFAULT: CycleRuleFields = {
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
}
const RULES: readonly Partial<CycleRuleFields>[] = [
  {},
  { holidayPolicy: 'bringForward' },
  { holidayPolicy: 'fixed' },
  { areWeekendsOff: false },
  { areWeekendsOff: false, holidayPolicy: 'bringForward' },
  { areWeekendsOff: false, holidayPolicy: 'fixed' },
  { dueAnchor: 'sameMonthDay', dueDay: 25, holidayPolicy: 'bringForward' },
  { dueAnchor: 'workdayAfterMonth', dueDay: 5 },
  { dueAnchor: 'daysBeforeMonthEnd', dueDay: 3, holidayPolicy: 'bringForward' },
]

// By hand from the notices of the State Council for 2025 and 2026; 2027 has none yet, so plain weeks are taken.
// 次月5日: postponed, brought forward, fixed, and the same three where weekends are no days off;
// 当月25日 brought forward; 月末后5个工作日; 月末前3日 brought forward.
const TABLE = `
2025-01 02-05 02-05 02-05 02-05 02-05 02-05 01-24 02-10 01-27
2025-02 03-05 03-05 03-05 03-05 03-05 03-05 02-25 03-07 02-25
2025-03 04-07 04-03 04-05 04-07 04-03 04-05 03-25 04-08 03-28
2025-04 05-06 04-30 05-05 05-06 04-30 05-05 04-25 05-12 04-27
2025-05 06-05 06-05 06-05 06-05 06-05 06-05 05-23 06-09 05-28
2025-06 07-07 07-04 07-05 07-05 07-05 07-05 06-25 07-07 06-27
2025-07 08-05 08-05 08-05 08-05 08-05 08-05 07-25 08-07 07-28
2025-08 09-05 09-05 09-05 09-05 09-05 09-05 08-25 09-05 08-28
2025-09 10-09 09-30 10-05 10-09 09-30 10-05 09-25 10-14 09-26
2025-10 11-05 11-05 11-05 11-05 11-05 11-05 10-24 11-07 10-28
2025-11 12-05 12-05 12-05 12-05 12-05 12-05 11-25 12-05 11-27
2025-12 01-05 01-05 01-05 01-05 01-05 01-05 12-25 01-08 12-26
2026-01 02-05 02-05 02-05 02-05 02-05 02-05 01-23 02-06 01-28
2026-02 03-05 03-05 03-05 03-05 03-05 03-05 02-25 03-06 02-25
2026-03 04-07 04-03 04-05 04-07 04-03 04-05 03-25 04-08 03-27
2026-04 05-06 04-30 05-05 05-06 04-30 05-05 04-24 05-11 04-27
2026-05 06-05 06-05 06-05 06-05 06-05 06-05 05-25 06-05 05-28
2026-06 07-06 07-03 07-05 07-05 07-05 07-05 06-25 07-07 06-26
2026-07 08-05 08-05 08-05 08-05 08-05 08-05 07-24 08-07 07-28
2026-08 09-07 09-04 09-05 09-05 09-05 09-05 08-25 09-07 08-28
2026-09 10-08 09-30 10-05 10-08 09-30 10-05 09-24 10-13 09-24
2026-10 11-05 11-05 11-05 11-05 11-05 11-05 10-23 11-06 10-28
2026-11 12-07 12-04 12-05 12-05 12-05 12-05 11-25 12-07 11-27
2026-12 01-05 01-05 01-05 01-05 01-05 01-05 12-25 01-07 12-28
`
// The year is that of the month, or the next one's where its number is lower.
const toDay = (period: string, day: string) =>
  `${Number(period.slice(0, 4)) + (day.slice(0, 2) < period.slice(5) ? 1 : 0)}-${day}`
const DUES = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [period = '', ...days] = line.split(' ')
    return { period, days: days.map((day) => toDay(period, day)) }
  })

const due = (period: string, rule: Partial<CycleRuleFields>) => {
  const { dueAt, lockAt, restsOnYears } = toDueInstants(period, { ...DEFAULT, ...rule }, isWorkday)
  return { dueAt: toDateTimeText(dueAt), lockAt: toDateTimeText(lockAt), restsOnYears }
}

t.test('every month of 2025 and 2026 falls due where the notices put it, by every policy and anchor', async (t) => {
  t.same(
    DUES.map(({ period }) => period),
    Array.from({ length: 24 }, (_, months) => addMonths('2025-01', months)),
  )
  for (const { period, days } of DUES) {
    t.equal(days.length, RULES.length)
    for (const [index, rule] of RULES.entries()) {
      t.equal(due(period, rule).dueAt, `${days[index]} 18:00`, `${period} ${JSON.stringify(rule)}`)
    }
  }
})

t.test('a due day rests on the years that had a say in it: those of December are the next one’s', async (t) => {
  const restsOn = (period: string) => RULES.map((rule) => due(period, rule).restsOnYears)
  const ofThisYear = RULES.map(({ holidayPolicy }) => (holidayPolicy === 'fixed' ? [] : [2026]))
  for (const { period } of DUES.filter((one) => one.period > '2025-12' && one.period < '2026-12'))
    t.same(restsOn(period), ofThisYear, period)
  t.same(restsOn('2026-12'), [[2027], [2027], [], [2027], [2027], [], [2026], [2027], [2026]])
})

t.test('December has a due day of its own, and only December', async (t) => {
  const december = { dueAnchor: 'sameMonthDay', dueDay: 20 } as const
  t.equal(due('2026-12', { december, holidayPolicy: 'bringForward' }).dueAt, '2026-12-18 18:00', 'the 20th is a Sunday')
  t.equal(due('2026-11', { december }).dueAt, '2026-12-07 18:00')
  t.same(due('2026-12', { december }).restsOnYears, [2026], 'the year that was not published has no say any more')
  t.same(due('2026-12', {}).restsOnYears, [2027])
  t.same(due('2026-12', { holidayPolicy: 'fixed' }).restsOnYears, [], 'a fixed day rests on no calendar')
})

t.test(
  'make-up workdays are workdays; the 31st is the last day of any month; the clock time is the rule’s',
  async (t) => {
    const sunday = { dueAnchor: 'sameMonthDay', dueDay: 28 } as const
    t.equal(due('2025-09', sunday).dueAt, '2025-09-28 18:00', 'a Sunday that is worked for National Day')
    t.equal(due('2025-09', { ...sunday, areWeekendsOff: false }).dueAt, '2025-09-28 18:00')
    t.equal(
      due('2026-02', { dueAnchor: 'sameMonthDay', dueDay: 31 }).dueAt,
      '2026-02-28 18:00',
      'a Saturday that is worked',
    )
    t.equal(due('2026-03', { dueDay: 31, dueTime: '09:30' }).dueAt, '2026-04-30 09:30')
    t.equal(due('2026-01', { dueDay: 31 }).dueAt, '2026-02-28 18:00')
    t.equal(
      due('2026-01', { dueDay: 21, areWeekendsOff: false }).dueAt,
      '2026-02-24 18:00',
      'a Saturday of a holiday is off',
    )
  },
)

t.test('the lock is the end of the month of the due day, or of the n-th day after it', async (t) => {
  t.equal(due('2025-09', {}).lockAt, '2025-11-01 00:00')
  t.equal(due('2026-11', { lockAfterDays: 3 }).lockAt, '2026-12-11 00:00', 'the whole of the 10th is left')
  t.equal(due('2026-12', { dueAnchor: 'sameMonthDay', dueDay: 25 }).lockAt, '2027-01-01 00:00')
})

t.test('the workdays around reach 30 days to both sides, or to the lock', async (t) => {
  const { dueAt, lockAt } = toDueInstants('2025-09', DEFAULT, isWorkday)
  const workdays = workdaysAround(dueAt, lockAt, isWorkday)
  t.ok(workdays.includes('2025-09-28') && workdays.includes('2025-10-11'), 'two weekend days worked for National Day')
  t.notOk(workdays.includes('2025-10-08'))
  t.equal(workdays[0], '2025-09-09')
  t.equal(workdays.at(-1), '2025-11-07', 'an early lock leaves the escalation its workdays')
  const late = toDueInstants('2025-09', { ...DEFAULT, lockAfterDays: 60 }, isWorkday)
  t.equal(workdaysAround(late.dueAt, late.lockAt, isWorkday).at(-1), '2025-12-08')
  t.throws(() => toDueInstants('2025-09', DEFAULT, () => false), /no workday/)
})

t.test(
  'whatever the rule, a cycle falls due after it opens and locks after that, on a day that is not off',
  async () => {
    const anchors = fc.oneof(
      fc.record({ dueAnchor: fc.constant('nextMonthDay' as const), dueDay: fc.integer({ min: 1, max: 31 }) }),
      fc.record({ dueAnchor: fc.constant('sameMonthDay' as const), dueDay: fc.integer({ min: 10, max: 31 }) }),
      fc.record({ dueAnchor: fc.constant('workdayAfterMonth' as const), dueDay: fc.integer({ min: 1, max: 15 }) }),
      fc.record({ dueAnchor: fc.constant('daysBeforeMonthEnd' as const), dueDay: fc.integer({ min: 1, max: 18 }) }),
    )
    const rules = fc.record({
      anchor: anchors,
      dueTime: fc.constantFrom('00:00', '18:00', '23:59'),
      holidayPolicy: fc.constantFrom('postpone' as const, 'bringForward' as const, 'fixed' as const),
      areWeekendsOff: fc.boolean(),
      december: fc.option(anchors),
      lockAfterDays: fc.option(fc.integer({ min: 1, max: 60 })),
    })
    const periods = fc.integer({ min: 0, max: 23 }).map((months) => addMonths('2025-01', months))
    fc.assert(
      fc.property(periods, rules, (period, { anchor, ...rest }) => {
        const rule = { ...DEFAULT, ...rest, ...anchor }
        const { dueAt, lockAt } = toDueInstants(period, rule, isWorkday)
        const dueOn = toDateTimeText(dueAt).slice(0, 10)
        const isOff = !isWorkday(dueOn)
        const mayBeOff = rule.holidayPolicy === 'fixed' || !rule.areWeekendsOff
        return (
          dueOn > `${period}-01` &&
          lockAt > dueAt &&
          (!isOff || mayBeOff) &&
          dueOn < addDays(`${addMonths(period, 2)}-01`, 30)
        )
      }),
      { numRuns: 1_000 },
    )
  },
)
