import { RESERVE_STATE_CODES, type ReserveState, STAGE_CODES, type Stage } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import {
  assessEntry,
  assessStep,
  isInPool,
  isNotStarted,
  type PoolEntry,
  type PoolStanding,
  stageAfter,
} from '../../src/domain/reserve-pool.ts'

const TODAY = '2026-11-20'
const entry = (state: ReserveState, fields: Partial<PoolEntry> = {}): PoolEntry => ({
  state,
  decidedOn: TODAY,
  reason: '依据',
  document: '焦发改〔2026〕1号',
  ...fields,
})

t.test('which step follows which', (t) => {
  const rows: [ReserveState | null, ReserveState[]][] = [
    [null, ['proposed', 'added']],
    ['proposed', ['listed', 'notListed', 'withdrawn']],
    ['listed', ['withdrawn']],
    ['notListed', ['proposed', 'added']],
    ['added', ['withdrawn']],
    ['withdrawn', ['proposed', 'added']],
  ]
  for (const [state, next] of rows) {
    const standing = { state, decidedOn: state === null ? null : '2026-01-01', stage: 'reserve' as Stage }
    const allowed = RESERVE_STATE_CODES.filter((to) => assessStep(standing, entry(to)) === undefined)
    t.same(allowed, next, `after ${state}`)
  }
  t.end()
})

t.test('what each entry needs: a reason, a document, a day not after today', (t) => {
  const fieldsOf = (one: PoolEntry) => assessEntry(one, TODAY).map(({ field }) => field)
  const bare = { reason: undefined, document: ' ' }
  t.same(fieldsOf(entry('proposed', bare)), [])
  t.same(fieldsOf(entry('listed', bare)), ['document'])
  t.same(fieldsOf(entry('notListed', bare)), ['reason'])
  t.same(fieldsOf(entry('added', bare)), ['reason', 'document'])
  t.same(fieldsOf(entry('withdrawn', bare)), ['reason'])
  t.same(fieldsOf(entry('proposed', { decidedOn: '2026-11-21' })), ['decidedOn'])
  t.same(fieldsOf(entry('listed', { withStage: true })), ['withStage'])
  t.end()
})

t.test('who has started is no reserve any more, but may be withdrawn', (t) => {
  for (const stage of STAGE_CODES) {
    const refused = assessStep({ state: 'proposed', decidedOn: '2026-01-01', stage }, entry('listed')) !== undefined
    t.equal(refused, !isNotStarted(stage), stage)
    t.equal(assessStep({ state: 'listed', decidedOn: '2026-01-01', stage }, entry('withdrawn')), undefined)
  }
  t.match(
    assessStep(
      { state: 'proposed', decidedOn: '2026-11-01', stage: 'reserve' },
      entry('listed', { decidedOn: '2026-10-31' }),
    ),
    {
      zh: /早于上一次登记/,
    },
  )
  t.end()
})

t.test(
  'whatever is entered: in the pool only by 入库 or 增补, days never run back, 谋划 never stays in the pool',
  (t) => {
    const step = fc.record({
      state: fc.constantFrom(...RESERVE_STATE_CODES),
      decidedOn: fc.constantFrom('2026-01-05', '2026-03-01', '2026-06-30', '2026-11-20', '2026-12-01'),
      reason: fc.constantFrom(undefined, '依据'),
      document: fc.constantFrom(undefined, '文号'),
      withStage: fc.boolean(),
    })
    let listed = 0
    fc.assert(
      fc.property(fc.constantFrom(...STAGE_CODES), fc.array(step, { maxLength: 40, size: 'max' }), (stage, steps) => {
        let standing: PoolStanding = { state: null, decidedOn: null, stage }
        for (const one of steps) {
          if (assessEntry(one, TODAY).length > 0 || assessStep(standing, one) !== undefined) continue
          if (standing.decidedOn !== null && one.decidedOn < standing.decidedOn) return false
          if (isInPool(one.state) && (one.document === undefined || isInPool(standing.state))) return false
          if (one.state === 'listed' && standing.state !== 'proposed') return false
          if (one.state === 'withdrawn' && one.reason === undefined) return false
          standing = {
            state: one.state,
            decidedOn: one.decidedOn,
            stage: stageAfter(standing.stage, one) ?? standing.stage,
          }
          if (isInPool(standing.state) && !['reserve', 'signed', 'preliminary'].includes(standing.stage)) return false
          if (isInPool(standing.state)) listed += 1
        }
        return true
      }),
      { numRuns: 2_000 },
    )
    t.ok(listed > 200, `${listed} times in the pool`)
    t.end()
  },
)
