import { connect } from '@tiaodu/database'
import { appendEvents } from '@tiaodu/messaging/outbox'
import type { EventPayload, NewEvent, Person, PersonalChannel, Unit } from '@tiaodu/types'
import { createCallers, toActor } from '../../demo/callers.ts'
import { forEach } from '../../demo/month.ts'
import type { System } from '../../local/system.ts'

// `npm run test:faults` takes 500 units, `npm test` has less time.
export const UNITS = Number(process.env.FAULT_UNITS ?? 100)
export const PROJECTS = UNITS * 10
const COUNTS = { filer: UNITS, head: UNITS, leader: 5, supervisor: 2, operator: 1 }
type Role = keyof typeof COUNTS
const ROLES = Object.keys(COUNTS) as Role[]
export const PEOPLE = Object.values(COUNTS).reduce((sum, count) => sum + count)

const REGION = { regionCode: '410800', regionName: '焦作市' }
const IN_ONE_EVENT = 200

/** The people of a role, each as `filer 12`. */
export const everybody = (role: Role): string[] => Array.from({ length: COUNTS[role] }, (_, n) => `${role} ${n}`)

/** Every second one wants text messages and no mail, the others mail and no text messages. */
export const wishOf = (person: string): PersonalChannel => (Number(person.split(' ')[1]) % 2 === 0 ? 'sms' : 'email')

const addressOf = (role: Role, n: number) => `${role}.${n}@faults.example`
const mobileOf = (role: Role, n: number) => `13${ROLES.indexOf(role)}${String(n).padStart(8, '0')}`
/** Whose address or number it is. */
export const personAt = (to: string): string =>
  to.includes('@') ? to.replace(/@.*/, '').replace('.', ' ') : `${ROLES[Number(to[2])]} ${Number(to.slice(3))}`

const uuidOf = (n: number) => `01932f5e-0000-7000-9000-${String(n).padStart(12, '0')}`

/** Registers the units with a filer and a head each, and the office of the others, over the API; each says how they want to be told. */
export async function registerCrowd(system: System) {
  const callers = createCallers(system)
  const client = await callers.asService()
  const createUnit = (name: string) => client.createUnit({ body: { name, ...REGION } })
  const createPerson = async (unit: Unit, role: Role, n: number): Promise<Person> => {
    const reach = { email: addressOf(role, n), mobile: mobileOf(role, n) }
    const person = await client.createPerson({ body: { name: `${role} ${n}`, unitId: unit.id, role, ...reach } })
    const own = await callers.as(toActor(person, unit))
    const body = { channels: [wishOf(person.name)], digestTime: null, quietHours: null }
    for (const kind of ['reminder', 'overdue'] as const) await own.putPreference({ params: { kind }, body })
    return person
  }
  const numbers = Array.from({ length: UNITS }, (_, n) => n)
  const units: { readonly unit: Unit; readonly filerId: string }[] = []
  await forEach(numbers, async (n) => {
    const unit = await createUnit(`第${n}局`)
    const filer = await createPerson(unit, 'filer', n)
    await createPerson(unit, 'head', n)
    units[n] = { unit, filerId: filer.id }
    return true
  })
  const office = await createUnit('重点办')
  const leaders: string[] = []
  for (let n = 0; n < COUNTS.leader; n++) leaders.push((await createPerson(office, 'leader', n)).id)
  for (let n = 0; n < COUNTS.supervisor; n++) await createPerson(office, 'supervisor', n)
  const operator = toActor(await createPerson(office, 'operator', 0), office)
  return { units, leaders, operator: await callers.as(operator) }
}
export type Crowd = Awaited<ReturnType<typeof registerCrowd>>

/** Tells the other services of ten projects for each unit as the loading of a list does: through the outbox of the project library. */
export async function tellProjects(databaseUrl: string, { units, leaders }: Crowd): Promise<void> {
  const projects = Array.from({ length: PROJECTS }, (_, n): EventPayload<'project.changed.v1'> => {
    const responsible = units[n % UNITS]
    return {
      ...{ projectId: uuidOf(n), version: 1, name: `项目${n}`, ...REGION, category: '交通', tiers: ['city'] },
      ...{ stage: 'building', assessmentClass: 'assessed', totalInvestmentYuan: 100_000_000 },
      responsibleUnitId: responsible?.unit.id ?? null,
      responsibleUnitName: responsible?.unit.name ?? null,
      filerId: responsible?.filerId ?? null,
      leaderId: leaders[n % COUNTS.leader] ?? null,
    }
  })
  const events = Array.from({ length: Math.ceil(PROJECTS / IN_ONE_EVENT) }, (_, n): NewEvent => {
    const loaded = projects.slice(n * IN_ONE_EVENT, (n + 1) * IN_ONE_EVENT)
    return { name: 'projects.loaded.v1', payload: { projects: loaded } }
  })
  const database = connect({ url: databaseUrl, schema: 'projects' })
  await appendEvents(database.kysely, events, new Date())
  await database.close()
}
