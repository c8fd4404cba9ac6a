import fc from 'fast-check'
import t from 'tap'
import { planAlert } from '../../src/domain/alert-plan.ts'
import { planReminders } from '../../src/domain/obligation-plan.ts'
import { planSteps, toDueSteps } from '../../src/domain/policy-steps.ts'
import { createWorkdays } from '../../src/domain/workdays.ts'
import { officialWorkdays } from '../fixtures/calendar.ts'
import { at, REPORT_RULES, rule } from '../fixtures/policies.ts'

const OFFICIAL = createWorkdays(officialWorkdays())
const ALL = ['report-due', 'report-overdue'] as const

/** All that is told around a due time, in Shanghai. */
const timesAround = (due: string, lock = '2099-01-01T00:00') =>
  ALL.flatMap((fact) => planSteps(REPORT_RULES, fact, { at: at(due), endsAt: at(lock) }, OFFICIAL)).map((step) =>
    new Date(step.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16),
  )

// Due time, and when reminders and escalations fall: 3, 1, 0 workdays before, at once, 1 and 3 workdays after.
// biome-ignore format: a calendar reads by rows
const CALENDAR_CASES: readonly [what: string, due: string, expected: readonly string[]][] = [
  ['an ordinary week', '2026-03-05T18:00',
    ['2026-03-02T09:00', '2026-03-04T09:00', '2026-03-05T09:00', '2026-03-05T18:00', '2026-03-06T09:00', '2026-03-10T09:00']],
  ['over a weekend', '2026-06-08T18:00',
    ['2026-06-03T09:00', '2026-06-05T09:00', '2026-06-08T09:00', '2026-06-08T18:00', '2026-06-09T09:00', '2026-06-11T09:00']],
  ['Spring Festival 2025: off 28 January to 4 February, make-up 26 January and 8 February', '2025-02-05T18:00',
    ['2025-01-24T09:00', '2025-01-27T09:00', '2025-02-05T09:00', '2025-02-05T18:00', '2025-02-06T09:00', '2025-02-08T09:00']],
  ['National Day 2025: off 1 to 8 October, make-up 28 September and 11 October', '2025-10-09T18:00',
    ['2025-09-28T09:00', '2025-09-30T09:00', '2025-10-09T09:00', '2025-10-09T18:00', '2025-10-10T09:00', '2025-10-13T09:00']],
  ['Spring Festival 2026: off 15 to 23 February, make-up 14 and 28 February', '2026-02-25T18:00',
    ['2026-02-13T09:00', '2026-02-24T09:00', '2026-02-25T09:00', '2026-02-25T18:00', '2026-02-26T09:00', '2026-02-28T09:00']],
  ['Labour Day 2026: off 1 to 5 May, make-up 9 May', '2026-05-06T18:00',
    ['2026-04-28T09:00', '2026-04-30T09:00', '2026-05-06T09:00', '2026-05-06T18:00', '2026-05-07T09:00', '2026-05-09T09:00']],
  ['due on a day off that the rule of the cycle did not move', '2026-06-06T18:00',
    ['2026-06-03T09:00', '2026-06-05T09:00', '2026-06-06T09:00', '2026-06-06T18:00', '2026-06-08T09:00', '2026-06-10T09:00']],
]
for (const [what, due, expected] of CALENDAR_CASES) {
  t.test(`steps around the due time: ${what}`, async (t) => {
    t.same(timesAround(due), expected)
  })
}

const DUE = at('2026-12-07T18:00')
const LOCK = at('2027-01-01T00:00')
const minute = (instant: Date, by: number) => new Date(instant.getTime() + by * 60_000)

t.test('before, at and after each instant: told from that instant on, once', async (t) => {
  const steps = planSteps(REPORT_RULES, 'report-overdue', { at: DUE, endsAt: LOCK }, OFFICIAL)
  for (const { at: instant, policy } of steps) {
    const before = minute(instant, -1)
    t.notOk(
      toDueSteps(steps, null, before).due.some((step) => step.policy === policy),
      `${policy.id} a minute before`,
    )
    t.ok(
      toDueSteps(steps, before, instant).due.some((step) => step.policy === policy),
      `${policy.id} at its instant`,
    )
    t.same(toDueSteps(steps, instant, minute(instant, 1)).due, [], `${policy.id} a minute later it was told`)
  }
  t.equal(toDueSteps(steps, null, minute(DUE, -1)).nextAt?.getTime(), DUE.getTime())
  t.equal(toDueSteps(steps, null, at('2026-12-20T09:00')).nextAt, null, 'after the last one there is nothing')
})

