import { PERSON_ROLES } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import { isWithin, reachOf, serviceActor } from '../src/index.ts'
import { actorOf, PROJECT, UNIT } from './fixtures/app.ts'

/** Province, city and county of GB/T 2260; few of each, so that neighbours and ancestors come up. */
const counties = fc.tuple(
  fc.constantFrom('11', '40', '41'),
  fc.constantFrom('01', '08', '10', '90'),
  fc.constantFrom('01', '10', '71'),
)
const answering = fc.constantFrom('reviewer', 'leader', 'supervisor', 'operator', 'integrator', 'contributor')

t.test('who answers for a region reaches it and all below it, nothing above or beside it', (t) => {
  fc.assert(
    fc.property(counties, counties, answering, fc.nat(2), fc.nat(2), (own, other, role, depth, otherDepth) => {
      const codeOf = (parts: string[], last: number) => parts.map((part, at) => (at <= last ? part : '00')).join('')
      const reach = reachOf(actorOf(role, { regionCode: codeOf(own, depth) }))
      const isBelow = otherDepth >= depth && own.slice(0, depth + 1).every((part, at) => part === other[at])
      return isWithin(reach, { unitId: UNIT, regionCode: codeOf(other, otherDepth) }) === isBelow
    }),
    { numRuns: 1_000 },
  )
  t.end()
})

t.test('the country and our own services reach everything', (t) => {
  for (const actor of [actorOf('supervisor', { regionCode: '100000' }), serviceActor('portal')]) {
    t.ok(isWithin(reachOf(actor), { unitId: UNIT, regionCode: '650102' }), actor.name)
  }
  t.end()
})

t.test('filers and heads reach the projects of their unit wherever it builds, without a unit none at all', (t) => {
  for (const role of PERSON_ROLES) {
    const reaches = (own: string | null, unitId: string | null) =>
      isWithin(reachOf(actorOf(role, { unitId: own, regionCode: '410800' })), { unitId, regionCode: '420100' })
    t.equal(reaches(UNIT, UNIT), role === 'filer' || role === 'head', role)
    t.notOk(reaches(UNIT, PROJECT), `${role}, the project of another unit`)
    t.notOk(reaches(UNIT, null), `${role}, a project of no unit`)
    t.notOk(reaches(null, UNIT), `${role} of no unit`)
    t.notOk(reaches(null, null), `${role} of no unit, a project of no unit`)
  }
  t.end()
})
