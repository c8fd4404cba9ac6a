import type { ReportEntry } from '@tiaodu/types'
import { toPercent } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import type { CheckFacts } from '../../src/domain/checks/check.ts'
import { toRanks } from '../../src/domain/completion-ranks.ts'
import { type Act, EMPTY_ENTRY, type StoredReport, type Terms } from '../../src/domain/report.ts'
import { decideApprove, decideReturn, decideSave, decideSubmit } from '../../src/domain/report-decisions.ts'
import { toScheduledPercent } from '../../src/domain/schedule.ts'

t.test(
  'a percentage is rounded half up to two decimals, exactly, and is null when there is nothing to divide by',
  async (t) => {
    t.equal(toPercent(1, 0), null)
    t.equal(toPercent(1, 3), 33.33)
    t.equal(toPercent(2, 3), 66.67)
    t.equal(toPercent(12_345, 1_000_000), 1.23)
    t.equal(toPercent(1_005, 100_000), 1.01, 'half goes up, where floating point would go down')
    t.equal(toPercent(9_999_999_999_999, 9_999_999_999_999), 100)
    const yuan = fc.integer({ min: 0, max: 9_999_999_999_999 })
    const plan = fc.integer({ min: 10_000, max: 9_999_999_999_999 })
    fc.assert(
      fc.property(yuan, plan, (numerator, denominator) => {
        const percent = BigInt(Math.round((toPercent(numerator, denominator) ?? 0) * 100))
        const error = percent * BigInt(denominator) - BigInt(numerator) * 10_000n
        return 2n * (error < 0n ? -error : error) <= BigInt(denominator)
      }),
    )
  },
)

t.test('the schedule is m/12 or the own curve', async (t) => {
  t.equal(toScheduledPercent({ plannedYuan: 100, monthlyTargetsYuan: null }, 7), 58.33)
  const curve = [0, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
  t.equal(toScheduledPercent({ plannedYuan: 100, monthlyTargetsYuan: curve }, 3), 10)
  t.equal(toScheduledPercent({ plannedYuan: 0, monthlyTargetsYuan: null }, 3), null)
})

t.test('equal rates share a rank and the next one skips; no rate, no rank', async (t) => {
  t.same(toRanks([50, 80, null, 80, 20]), [3, 1, null, 1, 4])
})

const terms: Terms = {
  projectId: 'p',
  period: '2026-11',
  dueAt: new Date('2026-12-07T10:00:00Z'),
  lockAt: new Date('2026-12-31T16:00:00Z'),
  firstSubmittedAt: null,
  review: { levels: [{ reviewer: 'any', name: '审核' }], parentUnitId: null },
}
const act = (actorId: string, day = '01'): Act => ({
  actorId,
  regionCode: '410800',
  unitId: null,
  now: new Date(`2026-12-${day}T00:00:00Z`),
  isSimulated: false,
  expectedVersion: undefined,
})
const noFacts: CheckFacts = {
  period: '2026-11',
  stage: 'building',
  actualStartOn: null,
  actualCompletionOn: null,
  totalInvestmentYuan: null,
  sinceStartBeforeYuan: 0,
  yearBeforeYuan: 0,
  planShareYuan: null,
  lastProgress: null,
  months: [],
}
const entry: ReportEntry = { ...EMPTY_ENTRY, completedYuan: 1, visualProgress: '施工' }

type Step = (report: StoredReport | undefined) => StoredReport
const STEPS: Record<string, Step> = {
  save: (report) => decideSave(terms, report, entry, act('filer')),
  submit: (report) => decideSubmit(terms, report, noFacts, act('filer')),
  giveBack: (report) => decideReturn(terms, report, [{ field: 'report', reason: '改' }], act('reviewer')),
  approve: (report) => decideApprove(terms, report, noFacts, act('reviewer')),
}
const ALLOWED: Record<string, readonly string[]> = {
  none: ['save'],
  draft: ['save', 'submit'],
  submitted: ['giveBack', 'approve'],
  returned: ['save', 'submit'],
  approved: [],
}

t.test(
  'whatever is tried in whatever order, a report moves only as its state allows, and each move counts up',
  async () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(STEPS)), { maxLength: 30 }), (names) => {
        let report: StoredReport | undefined
        for (const name of names) {
          const isAllowed = (ALLOWED[report?.state ?? 'none'] ?? []).includes(name)
          let next: StoredReport | undefined
          try {
            next = STEPS[name]?.(report)
          } catch {
            next = undefined
          }
          if ((next !== undefined) !== isAllowed) return false
          if (next !== undefined && next.version !== (report?.version ?? 0) + 1) return false
          if (next !== undefined && next.revision !== (report?.revision ?? 0) + (name === 'submit' ? 1 : 0))
            return false
          report = next ?? report
        }
        return true
      }),
      { numRuns: 500 },
    )
  },
)

t.test(
  'the first submission decides punctuality; the approver is somebody else; the total cannot be exceeded',
  async (t) => {
    const draft = decideSave(terms, undefined, entry, act('filer'))
    t.equal(decideSubmit(terms, draft, noFacts, act('filer', '08')).isLate, true)
    const inTime = { ...terms, firstSubmittedAt: new Date('2026-12-05T00:00:00Z') }
    t.equal(decideSubmit(inTime, draft, noFacts, act('filer', '08')).isLate, false)
    t.throws(() => decideApprove(terms, decideSubmit(terms, draft, noFacts, act('filer')), noFacts, act('filer')), {
      code: 'own-report',
    })
    const facts = { ...noFacts, sinceStartBeforeYuan: 10, totalInvestmentYuan: 10 }
    t.throws(() => decideSubmit(terms, draft, facts, act('filer')), { code: 'exceeds-total-investment' })
    t.throws(() => decideSave({ ...terms, lockAt: act('x').now }, undefined, entry, act('filer')), {
      code: 'period-locked',
    })
  },
)
