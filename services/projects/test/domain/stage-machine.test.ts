import { type Evidence, type NewStageMove, ProblemError, STAGE_CODES, type Stage } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { CHAIN, type Standing } from '../../src/domain/move-kind.ts'
import { assessMove, EVIDENCE_OF, listAllowedMoves } from '../../src/domain/stage-machine.ts'

const TODAY = '2026-11-20'
const asking = { actorId: 'me', today: TODAY }
const at = (stage: Stage, suspendedFrom: Stage | null = null): Standing => ({
  stage,
  since: '2026-01-01',
  suspendedFrom,
})
const all = Object.values(EVIDENCE_OF).map((kind): Evidence => ({ kind, reference: '发改〔2026〕1号' }))
const whole: Omit<NewStageMove, 'to'> = {
  movedOn: '2026-11-01',
  reason: '原因',
  evidence: all,
  approverId: 'somebody else',
}

/** What an attempt is refused with: the code and the fields that are missing. */
function refusal(standing: Standing, move: NewStageMove): string[] | undefined {
  try {
    assessMove(standing, move, asking)
    return undefined
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return [error.code, ...error.faults.map(({ field }) => field)]
  }
}

t.test('with everything that a move can need, these stages can be reached and no others', (t) => {
  const forward: Partial<Record<Stage, Stage[]>> = {
    planning: ['reserve'],
    reserve: ['signed', 'preliminary'],
    signed: ['preliminary'],
    preliminary: ['newlyStarted'],
    newlyStarted: ['building'],
    building: ['finishing', 'completed'],
    finishing: ['completed'],
    completed: ['producing'],
    producing: ['performing'],
    withdrawn: ['reserve'],
    suspended: ['building'],
  }
  const suspendable: Stage[] = ['signed', 'preliminary', 'newlyStarted', 'building', 'finishing']
  for (const from of STAGE_CODES) {
    const place = CHAIN.indexOf(from as never)
    const expected: Stage[] = [
      ...(forward[from] ?? []),
      ...(place < 0 ? [] : CHAIN.slice(0, place)),
      ...(suspendable.includes(from) ? (['suspended'] as const) : []),
      ...(from === 'withdrawn' ? [] : (['withdrawn'] as const)),
    ]
    const standing = at(from, from === 'suspended' ? 'building' : null)
    const reached = STAGE_CODES.filter((to) => refusal(standing, { ...whole, to }) === undefined)
    t.same(reached.sort(), expected.sort(), `from ${from}`)
  }
  t.end()
})

t.test('what a move lacks is named, all at once', (t) => {
  const bare = { movedOn: '2026-11-01' }
  t.same(refusal(at('planning'), { ...bare, to: 'reserve' }), ['validation-failed', 'evidence'])
  t.same(refusal(at('building'), { ...bare, to: 'signed' }), ['validation-failed', 'reason', 'approverId'])
  t.same(refusal(at('building'), { ...whole, to: 'signed', approverId: 'me' }), ['validation-failed', 'approverId'])
  t.same(refusal(at('building'), { ...bare, to: 'suspended' }), ['validation-failed', 'reason'])
  t.same(refusal(at('building'), { ...bare, to: 'withdrawn' }), ['validation-failed', 'reason'])
  t.same(refusal(at('withdrawn'), { ...bare, to: 'reserve' }), ['validation-failed', 'reason', 'evidence'])
  t.same(refusal(at('planning'), { ...whole, to: 'completed' }), ['move-forbidden', 'to'])
  t.same(refusal(at('building'), { ...bare, to: 'building' }), ['move-forbidden', 'to'])
  t.same(refusal(at('suspended', 'signed'), { ...whole, to: 'building' }), ['move-forbidden', 'to'])
  t.end()
})

t.test(
  'what is told to be allowed is what is allowed: with all it needs a move passes, without any of it none does',
  (t) => {
    const standings = STAGE_CODES.flatMap((stage) =>
      stage === 'suspended' ? [...CHAIN, null].map((from) => at(stage, from)) : [at(stage)],
    )
    for (const standing of standings) {
      const from = `from ${standing.stage} ${standing.suspendedFrom ?? ''}`
      const allowed = listAllowedMoves(standing)
      const reached = STAGE_CODES.filter((to) => refusal(standing, { ...whole, to }) === undefined)
      t.same(allowed.map(({ to }) => to).sort(), reached.sort(), from)
      for (const { to, needs, evidenceKind } of allowed) {
        t.equal(needs.includes('evidence'), evidenceKind !== null, `${from} to ${to}`)
        const parts = {
          reason: { reason: '原因' },
          approver: { approverId: 'somebody else' },
          evidence: { evidence: all.filter(({ kind }) => kind === evidenceKind) },
        }
        const move = (given: typeof needs): NewStageMove =>
          Object.assign({ to, movedOn: '2026-11-01' }, ...given.map((need) => parts[need]))
        t.equal(refusal(standing, move(needs)), undefined, `${from} to ${to} with ${needs.join()}`)
        for (const left of needs) {
          const field = left === 'approver' ? 'approverId' : left
          t.same(refusal(standing, move(needs.filter((need) => need !== left))), ['validation-failed', field])
        }
      }
    }
    t.end()
  },
)

t.test('what a list calls suspended, without saying since which stage, comes back with reason and evidence', (t) => {
  const kinds = Object.fromEntries(listAllowedMoves(at('suspended')).map(({ to, kind }) => [to, kind]))
  const comeback = { signed: 'comeback', preliminary: 'comeback', newlyStarted: 'comeback' }
  t.same(kinds, { ...comeback, building: 'comeback', finishing: 'comeback', withdrawn: 'withdrawal' })
  t.end()
})

t.test('a move lies between the last one and today', (t) => {
  const moved = (movedOn: string) => refusal(at('planning'), { ...whole, to: 'reserve', movedOn })
  t.equal(moved('2026-01-01'), undefined)
  t.equal(moved(TODAY), undefined)
  t.same(moved('2025-12-31'), ['validation-failed', 'movedOn'])
  t.same(moved('2026-11-21'), ['validation-failed', 'movedOn'])
  t.end()
})

t.test('on no path does a project get further than it has been without the evidence of every stage', (t) => {
  const moves = fc.array(
    fc.record({
      to: fc.constantFrom(...STAGE_CODES),
      evidence: fc.subarray(all),
      reason: fc.option(fc.constant('原因'), { nil: undefined }),
      approverId: fc.constantFrom('me', 'somebody else', undefined),
    }),
    { minLength: 1, maxLength: 60 },
  )
  fc.assert(
    fc.property(moves, (attempts) => {
      let standing = at('planning')
      let furthest = 0
      const shown = new Set<string>()
      for (const { reason, approverId, ...rest } of attempts) {
        const move: NewStageMove = {
          ...rest,
          movedOn: '2026-11-01',
          ...(reason === undefined ? {} : { reason }),
          ...(approverId === undefined ? {} : { approverId }),
        }
        if (refusal(standing, move) !== undefined) continue
        for (const { kind } of rest.evidence) shown.add(kind)
        const reached = CHAIN.indexOf(move.to as never)
        if (reached > furthest) {
          furthest = reached
          const needed = EVIDENCE_OF[move.to]
          if (needed !== undefined && !shown.has(needed)) return false
        }
        standing = at(move.to, standing.stage)
      }
      return true
    }),
    { numRuns: 2_000 },
  )
  t.end()
})
