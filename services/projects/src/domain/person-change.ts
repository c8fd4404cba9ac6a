import { type Appointment, type NewPerson, type Person, type PersonPatch, refuse, type Version } from '@tiaodu/types'
import { type Changes, replayFields, toChanges } from './versions.ts'

/** Everything stored of a person; the region is that of the unit. */
export interface StoredPerson extends Omit<Person, 'regionCode'> {
  readonly appointments: readonly Appointment[]
}
type Entered = Omit<StoredPerson, 'id' | 'version'>
type Decided = { readonly person: StoredPerson; readonly changes: Changes }

const NOTHING_KNOWN: Entered = {
  name: '',
  unitId: '',
  role: 'filer',
  email: null,
  mobile: null,
  leftOn: null,
  isSimulated: false,
  appointments: [],
}
const FIELDS = Object.keys(NOTHING_KNOWN) as (keyof Entered)[]

const toDecided = (current: StoredPerson, fields: Partial<Entered>): Decided => {
  const person = { ...current, ...fields, version: current.version + 1 }
  return { person, changes: toChanges(FIELDS, current, person) }
}

/** A person as first registered, in office since that day. */
export function decidePersonRegistration(
  id: string,
  fields: NewPerson,
  about: { today: string; appointmentId: string; isSimulated: boolean },
): Decided {
  const { unitId, role } = fields
  const main = { id: about.appointmentId, unitId, role, isMain: true, fromOn: about.today, untilOn: null }
  const entered = { ...NOTHING_KNOWN, ...fields, isSimulated: about.isSimulated, appointments: [main] }
  const person = { ...entered, id, version: 1 }
  return { person, changes: toChanges(FIELDS, NOTHING_KNOWN, person) }
}

function refuseLeaving(leftOn: string, appointments: readonly Appointment[], today: string): void {
  if (leftOn > today) {
    throw refuse('validation-failed', 'leftOn', { zh: '离任日期不能晚于今天', en: 'The day lies in the future' })
  }
  const later = appointments.find(({ fromOn, untilOn }) => untilOn === null && fromOn > leftOn)
  if (later === undefined) return
  throw refuse('validation-failed', 'leftOn', {
    zh: `${later.fromOn} 还有任职，离任不能更早`,
    en: `There is an appointment since ${later.fromOn}, so the person cannot have left before`,
  })
}

const refuseAppointing = (field: string) =>
  refuse('validation-failed', field, { zh: '此人已离任，不能任职', en: 'A person who left cannot be appointed' })

// Of what ended on the day of leaving, what had not given way to another appointment that same day.
function resume({ appointments, leftOn }: StoredPerson): readonly Appointment[] {
  const main = appointments.findLast(({ isMain }) => isMain)
  const isLast = (one: Appointment) =>
    one === appointments.findLast(({ unitId, role }) => unitId === one.unitId && role === one.role)
  return appointments.map((one) =>
    one.untilOn === leftOn && isLast(one) && (!one.isMain || one === main) ? { ...one, untilOn: null } : one,
  )
}

/** What leaving, or taking it back, makes of the appointments: they end, and begin again, with the person. */
function followLeaving(current: StoredPerson, leftOn: string | null, today: string): readonly Appointment[] {
  if (leftOn === current.leftOn) return current.appointments
  const followed = current.leftOn === null ? current.appointments : resume(current)
  if (leftOn === null) return followed
  refuseLeaving(leftOn, followed, today)
  return followed.map((one) => (one.untilOn === null ? { ...one, untilOn: leftOn } : one))
}

/** The person after a change, or undefined when nothing differs. @throws validation-failed */
export function decidePersonChange(
  current: StoredPerson,
  patch: Omit<PersonPatch, 'reason'>,
  { today, newId }: { today: string; newId: () => string },
): Decided | undefined {
  const { unitId = current.unitId, role = current.role, leftOn = current.leftOn } = patch
  let appointments = followLeaving(current, leftOn, today)
  if (unitId !== current.unitId || role !== current.role) {
    if (leftOn !== null) throw refuseAppointing(unitId === current.unitId ? 'role' : 'unitId')
    const givesWay = (one: Appointment) => one.isMain || (one.unitId === unitId && one.role === role)
    appointments = [
      ...appointments.map((one) => (one.untilOn === null && givesWay(one) ? { ...one, untilOn: today } : one)),
      { id: newId(), unitId, role, isMain: true, fromOn: today, untilOn: null },
    ]
  }
  const decided = toDecided(current, { ...patch, appointments })
  return decided.changes.length === 0 ? undefined : decided
}

/** The person with a further appointment. @throws validation-failed, already-exists */
export function decideAppointment(
  current: StoredPerson,
  appointment: Pick<Appointment, 'id' | 'unitId' | 'role' | 'fromOn'>,
  today: string,
): Decided {
  const { unitId, role, fromOn } = appointment
  if (current.leftOn !== null) throw refuseAppointing('id')
  if (fromOn > today) {
    throw refuse('validation-failed', 'fromOn', { zh: '任职日期不能晚于今天', en: 'The day lies in the future' })
  }
  if (current.appointments.some((one) => one.untilOn === null && one.unitId === unitId && one.role === role)) {
    throw refuse('already-exists', 'role', { zh: '此人在该单位已任此职', en: 'The person has this role there already' })
  }
  return toDecided(current, {
    appointments: [...current.appointments, { ...appointment, isMain: false, untilOn: null }],
  })
}

/** The person with one appointment ended. @throws not-found, validation-failed */
export function decideEnd(
  current: StoredPerson,
  appointmentId: string,
  untilOn: string,
  today: string,
): Decided & { readonly ended: Appointment } {
  const found = current.appointments.find(({ id }) => id === appointmentId)
  if (found === undefined) {
    throw refuse('not-found', 'appointmentId', { zh: '没有这项任职', en: 'There is no such appointment' })
  }
  if (found.isMain || found.untilOn !== null) {
    throw refuse('validation-failed', 'appointmentId', {
      zh: found.isMain ? '主要任职随人员的单位、角色或离任变更' : '这项任职已经结束',
      en: found.isMain ? 'The main appointment changes with the person' : 'It has ended already',
    })
  }
  if (untilOn < found.fromOn || untilOn > today) {
    throw refuse('validation-failed', 'untilOn', {
      zh: `应在 ${found.fromOn} 与今天之间`,
      en: `It lies between ${found.fromOn} and today`,
    })
  }
  const ended = { ...found, untilOn }
  const appointments = current.appointments.map((one) => (one === found ? ended : one))
  return { ...toDecided(current, { appointments }), ended }
}

/** The person as the versions, oldest first, have left it. */
export function replayPerson(
  id: string,
  versions: readonly Pick<Version, 'version' | 'changes'>[],
): StoredPerson | undefined {
  const last = versions.at(-1)
  return last && { ...replayFields(NOTHING_KNOWN, versions), id, version: last.version }
}
