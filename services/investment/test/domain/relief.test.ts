import { addDays, ProblemError, toDateOn, toInstant } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { type LedgerFigures, toLedgerRates } from '../../src/domain/ledger.ts'
import { applyRelief, type Owed, type ReliefAct } from '../../src/domain/relief.ts'
import { decideExcuse, decideExtensionAsk, decideReopeningAsk } from '../../src/domain/relief-asks.ts'
import { decideGrant, decideRevocation } from '../../src/domain/relief-decisions.ts'

const NOTHING = { number: 0, hasOpen: false }
const OWED: Owed = {
  projectId: 'p',
  period: '2026-11',
  cycleDueAt: toInstant('2026-12-07', '18:00'),
  dueAt: toInstant('2026-12-07', '18:00'),
  lockAt: toInstant('2027-01-01', '00:00'),
  reopenedUntil: null,
  excuse: null,
  firstSubmittedAt: null,
  reportState: null,
  extendAtMostDays: 10,
  reopenAtMostDays: 15,
}
const by = (actorId: string, now: Date): ReliefAct => ({ actorId, actorName: actorId, now, isSimulated: false })
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof ProblemError) return error.code
    throw error
  }
}

t.test('an extension reaches as far as rule and lock let it, from the due day of the cycle', async (t) => {
  const act = by('filer', toInstant('2026-12-01', '09:00'))
  const ask = (untilOn: string, fields: Partial<Owed> = {}) =>
    codeOf(() => decideExtensionAsk({ ...OWED, ...fields }, { untilOn, reason: '无' }, NOTHING, act))
  t.equal(ask('2026-12-17'), 'done')
  t.equal(ask('2026-12-18'), 'validation-failed')
  t.equal(ask('2026-12-31', { extendAtMostDays: 60 }), 'done', 'the last day before the lock')
  t.equal(ask('2027-01-01', { extendAtMostDays: 60 }), 'validation-failed')
  t.equal(ask('2026-12-08', { extendAtMostDays: 0 }), 'relief-forbidden')
  const extended = { dueAt: toInstant('2026-12-10', '18:00') }
  t.equal(ask('2026-12-10', extended), 'validation-failed')
  t.equal(ask('2026-12-17', extended), 'done', 'a second one is counted from the first due day too')
  t.equal(ask('2026-12-18', extended), 'validation-failed')
  t.equal(ask('2026-12-08', { lockAt: toInstant('2026-12-08', '00:00') }), 'validation-failed', 'no day is left')
})

t.test('what was taken back leaves the obligation as it was', async (t) => {
  const act = by('supervisor', toInstant('2026-12-20', '09:00'))
  const excused = decideExcuse(OWED, { cause: 'justified', reason: '无', evidence: ['文'] }, NOTHING, act)
  const after = applyRelief(excused, OWED)
  t.equal(after.excuse, 'justified')
  t.same(applyRelief(decideRevocation(excused, '误', act), after), OWED)
})

t.test('whenever it is asked for: in time, within the rule, granted by another, open until its instant', async () => {
  const instants = fc.integer({ min: 0, max: 24 * 90 }).map((hours) => new Date(Date.UTC(2026, 10, 20, hours)))
  const days = fc.integer({ min: -3, max: 90 })
  const rules = fc.record({
    extendAtMostDays: fc.integer({ min: 0, max: 60 }),
    reopenAtMostDays: fc.integer({ min: 0, max: 60 }),
    firstSubmittedAt: fc.option(instants),
  })
  fc.assert(
    fc.property(instants, instants, days, rules, fc.boolean(), (askedAt, decidedAt, ahead, fields, isExtension) => {
      const owed: Owed = { ...OWED, ...fields }
      const untilOn = addDays(toDateOn(isExtension ? owed.dueAt : askedAt), ahead)
      const decide = isExtension ? decideExtensionAsk : decideReopeningAsk
      let asked: ReturnType<typeof decide>
      try {
        asked = decide(owed, { untilOn, reason: '无' }, NOTHING, by('filer', askedAt))
      } catch (error) {
        return error instanceof ProblemError
      }
      const isInTime = isExtension ? askedAt < owed.dueAt : askedAt >= owed.lockAt
      const isWithin = isExtension
        ? ahead > 0 && ahead <= owed.extendAtMostDays && (asked.untilAt as Date) < owed.lockAt
        : ahead >= 0 && ahead <= owed.reopenAtMostDays && (asked.untilAt as Date) > askedAt
      const isOwnRefused = codeOf(() => decideGrant(asked, owed, by('filer', decidedAt))) === 'own-request'
      const granted = codeOf(() => decideGrant(asked, owed, by('reviewer', decidedAt)))
      const mayBeGranted = isExtension ? decidedAt < owed.lockAt : decidedAt < (asked.untilAt as Date)
      return isInTime && isWithin && isOwnRefused && (granted === 'done') === mayBeGranted
    }),
    { numRuns: 2_000 },
  )
})

t.test('rates: numerator and denominator side by side, with what is excused taken out of both', async () => {
  const counts = fc.record({
    pending: fc.nat(50),
    onTime: fc.nat(50),
    late: fc.nat(50),
    missing: fc.nat(50),
    excusedFiled: fc.nat(50),
    excusedMissing: fc.nat(50),
  })
  fc.assert(
    fc.property(counts, ({ pending, onTime, late, missing, excusedFiled, excusedMissing }) => {
      const figures: LedgerFigures = {
        expected: pending + onTime + late + missing + excusedFiled + excusedMissing,
        filed: onTime + late + excusedFiled,
        onTime,
        excused: excusedFiled + excusedMissing,
        excusedFiled,
        late,
        missing,
      }
      const rates = toLedgerRates(figures)
      const others = pending + onTime + late + missing
      return (
        rates.reporting.denominator === figures.expected &&
        rates.onTime.numerator === onTime &&
        rates.reportingExcused.numerator === onTime + late &&
        rates.reportingExcused.denominator === others &&
        rates.onTimeExcused.denominator === others &&
        (rates.onTimeExcused.percent === null) === (others === 0) &&
        (rates.onTimeExcused.percent ?? 0) >= (rates.onTime.percent ?? 0)
      )
    }),
  )
})
