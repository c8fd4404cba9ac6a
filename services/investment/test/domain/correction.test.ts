import { ProblemError } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import {
  type ApprovedTotals,
  decideAsk,
  decideCorrection,
  decideRefusal,
  decideWithdrawal,
  type StoredCorrection,
  toDelta,
  withChanges,
} from '../../src/domain/correction.ts'
import { type Act, EMPTY_ENTRY, type StoredReport } from '../../src/domain/report.ts'

const NOW = new Date('2026-12-10T00:00:00Z')
const act = (actorId: string, expectedVersion?: number): Act => ({
  now: NOW,
  actorId,
  regionCode: '410800',
  unitId: null,
  expectedVersion,
  isSimulated: false,
})
const FILER = 'filer'
const REVIEWER = 'reviewer'

const report: StoredReport = {
  projectId: 'p',
  period: '2026-11',
  state: 'approved',
  version: 3,
  revision: 1,
  entry: { ...EMPTY_ENTRY, completedYuan: 100, visualProgress: '主体' },
  submittedAt: NOW,
  submittedBy: FILER,
  isLate: false,
  returnReasons: [],
  awaits: null,
  passedBy: [],
  approvedAt: NOW,
  approvedBy: REVIEWER,
  isSimulated: false,
}
const totals: ApprovedTotals = { sinceStartYuan: 500, yearToDateYuan: [300, 300], totalInvestmentYuan: 1_000 }
const asking = (completedYuan: number) => ({ number: 1, entry: { completedYuan }, reason: '多报', hasOpen: false })
const ask = (completedYuan: number, about = totals) => decideAsk(report, asking(completedYuan), about, act(FILER, 3))

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof ProblemError) return error.code
    throw error
  }
}

t.test('only what is approved is corrected, one correction at a time, and only if it changes something', async (t) => {
  t.match(ask(40), {
    state: 'asked',
    number: 1,
    before: { completedYuan: 100 },
    after: { completedYuan: 40, visualProgress: '主体' },
  })
  for (const state of ['draft', 'submitted', 'returned'] as const)
    t.equal(
      codeOf(() => decideAsk({ ...report, state }, asking(1), totals, act(FILER))),
      'report-not-approved',
      state,
    )
  t.equal(
    codeOf(() => decideAsk(undefined, asking(1), totals, act(FILER))),
    'report-not-approved',
  )
  t.equal(
    codeOf(() => decideAsk(report, { ...asking(1), hasOpen: true }, totals, act(FILER))),
    'already-exists',
  )
  t.equal(
    codeOf(() => ask(100)),
    'nothing-changed',
  )
  t.equal(
    codeOf(() => decideAsk(report, asking(1), totals, act(FILER, 2))),
    'version-mismatch',
  )
})

t.test('a cumulative may neither exceed the total nor fall below zero, at the very boundary', async (t) => {
  t.equal(
    codeOf(() => ask(600)),
    'none',
    'exactly the total',
  )
  t.equal(
    codeOf(() => ask(601)),
    'exceeds-total-investment',
  )
  t.equal(
    codeOf(() => ask(601, { ...totals, totalInvestmentYuan: null })),
    'none',
    'no total is known',
  )
  t.equal(
    codeOf(() => ask(-200)),
    'none',
    'year to date exactly zero',
  )
  t.equal(
    codeOf(() => ask(-201)),
    'cumulative-below-zero',
  )
  t.equal(
    codeOf(() => ask(99, { ...totals, totalInvestmentYuan: 10 })),
    'none',
    'lowering what is too much already',
  )
})

t.test('it is decided once, by somebody else; what is refused or taken back leaves the report', async (t) => {
  const asked = ask(40)
  t.equal(
    codeOf(() => decideCorrection(report, asked, totals, act(FILER))),
    'own-report',
  )
  t.equal(
    codeOf(() => decideRefusal(asked, '无依据', act(FILER))),
    'own-report',
  )
  const decided = decideCorrection(report, asked, totals, act(REVIEWER))
  t.match(decided, {
    report: { version: 4, state: 'approved', entry: { completedYuan: 40 } },
    correction: { state: 'approved', decidedBy: REVIEWER },
  })
  t.match(decideRefusal(asked, '无依据', act(REVIEWER)), { state: 'refused', decisionReason: '无依据' })
  t.match(decideWithdrawal(asked, act(FILER)), { state: 'withdrawn' })
  for (const state of ['approved', 'refused', 'withdrawn'] as const) {
    const settled: StoredCorrection = { ...asked, state }
    for (const again of [
      () => decideCorrection(report, settled, totals, act(REVIEWER)),
      () => decideRefusal(settled, 'x', act(REVIEWER)),
      () => decideWithdrawal(settled, act(FILER)),
    ])
      t.equal(codeOf(again), 'correction-decided', state)
  }
})

t.test('whatever is granted, the sums stay within zero and the total, and move by the difference', async () => {
  const sums = fc.record({ rest: fc.nat(500), later: fc.array(fc.nat(300), { maxLength: 3 }), room: fc.nat(400) })
  fc.assert(
    fc.property(sums, fc.integer({ min: -1_000, max: 1_000 }), ({ rest, later, room }, yuan) => {
      const yearToDateYuan = [100, ...later.map((more) => 100 + more)]
      const sinceStartYuan = rest + Math.max(...yearToDateYuan)
      const about = { sinceStartYuan, yearToDateYuan, totalInvestmentYuan: sinceStartYuan + room }
      try {
        const asked = ask(yuan, about)
        const after = decideCorrection(report, asked, about, act(REVIEWER)).report.entry.completedYuan ?? 0
        const delta = toDelta(asked)
        return (
          after === 100 + delta &&
          sinceStartYuan + delta <= about.totalInvestmentYuan &&
          yearToDateYuan.every((sum) => sum + delta >= 0)
        )
      } catch (error) {
        return error instanceof ProblemError
      }
    }),
  )
})

t.test('each act tells what it changed against the one before', async (t) => {
  const acts = [{ entry: report.entry }, { entry: { ...report.entry, completedYuan: 40 } }]
  t.same(
    withChanges(acts).map(({ changes }) => changes),
    [null, [{ field: 'completedYuan', before: 100, after: 40 }]],
  )
})
