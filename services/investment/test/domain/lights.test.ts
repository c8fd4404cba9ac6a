import type { LightExemption } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { type StartDates, toLateStart } from '../../src/domain/dated-duties.ts'
import { decideEnd, decideExemption, decideWithdrawal, type StoredExemption } from '../../src/domain/exemption.ts'
import { assertLightRule, lightRuleOf } from '../../src/domain/light-rule.ts'
import { assessLight, type LightFigures, type LightThresholds } from '../../src/domain/lights.ts'
import { toSlipFigures } from '../../src/domain/standing.ts'

const RULE: LightThresholds = {
  behind: { yellowPoints: 10, redPoints: 30 },
  start: { yellowMonths: 1, redMonths: 3 },
  reports: { yellowMonths: 1, redMonths: 2 },
  procedures: { yellowMonths: 0, redMonths: 3 },
}
const figures = (fields: Partial<LightFigures> = {}): LightFigures => ({
  plan: { plannedYuan: 1_000, monthlyTargetsYuan: null },
  month: 6,
  yearToDateYuan: 500,
  missedReports: 0,
  lateStartMonths: 0,
  slips: [],
  slippedMonths: 0,
  ...fields,
})
const light = (fields: Partial<LightFigures>, rule = RULE) => assessLight(figures(fields), rule).light
const codes = (fields: Partial<LightFigures>, rule = RULE) =>
  assessLight(figures(fields), rule).reasons.map(({ code }) => code)

t.test('by schedule: up to 10 points behind green, to 30 yellow, beyond red', async (t) => {
  t.equal(light({ yearToDateYuan: 400 }), 'green', 'exactly 10 points')
  t.equal(light({ yearToDateYuan: 399 }), 'yellow')
  t.equal(light({ yearToDateYuan: 200 }), 'yellow', 'exactly 30 points')
  t.equal(light({ yearToDateYuan: 199 }), 'red')
  t.equal(light({ yearToDateYuan: 2_000 }), 'green', 'ahead of the plan')
  t.equal(light({ plan: { plannedYuan: 0, monthlyTargetsYuan: null } }), null, 'no plan and nothing missed, no light')
})

t.test('by missed reports, missed starts and procedures that slipped', async (t) => {
  t.same(
    [1, 2].map((missedReports) => light({ missedReports })),
    ['yellow', 'red'],
  )
  t.same(
    [1, 2, 3].map((lateStartMonths) => light({ lateStartMonths })),
    ['yellow', 'yellow', 'red'],
  )
  const slipped = (slippedMonths: number) => light({ slips: ['环评'], slippedMonths })
  t.same([0, 2, 3].map(slipped), ['yellow', 'yellow', 'red'])
  t.equal(
    light({ plan: { plannedYuan: 0, monthlyTargetsYuan: null }, lateStartMonths: 3 }),
    'red',
    'even without a plan',
  )
})

t.test('every reason is listed with the figures behind it; a green light says what it was judged by', async (t) => {
  const all = { yearToDateYuan: 300, missedReports: 1, lateStartMonths: 4, slips: ['环评', '用地'], slippedMonths: 1 }
  t.same(codes(all), ['behind-schedule', 'start-missed', 'report-missed', 'procedures-slipped'])
  const { reasons } = assessLight(figures(all), RULE)
  t.match(reasons[0]?.figures, { behindPoints: 20, plannedYuan: 1_000, yellowPoints: 10, redPoints: 30 })
  t.match(reasons[3], { zh: /环评、用地/, figures: { slipped: 2, slippedMonths: 1, redMonths: 3 } })
  t.same(codes({}), ['on-schedule'])
  t.same(codes({ missedReports: 1 }), ['report-missed'], 'what is green does not explain a yellow light')
})

t.test('thresholds are data, and a part that is null does not count', async (t) => {
  const lenient = { ...RULE, start: null, procedures: null, reports: { yellowMonths: 2, redMonths: 4 } }
  t.equal(light({ lateStartMonths: 9, slips: ['环评'], slippedMonths: 9, missedReports: 1 }, lenient), 'green')
  t.equal(light({ missedReports: 3 }, lenient), 'yellow')
  t.throws(() => assertLightRule({ ...RULE, behind: { yellowPoints: 30, redPoints: 10 } }), {
    code: 'validation-failed',
    faults: [{ field: 'behind.redPoints' }],
  })
  t.throws(() => assertLightRule({ ...RULE, start: { yellowMonths: 3, redMonths: 1 } }), {
    code: 'validation-failed',
    faults: [{ field: 'start.redMonths' }],
  })
  const versions = [
    { version: 3, fromPeriod: '2026-12', content: lenient },
    { version: 2, fromPeriod: '2027-01', content: RULE },
    { version: 1, fromPeriod: '2000-01', content: RULE },
  ]
  t.equal(lightRuleOf(versions, '2027-02'), lenient, 'the newest version that counts, not the latest month')
  t.equal(lightRuleOf(versions, '2026-11'), RULE)
})

