import { isDeepStrictEqual } from 'node:util'
import type { NewProject, ProjectPatch } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { isSame } from '../../src/domain/is-same.ts'
import { decideChange, decideRegistration, replay } from '../../src/domain/project-change.ts'
import { newProject } from '../fixtures/service.ts'

const patches = fc.array(
  fc.record(
    {
      name: fc.string({ minLength: 1 }),
      place: fc.option(fc.string()),
      tiers: fc.subarray(['province', 'city', 'county'] as const, { minLength: 1 }),
      totalInvestmentYuan: fc.option(fc.nat()),
      localCodes: fc.array(fc.string(), { maxLength: 3 }),
      yearRoles: fc.array(fc.record({ year: fc.constantFrom(2025, 2026), role: fc.constant('starting' as const) })),
      participants: fc.array(
        fc.record({ role: fc.constant('design' as const), name: fc.string(), creditCode: fc.constant(null) }),
        { maxLength: 2 },
      ),
      leaders: fc.array(
        fc.record({ personId: fc.uuid(), level: fc.constant('city' as const), kind: fc.constant('linked' as const) }),
        { maxLength: 2 },
      ),
      plannedStartOn: fc.option(fc.constantFrom('2026-01-01', '2026-02-01')),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 20 },
)

t.test('replaying the versions gives the project as it was after each of them', (t) => {
  fc.assert(
    fc.property(patches, (changes) => {
      const at = (n: number) => new Date(Date.UTC(2026, 0, 1 + n))
      const registered = decideRegistration('id', newProject('项目') as NewProject, at(0))
      const states = [registered.project]
      const versions = [{ version: 1, at: at(0).toISOString(), changes: registered.changes }]
      for (const [n, patch] of changes.entries()) {
        const last = states.at(-1) ?? registered.project
        const decided = decideChange(last, patch as ProjectPatch, at(n + 1))
        if (decided === undefined) continue
        states.push(decided.project)
        versions.push({ version: decided.project.version, at: at(n + 1).toISOString(), changes: decided.changes })
      }
      for (const [n, state] of states.entries()) t.same(replay('id', versions.slice(0, n + 1)), state)
    }),
    { numRuns: 60 },
  )
  t.equal(replay('id', []), undefined)
  t.end()
})

t.test('a value in another order of keys is no change; another value is', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const reversed = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(reversed)
        if (typeof value !== 'object' || value === null) return value
        return Object.fromEntries(
          Object.entries(value)
            .map(([key, part]) => [key, reversed(part)])
            .reverse(),
        )
      }
      return isSame(a, reversed(a)) && isSame(a, b) === isDeepStrictEqual(a, b)
    }),
  )
  t.end()
})
