import { type Appointment, ProblemError, type Version } from '@tiaodu/types'
import fc from 'fast-check'
import t from 'tap'
import {
  decideAppointment,
  decideEnd,
  decidePersonChange,
  decidePersonRegistration,
  replayPerson,
  type StoredPerson,
} from '../../src/domain/person-change.ts'

const TODAY = '2026-11-20'
const day = fc.constantFrom('2026-11-18', '2026-11-19', TODAY, '2026-11-21')
const role = fc.constantFrom('filer' as const, 'head' as const, 'leader' as const)
const unitId = fc.constantFrom('甲', '乙', '丙')
const steps = fc.array(
  fc.oneof(
    fc.record({ patch: fc.record({ unitId, role, name: fc.string(), leftOn: fc.option(day) }, { requiredKeys: [] }) }),
    fc.record({ appoint: fc.record({ unitId, role, fromOn: day }) }),
    fc.record({ end: fc.nat({ max: 5 }), untilOn: day }),
  ),
  { maxLength: 25, size: 'max' },
)
const isOpen = ({ untilOn }: Appointment) => untilOn === null

const register = () =>
  decidePersonRegistration(
    'id',
    { name: '张三', unitId: '甲', role: 'filer', email: null },
    { today: '2026-11-18', appointmentId: '0', isSimulated: false },
  )

t.test(
  'whatever happens to a person: one open main appointment while in office, none after leaving, and a replay is the person',
  (t) => {
    let ids = 0
    let leaves = 0
    const newId = () => String(++ids)
    fc.assert(
      fc.property(steps, (played) => {
        const first = register()
        let person: StoredPerson = first.person
        const versions: Pick<Version, 'version' | 'changes'>[] = [{ version: 1, changes: first.changes }]
        for (const step of played) {
          try {
            const decided =
              'patch' in step
                ? decidePersonChange(person, step.patch, { today: TODAY, newId })
                : 'appoint' in step
                  ? decideAppointment(person, { id: newId(), ...step.appoint }, TODAY)
                  : decideEnd(person, person.appointments[step.end]?.id ?? 'none', step.untilOn, TODAY)
            if (decided === undefined) continue
            person = decided.person
            versions.push({ version: person.version, changes: decided.changes })
          } catch (error) {
            if (!(error instanceof ProblemError)) throw error
          }
          const open = person.appointments.filter(isOpen)
          const main = open.filter(({ isMain }) => isMain)
          if (person.leftOn !== null) leaves += 1
          if (person.leftOn !== null && open.length > 0) return false
          if (person.leftOn === null && main.length !== 1) return false
          if (main.some((one) => one.unitId !== person.unitId || one.role !== person.role)) return false
          if (new Set(open.map((one) => `${one.unitId} ${one.role}`)).size !== open.length) return false
          if (person.appointments.some(({ fromOn, untilOn }) => untilOn !== null && untilOn < fromOn)) return false
        }
        t.same(replayPerson('id', versions), person)
        return true
      }),
      { numRuns: 300 },
    )
    t.ok(leaves > 200, `people left in ${leaves} states`)
    t.end()
  },
)

t.test('who left cannot be appointed; taking it back restores what ended with it', (t) => {
  const { person } = register()
  const two = decideAppointment(person, { id: '1', unitId: '乙', role: 'contact', fromOn: '2026-11-19' }, TODAY).person
  const gone = decidePersonChange(two, { leftOn: TODAY }, { today: TODAY, newId: () => '2' })?.person
  if (gone === undefined) throw new Error('leaving is a change')
  t.same(
    gone.appointments.map(({ untilOn }) => untilOn),
    [TODAY, TODAY],
  )
  const appointment = { id: '3', unitId: '丙', role: 'leader' as const, fromOn: TODAY }
  t.throws(() => decideAppointment(gone, appointment, TODAY), { code: 'validation-failed', faults: [{ field: 'id' }] })
  for (const patch of [{ unitId: '乙' }, { role: 'head' as const }]) {
    t.throws(() => decidePersonChange(gone, patch, { today: TODAY, newId: () => '4' }), {
      code: 'validation-failed',
      faults: [{ field: Object.keys(patch)[0] ?? '' }],
    })
  }
  const back = decidePersonChange(gone, { leftOn: null }, { today: TODAY, newId: () => '5' })?.person
  t.same(back?.appointments, two.appointments)
  t.end()
})
