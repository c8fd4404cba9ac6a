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
  preliminaryFrequency: 'monthly',
}
const RULES: readonly Partial<CycleRuleFields>[] = [
  {},
  { holidayPolicy: 'bringForward' },
  { holidayPolicy: 'fixed' },
  { areWeekendsOff: false },
  { dueAnchor: 'sameMonthDay', dueDay: 25, holidayPolicy: 'bringForward' },
  { dueAnchor: 'workdayAfterMonth', dueDay: 5 },
  { dueAnchor: 'daysBeforeMonthEnd', dueDay: 3, holidayPolicy: 'bringForward' },
]

// By hand from the notices of the State Council for 2025 and 2026; 2027 has none yet but for the first of January.
// 次月5日: postponed, brought forward, fixed, weekends no days off; 当月25日 brought forward; 月末后5个工作日; 月末前3日.
const DUES: Record<string, readonly string[]> = {
  '2025-01': ['2025-02-05', '2025-02-05', '2025-02-05', '2025-02-05', '2025-01-24', '2025-02-10', '2025-01-27'],
  '2025-02': ['2025-03-05', '2025-03-05', '2025-03-05', '2025-03-05', '2025-02-25', '2025-03-07', '2025-02-25'],
  '2025-03': ['2025-04-07', '2025-04-03', '2025-04-05', '2025-04-07', '2025-03-25', '2025-04-08', '2025-03-28'],
  '2025-04': ['2025-05-06', '2025-04-30', '2025-05-05', '2025-05-06', '2025-04-25', '2025-05-12', '2025-04-27'],
  '2025-05': ['2025-06-05', '2025-06-05', '2025-06-05', '2025-06-05', '2025-05-23', '2025-06-09', '2025-05-28'],
  '2025-06': ['2025-07-07', '2025-07-04', '2025-07-05', '2025-07-05', '2025-06-25', '2025-07-07', '2025-06-27'],
  '2025-07': ['2025-08-05', '2025-08-05', '2025-08-05', '2025-08-05', '2025-07-25', '2025-08-07', '2025-07-28'],
  '2025-08': ['2025-09-05', '2025-09-05', '2025-09-05', '2025-09-05', '2025-08-25', '2025-09-05', '2025-08-28'],
  '2025-09': ['2025-10-09', '2025-09-30', '2025-10-05', '2025-10-09', '2025-09-25', '2025-10-14', '2025-09-26'],
  '2025-10': ['2025-11-05', '2025-11-05', '2025-11-05', '2025-11-05', '2025-10-24', '2025-11-07', '2025-10-28'],
  '2025-11': ['2025-12-05', '2025-12-05', '2025-12-05', '2025-12-05', '2025-11-25', '2025-12-05', '2025-11-27'],
  '2025-12': ['2026-01-05', '2026-01-05', '2026-01-05', '2026-01-05', '2025-12-25', '2026-01-08', '2025-12-26'],
  '2026-01': ['2026-02-05', '2026-02-05', '2026-02-05', '2026-02-05', '2026-01-23', '2026-02-06', '2026-01-28'],
  '2026-02': ['2026-03-05', '2026-03-05', '2026-03-05', '2026-03-05', '2026-02-25', '2026-03-06', '2026-02-25'],
  '2026-03': ['2026-04-07', '2026-04-03', '2026-04-05', '2026-04-07', '2026-03-25', '2026-04-08', '2026-03-27'],
  '2026-04': ['2026-05-06', '2026-04-30', '2026-05-05', '2026-05-06', '2026-04-24', '2026-05-11', '2026-04-27'],
  '2026-05': ['2026-06-05', '2026-06-05', '2026-06-05', '2026-06-05', '2026-05-25', '2026-06-05', '2026-05-28'],
  '2026-06': ['2026-07-06', '2026-07-03', '2026-07-05', '2026-07-05', '2026-06-25', '2026-07-07', '2026-06-26'],
  '2026-07': ['2026-08-05', '2026-08-05', '2026-08-05', '2026-08-05', '2026-07-24', '2026-08-07', '2026-07-28'],
  '2026-08': ['2026-09-07', '2026-09-04', '2026-09-05', '2026-09-05', '2026-08-25', '2026-09-07', '2026-08-28'],
  '2026-09': ['2026-10-08', '2026-09-30', '2026-10-05', '2026-10-08', '2026-09-24', '2026-10-13', '2026-09-24'],
  '2026-10': ['2026-11-05', '2026-11-05', '2026-11-05', '2026-11-05', '2026-10-23', '2026-11-06', '2026-10-28'],
  '2026-11': ['2026-12-07', '2026-12-04', '2026-12-05', '2026-12-05', '2026-11-25', '2026-12-07', '2026-11-27'],
}

const due = (period: string, rule: Partial<CycleRuleFields>) => {
  const { dueAt, lockAt, restsOnYears } = toDueInstants(period, { ...DEFAULT, ...rule }, isWorkday)
  return { dueAt: toDateTimeText(dueAt), lockAt: toDateTimeText(lockAt), restsOnYears }
}

t.test('every month of 2025 and 2026 falls due where the notices put it, by every policy and anchor', async (t) => {
  for (const [period, days] of Object.entries(DUES)) {
    for (const [index, rule] of RULES.entries()) {
      t.equal(due(period, rule).dueAt, `${days[index]} 18:00`, `${period} ${JSON.stringify(rule)}`)
    }
  }
  t.equal(due('2026-12', {}).dueAt, '2027-01-05 18:00')
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
