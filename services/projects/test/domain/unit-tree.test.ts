import { ProblemError } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { decideUnitChange, decideUnitMove, decideUnitRegistration, replayUnit } from '../../src/domain/unit-change.ts'
import { assessKinds, assessUnitMove, parentsOn, type Standing } from '../../src/domain/unit-tree.ts'
import type { Changes } from '../../src/domain/versions.ts'

const DAYS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'] as const
const UNITS = 5
const index = fc.nat({ max: UNITS - 1 })
const day = fc.nat({ max: DAYS.length - 1 })
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('register' as const), unit: index, parent: fc.constant(null), on: day }),
    fc.record({ kind: fc.constant('move' as const), unit: index, parent: fc.option(index), on: day }),
    fc.record({ kind: fc.constant('rename' as const), unit: index, name: fc.string({ minLength: 1 }) }),
  ),
  { maxLength: 40, size: 'max' },
)

const hasCycle = (parents: ReadonlyMap<string, string | null>) =>
  [...parents.keys()].some((start) => {
    const seen = new Set<string>()
    for (let at: string | null = start; at !== null; at = parents.get(at) ?? null) {
      if (seen.has(at)) return true
      seen.add(at)
    }
    return false
  })

type Step = typeof steps extends fc.Arbitrary<infer S extends readonly unknown[]> ? S[number] : never
type Decided = ReturnType<typeof decideUnitRegistration>
const TODAY = '2026-05-01'

/** What a step decides on; undefined when there is no such unit, or the rules refuse. */
function decide(step: Step, units: ReadonlyMap<string, Decided['unit']>, standings: readonly Standing[]) {
  const id = String(step.unit)
  const current = units.get(id)
  const parentId = 'parent' in step && step.parent !== null ? String(step.parent) : null
  if (parentId !== null && !units.has(parentId)) return undefined
  if (step.kind === 'register') {
    const fields = { name: `${id}局`, regionCode: '410800', parentId }
    const about = { today: DAYS[step.on] ?? TODAY, isSimulated: false }
    return current === undefined ? decideUnitRegistration(id, fields, about) : undefined
  }
  if (current === undefined) return undefined
  if (step.kind === 'rename') return decideUnitChange(current, { name: step.name })
  const move = { parentId, movedOn: DAYS[step.on] ?? TODAY }
  try {
    assessUnitMove(standings, { unitId: id, ...move }, TODAY)
    return decideUnitMove(current, move)
  } catch (error) {
    if (error instanceof ProblemError) return 'refused'
    throw error
  }
}

/** Plays steps on four units as the operations do: what the rules refuse does not happen. */
function play(played: readonly Step[]) {
  const units = new Map<string, Decided['unit']>()
  const versions = new Map<string, { version: number; changes: Changes }[]>()
  const standings: Standing[] = []
  const counts = { refused: 0, moved: 0 }
  const begin = [0, 1, 2, 3].map((unit) => ({ kind: 'register' as const, unit, parent: null, on: 0 }))
  for (const step of [...begin, ...played]) {
    const decided = decide(step, units, standings)
    if (decided === 'refused') counts.refused += 1
    if (decided === undefined || decided === 'refused') continue
    const { unit, changes } = decided
    units.set(unit.id, unit)
    versions.set(unit.id, [...(versions.get(unit.id) ?? []), { version: unit.version, changes }])
    if (step.kind === 'move') counts.moved += 1
    if (step.kind === 'rename') continue
    const { id: unitId, version, parentId, parentSince: since } = unit
    standings.push({ unitId, version, parentId, since })
  }
  return { units, versions, standings, ...counts }
}

t.test('no sequence of registrations and moves makes a cycle, neither today nor on any day of the past', (t) => {
  let refusals = 0
  let moves = 0
  fc.assert(
    fc.property(steps, (played) => {
      const { standings, refused, moved } = play(played)
      refusals += refused
      moves += moved
      return DAYS.every((on) => !hasCycle(parentsOn(standings, on)))
    }),
    { numRuns: 1_000 },
  )
  t.ok(refusals > 1_000 && moves > 1_000, `the sequences move units (${moves}) and are refused (${refusals})`)
  t.end()
})

t.test('replaying the versions of a unit gives the unit as it is today', (t) => {
  fc.assert(
    fc.property(steps, (played) => {
      const { units, versions } = play(played)
      for (const [id, unit] of units) t.same(replayUnit(id, versions.get(id) ?? []), unit)
    }),
    { numRuns: 200 },
  )
  t.equal(replayUnit('id', []), undefined)
  t.end()
})

const stand = (unitId: string, parentId: string | null, since: string, version = 1): Standing => ({
  unitId,
  version,
  parentId,
  since,
})
const fieldOf = (standings: readonly Standing[], unitId: string, parentId: string | null, movedOn: string) => {
  try {
    assessUnitMove(standings, { unitId, parentId, movedOn }, TODAY)
  } catch (error) {
    return error instanceof ProblemError ? error.faults[0]?.field : error
  }
}

t.test('a move lies between the last one and today, goes somewhere else, and never below the unit itself', (t) => {
  const tree = [stand('a', null, '2026-01-01'), stand('b', 'a', '2026-02-01'), stand('c', 'b', '2026-02-01')]
  t.equal(fieldOf(tree, 'c', 'a', '2026-02-01'), undefined)
  t.equal(fieldOf(tree, 'c', null, TODAY), undefined)
  t.equal(fieldOf(tree, 'c', 'a', '2026-05-02'), 'movedOn', 'the future')
  t.equal(fieldOf(tree, 'c', 'a', '2026-01-31'), 'movedOn', 'before it stood where it stands')
  t.equal(fieldOf(tree, 'c', 'b', TODAY), 'parentId', 'where it stands already')
  t.equal(fieldOf(tree, 'a', 'a', TODAY), 'parentId', 'itself')
  t.equal(fieldOf(tree, 'a', 'c', TODAY), 'parentId', 'what stands below it')
  t.equal(fieldOf([...tree, stand('d', null, '2026-04-01')], 'c', 'd', '2026-03-01'), 'movedOn', 'a parent to come')
  t.end()
})

t.test('a move into the past makes no cycle on a later day, though today’s tree would allow it', (t) => {
  // b stood below a until March; a below b from February on would have been a cycle until then.
  const tree = [stand('a', null, '2026-01-01'), stand('b', 'a', '2026-01-01'), stand('b', null, '2026-03-01', 2)]
  t.equal(fieldOf(tree, 'a', 'b', '2026-02-01'), 'parentId')
  t.equal(fieldOf(tree, 'a', 'b', '2026-03-01'), undefined)
  t.end()
})

t.test('a unit stands under one of its own kind or a higher one', (t) => {
  const allowed = (...parts: Parameters<typeof assessKinds>) => {
    try {
      assessKinds(...parts)
      return true
    } catch {
      return false
    }
  }
  const kinds = ['city', 'district', 'department', 'responsibleUnit'] as const
  for (const [above, high] of kinds.entries()) {
    for (const [below, low] of kinds.entries()) {
      t.equal(allowed(low, { above: high, below: [] }, 'parentId'), above <= below, `${low} under ${high}`)
      t.equal(allowed(high, { above: undefined, below: [low] }, 'kind'), above <= below, `${high} above ${low}`)
    }
  }
  t.end()
})