t.test('a closed period chases nobody', async (t) => {
  const early = at('2026-12-09T00:00')
  t.same(timesAround('2026-12-07T18:00', '2026-12-09T00:00').slice(-2), ['2026-12-07T18:00', '2026-12-08T09:00'])
  const times = { fact: 'report-overdue' as const, anchorAt: DUE, toldThrough: null, promisedOn: null }
  const alert = { ...times, snoozedUntil: null, isInhibited: false }
  t.equal(planAlert({ ...alert, endsAt: early }, REPORT_RULES, OFFICIAL, minute(early, -1)).steps.length, 2)
  t.match(planAlert({ ...alert, endsAt: early }, REPORT_RULES, OFFICIAL, early), { steps: [], nextAt: null })
})

t.test('a due time that an extension moves takes its reminders with it', async (t) => {
  const [before, after] = [at('2026-12-07T18:00'), at('2026-12-14T18:00')]
  const told = at('2026-12-07T09:00')
  const plan = (dueAt: Date, now: Date) =>
    planReminders({ dueAt, overdueAt: dueAt, lockAt: LOCK, remindedThrough: told }, REPORT_RULES, OFFICIAL, now)
  t.match(plan(before, told), { due: [], nextAt: before }, 'all told; next it is overdue')
  t.match(plan(after, told), { due: [], nextAt: at('2026-12-09T09:00') }, 'three workdays before the new one')
  t.same(
    plan(after, at('2026-12-11T09:00')).due.map(({ policy }) => policy.id),
    ['remind-3', 'remind-1'],
  )
})

t.test('hours, repetition and an end are data', async (t) => {
  const hourly = rule('hours', { fact: 'behind-schedule', unit: 'hours', amount: 36, time: null })
  const weekly = rule('weekly', { fact: 'behind-schedule', amount: 5, everyWorkdays: 5, untilWorkdays: 15 })
  const brief = rule('brief', { fact: 'behind-schedule', amount: 1, untilWorkdays: 2 })
  const opened = at('2026-06-01T10:00')
  const steps = planSteps([hourly, weekly, brief], 'behind-schedule', { at: opened, endsAt: null }, OFFICIAL)
  t.same(
    steps.map((step) => [step.policy.id, step.at]),
    [
      ['brief', at('2026-06-02T09:00')],
      ['hours', at('2026-06-02T22:00')],
      ['weekly', at('2026-06-08T09:00')],
      ['weekly', at('2026-06-15T09:00')],
      ['weekly', at('2026-06-23T09:00')],
    ],
    'the Dragon Boat day of 19 June is no workday',
  )
  const told = (now: string) => toDueSteps(steps, null, at(now)).due.map(({ policy }) => policy.id)
  t.same(told('2026-06-03T23:00'), ['brief', 'hours'])
  t.same(told('2026-06-04T00:00'), ['hours'], 'what has ended is not made up for')
})

t.test('an alert tells from its opening on; a reminder never after the due time', async (t) => {
  const early = rule('early', { fact: 'funds-gap', amount: 0, time: '09:00' })
  const opened = at('2026-06-01T10:00')
  t.same(planSteps([early], 'funds-gap', { at: opened, endsAt: null }, OFFICIAL)[0]?.at, opened)
  const late = rule('late', { amount: 0, time: '20:00' })
  t.same(planSteps([late], 'report-due', { at: at('2026-06-01T18:00'), endsAt: null }, OFFICIAL), [])
})

t.test('beyond the calendar that is known, Monday to Friday are workdays', async (t) => {
  const workdays = createWorkdays(['2026-12-30', '2026-12-31'])
  t.equal(workdays.shift('2026-12-31', 1), '2027-01-01')
  t.equal(workdays.shift('2027-01-01', 1), '2027-01-04')
  t.equal(workdays.shift('2026-12-31', -3), '2026-12-28')
})

t.test('for any calendar, due time and moment: each step is told once, whenever the sweeps run', async () => {
  const dates = fc.integer({ min: 0, max: 600 }).map((n) => new Date(Date.UTC(2025, 0, 20, 10) + n * 86_400_000))
  const pauses = fc.array(fc.integer({ min: 1, max: 6_000 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(dates, pauses, (due, gaps) => {
      const steps = ALL.flatMap((fact) => planSteps(REPORT_RULES, fact, { at: due, endsAt: null }, OFFICIAL))
      const told: string[] = []
      let through: Date | null = null
      let now = minute(due, -14 * 1_440)
      for (const gap of [...gaps, 60_000]) {
        now = minute(now, gap)
        const { due: passed, nextAt } = toDueSteps(steps, through, now)
        told.push(...passed.map(({ policy }) => policy.id))
        if (nextAt !== null && nextAt <= now) return false
        through = now
      }
      return told.join() === steps.map(({ policy }) => policy.id).join()
    }),
  )
})
