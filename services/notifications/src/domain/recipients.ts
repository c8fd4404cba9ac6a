import { type PersonRole, type PolicyRole, RUNGS, type Rung } from '@tiaodu/types'

/** A person as this service knows them. */
export interface KnownPerson {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly role: PersonRole
  readonly regionCode: string
}

/** What of a project decides who hears of it, and who does the step or settles the difficulty that it is about. */
export interface Responsible {
  readonly unitId: string | null
  readonly regionCode: string
  readonly filerId: string | null
  readonly leaderId: string | null
  readonly doerId?: string | null
  readonly doerUnitId?: string | null
}

/** People by what they are looked up by. */
export interface Directory {
  find(id: string): KnownPerson | undefined
  inUnit(unitId: string, role: PersonRole): readonly KnownPerson[]
  withRole(role: PersonRole): readonly KnownPerson[]
}

export function createDirectory(people: readonly KnownPerson[]): Directory {
  const byId = new Map(people.map((person) => [person.id, person]))
  const groups = new Map<string, KnownPerson[]>()
  for (const person of people) {
    for (const key of [person.role, `${person.unitId} ${person.role}`]) {
      const group = groups.get(key) ?? []
      group.push(person)
      groups.set(key, group)
    }
  }
  return {
    find: (id) => byId.get(id),
    inUnit: (unitId, role) => groups.get(`${unitId} ${role}`) ?? [],
    withRole: (role) => groups.get(role) ?? [],
  }
}

/** Whether a region's people watch over another region: 410800 over all of 4108xx. */
export const covers = (regionCode: string, other: string): boolean =>
  other.startsWith(regionCode.replace(/(00){1,2}$/, ''))

const overRegion = (role: PersonRole, { regionCode }: Responsible, directory: Directory) =>
  directory.withRole(role).filter((person) => covers(person.regionCode, regionCode))

function onRung(rung: Rung, project: Responsible, directory: Directory): readonly KnownPerson[] {
  const named = (id: string | null) =>
    [id === null ? undefined : directory.find(id)].filter((person) => person !== undefined)
  const inUnit = (role: PersonRole) => (project.unitId === null ? [] : directory.inUnit(project.unitId, role))
  switch (rung) {
    case 'filer': {
      // Who has gone to another unit reports its projects, no longer these.
      const filer = named(project.filerId).filter(({ unitId }) => project.unitId === null || unitId === project.unitId)
      return filer.length > 0 ? filer : inUnit('filer')
    }
    case 'head':
      return inUnit('head')
    case 'leader':
      return named(project.leaderId)
    case 'supervisor':
      return overRegion('supervisor', project, directory)
  }
}

interface Found<Role> {
  /** Null when even the last rung has nobody. */
  readonly found: Role | null
  readonly people: readonly KnownPerson[]
}

/** The people of a rung; a rung with nobody passes to the next one up. */
function resolveRung(rung: Rung, project: Responsible, directory: Directory): Found<Rung> {
  for (const candidate of RUNGS.slice(RUNGS.indexOf(rung))) {
    const people = onRung(candidate, project, directory)
    if (people.length > 0) return { found: candidate, people }
  }
  return { found: null, people: [] }
}

/** Who does the step, or the head of the unit that settles the difficulty; there need not be anybody. */
function findDoers({ doerId, doerUnitId }: Responsible, directory: Directory): readonly KnownPerson[] {
  const person = doerId ? directory.find(doerId) : undefined
  if (person !== undefined) return [person]
  return doerUnitId ? [...directory.inUnit(doerUnitId, 'head'), ...directory.inUnit(doerUnitId, 'filer')] : []
}

/** The people whom a policy tells; without a reviewer or an operator the supervisors hear of it. */
export function resolveRole(role: PolicyRole, project: Responsible, directory: Directory): Found<PolicyRole> {
  if (role === 'doer') return { found: role, people: findDoers(project, directory) }
  if (role !== 'reviewer' && role !== 'operator') return resolveRung(role, project, directory)
  const people = overRegion(role, project, directory)
  return people.length > 0 ? { found: role, people } : resolveRung('supervisor', project, directory)
}
