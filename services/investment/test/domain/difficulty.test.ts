import { DIFFICULTY_CATEGORIES, DIFFICULTY_STATES, type DifficultyState } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { decideRegister, type StoredDifficulty, tellsOfDifficulty, toAge } from '../../src/domain/difficulty.ts'
import { analyse, countDifficulties, type DifficultyFact } from '../../src/domain/difficulty-analysis.ts'
import { type DifficultyRequest, decideMove } from '../../src/domain/difficulty-moves.ts'

const NOW = new Date('2026-11-20T01:00:00Z')
const [UNIT, OTHER] = ['a', 'b']
const difficulty: StoredDifficulty = {
  id: '1',
  projectId: 'p',
  period: '2026-11',
  reportedText: '拆迁未完成',
  description: '三户未签协议',
  category: 'site',
  subcategory: 'demolition',
  coordinationLevel: 2,
  unitInChargeId: UNIT,
  dueOn: '2026-12-10',
  state: 'registered',
  outcome: null,
  registeredAt: NOW,
  resolvedAt: null,
  version: 3,
  isSimulated: false,
}
const act = { now: NOW, unitId: null, expectedVersion: undefined }
const reason = '超出本级权限'
const requests: DifficultyRequest[] = [
  { action: 'accept' },
  { action: 'resolve', outcome: '已全部签约' },
  { action: 'close' },
  { action: 'return', reason },
  { action: 'raise', coordinationLevel: 3, reason },
  { action: 'reschedule', dueOn: '2026-12-31', reason },
  { action: 'reassign', unitInChargeId: OTHER, reason },
]
const inState = (state: DifficultyState): StoredDifficulty => ({
  ...difficulty,
  state,
  ...(state === 'resolved' || state === 'closed' ? { resolvedAt: NOW, outcome: '已全部签约' } : {}),
})
const refusalOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    const { code, faults } = error as { code: string; faults: { field: string }[] }
    return [code, faults[0]?.field]
  }
  return undefined
}

t.test('every move in every state: what becomes of it, or that it is refused', (t) => {
  const table: Record<DifficultyState, string[]> = {
    registered: ['coordinating', '', '', '', 'registered', 'registered', 'registered'],
    coordinating: ['', 'resolved', '', '', 'coordinating', 'coordinating', 'registered'],
    resolved: ['', '', 'closed', 'coordinating', '', '', ''],
    closed: ['', '', '', '', '', '', ''],
  }
  for (const state of Object.keys(DIFFICULTY_STATES) as DifficultyState[]) {
    for (const [at, request] of requests.entries()) {
      const become = table[state][at]
      const run = () => decideMove(inState(state), request, act)
      if (become === '') t.same(refusalOf(run), ['difficulty-move-forbidden', 'state'], `${state} ${request.action}`)
      else t.match(run(), { action: request.action, difficulty: { state: become, version: 4 } })
    }
  }
  t.match(decideMove(inState('coordinating'), requests[1] as DifficultyRequest, act).difficulty, {
    outcome: '已全部签约',
    resolvedAt: NOW,
  })
  t.match(decideMove(inState('resolved'), requests[3] as DifficultyRequest, act), {
    reason,
    difficulty: { outcome: null, resolvedAt: null },
  })
  t.end()
})

t.test('a unit does what it is in charge of, and may raise what concerns its project', (t) => {
  for (const request of requests) {
    const inCharge = { ...act, unitId: UNIT }
    const run = (unitId: string) => () => decideMove(inState('coordinating'), request, { ...inCharge, unitId })
    const elsewhere = refusalOf(run(OTHER))
    if (request.action === 'raise') t.equal(elsewhere, undefined)
    else t.same(elsewhere, ['outside-scope', 'unitInChargeId'], request.action)
    t.notMatch(refusalOf(run(UNIT)), ['outside-scope'])
  }
  t.end()
})

t.test('higher means higher, another day is another day that is to come, another unit another one', (t) => {
  const refused = (request: DifficultyRequest) => refusalOf(() => decideMove(difficulty, request, act))
  for (const coordinationLevel of [1, 2])
    t.same(refused({ action: 'raise', coordinationLevel, reason }), ['validation-failed', 'coordinationLevel'])
  for (const dueOn of ['2026-12-10', '2026-11-19'])
    t.same(refused({ action: 'reschedule', dueOn, reason }), ['validation-failed', 'dueOn'])
  t.equal(refused({ action: 'reschedule', dueOn: '2026-11-20', reason }), undefined, 'today will do')
  t.same(refused({ action: 'reassign', unitInChargeId: UNIT, reason }), ['validation-failed', 'unitInChargeId'])
  const stale = refusalOf(() => decideMove(difficulty, { action: 'accept' }, { ...act, expectedVersion: 2 }))
  t.same(stale, ['version-mismatch', 'If-Match'])
  t.equal(decideMove(difficulty, { action: 'accept' }, { ...act, expectedVersion: 3 }).difficulty.version, 4)
  t.end()
})

