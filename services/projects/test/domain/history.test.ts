import type { NewProject, ProjectPatch } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
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