t.test('worse figures never make a better light', () => {
  const months = fc.nat({ max: 9 })
  const input = fc.record({ year: fc.nat({ max: 900 }), missed: months, late: months, slipped: months })
  const worse = fc.record({ year: fc.nat({ max: 300 }), missed: months, late: months, slipped: months })
  const ORDER = [null, 'green', 'yellow', 'red']
  fc.assert(
    fc.property(input, worse, (one, more) => {
      const judge = (year: number, missedReports: number, lateStartMonths: number, slippedMonths: number) =>
        ORDER.indexOf(light({ yearToDateYuan: year, missedReports, lateStartMonths, slips: ['环评'], slippedMonths }))
      const before = judge(one.year, one.missed, one.late, one.slipped)
      return (
        judge(
          Math.max(0, one.year - more.year),
          one.missed + more.missed,
          one.late + more.late,
          one.slipped + more.slipped,
        ) >= before
      )
    }),
  )
  return Promise.resolve()
})

t.test('a start is late by the months since its own, until there is a start', async (t) => {
  const planned = (fields: Partial<StartDates> = {}): StartDates => ({
    stage: 'preliminary',
    plannedStartOn: '2026-09-15',
    actualStartOn: null,
    ...fields,
  })
  t.equal(toLateStart(planned(), '2026-09'), 0, 'its own month')
  t.equal(toLateStart(planned(), '2026-10'), 1)
  t.equal(toLateStart(planned(), '2027-01'), 4, 'over the end of the year')
  t.equal(toLateStart(planned({ actualStartOn: '2026-11-30' }), '2026-11'), 0)
  t.equal(toLateStart(planned({ actualStartOn: '2026-12-01' }), '2026-11'), 2, 'it started later than that')
  t.equal(toLateStart(planned({ stage: 'building' }), '2026-12'), 0, 'who builds has started')
  t.equal(toLateStart(planned({ stage: 'suspended' }), '2026-12'), 0, 'who stands still may have')
  t.equal(toLateStart(planned({ plannedStartOn: null }), '2026-12'), 0)
  t.same(
    toSlipFigures(
      [
        { name: '环评', dueOn: '2026-08-31' },
        { name: '用地', dueOn: '2026-11-01' },
      ],
      '2026-11',
    ),
    {
      slips: ['环评', '用地'],
      slippedMonths: 3,
    },
  )
})

const ABOUT = { id: 'e', projectId: 'p' }
const entered = (fromPeriod: string, untilPeriod: string) =>
  ({ ground: 'forceMajeure', reason: '汛情', evidence: '会议纪要〔2026〕9号', fromPeriod, untilPeriod }) as const
const act = (lastLocked?: string) => ({
  now: new Date('2026-12-10T00:00:00Z'),
  actorId: 'a',
  actorName: '督查员',
  lastLocked,
})
const record = (from: string, until: string, others: StoredExemption[] = [], lastLocked = '2026-10') =>
  decideExemption(ABOUT, entered(from, until), others, act(lastLocked))

t.test('an exemption is of months that are not locked and that no other covers', async (t) => {
  const one = record('2026-11', '2027-02')
  t.match(one, { state: 'recorded', actorName: '督查员', version: 1, closedAt: null })
  t.throws(() => record('2026-10', '2026-12'), { code: 'period-locked' })
  t.throws(() => record('2026-12', '2026-11'), { code: 'validation-failed' })
  t.throws(() => record('2027-02', '2027-03', [one]), { code: 'already-exists' })
  const withdrawn = decideWithdrawal(one, '误记', act('2026-10'))
  t.match(record('2027-02', '2027-03', [withdrawn]), { state: 'recorded' }, 'what is withdrawn covers nothing')
})

t.test('it ends earlier but never before what is locked, and is taken back only while nothing is', async (t) => {
  const one = record('2026-11', '2027-02')
  t.match(decideEnd(one, { untilPeriod: '2026-12', reason: '已复工' }, act('2026-11')), {
    state: 'ended',
    untilPeriod: '2026-12',
    closedReason: '已复工',
    version: 2,
  } satisfies Partial<LightExemption>)
  t.throws(() => decideEnd(one, { untilPeriod: '2026-11', reason: 'x' }, act('2026-12')), { code: 'period-locked' })
  t.throws(() => decideEnd(one, { untilPeriod: '2027-02', reason: 'x' }, act()), { code: 'validation-failed' })
  t.throws(() => decideWithdrawal(one, '误记', act('2026-11')), { code: 'period-locked' })
  const ended = decideEnd(one, { untilPeriod: '2026-12', reason: '已复工' }, act('2026-11'))
  t.throws(() => decideWithdrawal(ended, '误记', act()), { code: 'exemption-closed' })
})