t.test('only a filed report that says more than 无 has a difficulty', (t) => {
  for (const text of ['', ' \n', '无', '无。', '暂无', '没有困难', '无困难和问题', '尚无问题。', 'None', 'n/a', '--'])
    t.notOk(tellsOfDifficulty(text), text)
  for (const text of ['无法进场', '拆迁未完成', '无水无电', '暂无资金', 'Nonetheless late'])
    t.ok(tellsOfDifficulty(text), text)
  const about = { id: '1', projectId: 'p', now: NOW, isSimulated: false }
  const { description, category, coordinationLevel, unitInChargeId, dueOn, period } = difficulty
  const entered = { description, category, coordinationLevel, unitInChargeId, dueOn, period }
  const register = (fields = {}, reported: { state: string | null; difficulties: string | null } = filed) =>
    decideRegister({ ...entered, ...fields }, reported, about)
  const filed = { state: 'submitted', difficulties: '拆迁未完成' }
  t.match(register().difficulty, { state: 'registered', subcategory: null, reportedText: '拆迁未完成', version: 1 })
  for (const reported of [
    { state: null, difficulties: null },
    { ...filed, state: 'draft' },
    { ...filed, state: 'returned' },
    { ...filed, difficulties: '无' },
  ])
    t.same(
      refusalOf(() => register({}, reported)),
      ['no-difficulty-reported', 'period'],
    )
  t.same(
    refusalOf(() => register({ subcategory: 'land' })),
    ['validation-failed', 'subcategory'],
  )
  t.equal(register({ subcategory: 'roads' }).difficulty.subcategory, 'roads')
  t.same(
    refusalOf(() => register({ dueOn: '2026-11-19' })),
    ['validation-failed', 'dueOn'],
  )
  t.end()
})

t.test('age and overdue days are counted by the days of Shanghai, until it is resolved', (t) => {
  const age = (now: string, resolvedAt: string | null = null) =>
    toAge(
      { registeredAt: NOW, dueOn: '2026-11-25', resolvedAt: resolvedAt === null ? null : new Date(resolvedAt) },
      new Date(now),
    )
  t.same(age('2026-11-20T15:59:59Z'), { ageDays: 0, overdueDays: 0 })
  t.same(age('2026-11-20T16:00:00Z'), { ageDays: 1, overdueDays: 0 }, 'midnight in Shanghai')
  t.same(age('2026-11-25T15:59:59Z'), { ageDays: 5, overdueDays: 0 }, 'the due day itself is in time')
  t.same(age('2026-11-25T16:00:00Z'), { ageDays: 6, overdueDays: 1 })
  t.same(age('2027-05-01T00:00:00Z', '2026-11-27T00:00:00Z'), { ageDays: 7, overdueDays: 2 })
  t.end()
})

const facts = fc
  .array(
    fc.record({
      id: fc.uuid(),
      projectId: fc.constant('p'),
      projectName: fc.constant('九渡水库'),
      description: fc.constant('x'),
      category: fc.constantFrom(...(Object.keys(DIFFICULTY_CATEGORIES) as DifficultyFact['category'][])),
      coordinationLevel: fc.integer({ min: 1, max: 4 }),
      unitInChargeId: fc.constantFrom(UNIT, OTHER),
      unitInChargeName: fc.constant(null),
      dueOn: fc.constantFrom('2026-10-01', '2026-11-30', '2026-12-01'),
      registeredAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-11-30'), noInvalidDate: true }),
      // What is new was not open before.
      standing: fc.constantFrom([true, false], [false, true], [false, false]),
      isOpen: fc.boolean(),
      isSimulated: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((some) => some.map(({ standing: [isNew = false, wasOpen = false], ...fact }) => ({ ...fact, isNew, wasOpen })))

t.test(
  'open at the start, and new, and sent back, less solved, is open at the end; groups add up to the total',
  (t) => {
    fc.assert(
      fc.property(facts, (some) => {
        const { total, byCategory, byLevel, byUnitInCharge, oldest } = analyse('2026-11', some, '2026-11-30')
        const all = [[total], byCategory, byLevel, byUnitInCharge]
        for (const groups of all) {
          for (const one of groups)
            if (one.openAtStart + one.raised + one.reopened - one.solved !== one.openAtEnd) return false
          const sum = (of: 'openAtEnd' | 'raised' | 'overdueAtEnd' | 'solved') =>
            groups.reduce((n, one) => n + one[of], 0)
          for (const of of ['openAtEnd', 'raised', 'overdueAtEnd', 'solved'] as const)
            if (sum(of) !== total[of]) return false
        }
        const ages = oldest.map(({ ageDays }) => ageDays)
        return (
          oldest.length === Math.min(20, total.openAtEnd) &&
          ages.every((age, at) => at === 0 || age <= (ages[at - 1] ?? 0))
        )
      }),
    )
    t.equal(countDifficulties([], '2026-11-30').averageAgeDays, null)
    t.end()
  },
)
