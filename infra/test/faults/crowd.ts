import { connect } from '@tiaodu/database'
import { appendEvents } from '@tiaodu/messaging/outbox'
import type { EventPayload, NewEvent, PersonRole, Unit } from '@tiaodu/types'
import { createCallers, toActor } from '../../demo/callers.ts'
import { forEach } from '../../demo/month.ts'
import type { System } from '../../local/system.ts'

// `npm run test:faults` takes 500 units, `npm test` has less time.
export const UNITS = Number(process.env.FAULT_UNITS ?? 100)
export const PROJECTS = UNITS * 10
export const LEADERS = 5

const REGION = { regionCode: '410800', regionName: '焦作市' }
const IN_ONE_EVENT = 200

const uuidOf = (n: number) => `01932f5e-0000-7000-9000-${String(n).padStart(12, '0')}`

/** Registers the units with a filer and a head each, and an office with leaders, a supervisor and an operator, over the API. */
export async function registerCrowd(system: System) {
  const callers = createCallers(system)
  const client = await callers.asService()
  const createUnit = (name: string) => client.createUnit({ body: { name, ...REGION } })
  const createPerson = ({ id: unitId }: Unit, role: PersonRole, n: number) =>
    client.createPerson({ body: { name: `${role} ${n}`, unitId, role, email: `${role}.${n}@faults.example` } })
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
  for (let n = 0; n < LEADERS; n++) leaders.push((await createPerson(office, 'leader', n)).id)
  await createPerson(office, 'supervisor', 0)
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
      leaderId: leaders[n % LEADERS] ?? null,
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
