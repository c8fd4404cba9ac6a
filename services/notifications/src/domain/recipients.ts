import { type PersonRole, RUNGS, type Rung } from '@tiaodu/types'

/** A person as this service knows them. */
export interface KnownPerson {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly role: PersonRole
  readonly regionCode: string
}

/** What of a project decides who hears of it. */
export interface Responsible {
  readonly unitId: string | null
  readonly regionCode: string
  readonly filerId: string | null
  readonly leaderId: string | null
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
const covers = (regionCode: string, other: string): boolean => other.startsWith(regionCode.replace(/(00){1,2}$/, ''))

function onRung(rung: Rung, project: Responsible, directory: Directory): readonly KnownPerson[] {
  const named = (id: string | null) =>
    [id === null ? undefined : directory.find(id)].filter((person) => person !== undefined)
  const inUnit = (role: PersonRole) => (project.unitId === null ? [] : directory.inUnit(project.unitId, role))
  switch (rung) {
    case 'filer': {
      const filer = named(project.filerId)
      return filer.length > 0 ? filer : inUnit('filer')
    }
    case 'head':
      return inUnit('head')
    case 'leader':
      return named(project.leaderId)
    case 'supervisor':
      return directory.withRole('supervisor').filter(({ regionCode }) => covers(regionCode, project.regionCode))
  }
}

/** The people of a rung; a rung with nobody passes to the next one up. `found` is null when even the last has nobody. */
export function resolveRung(
  rung: Rung,
  project: Responsible,
  directory: Directory,
): { readonly found: Rung | null; readonly people: readonly KnownPerson[] } {
  for (const candidate of RUNGS.slice(RUNGS.indexOf(rung))) {
    const people = onRung(candidate, project, directory)
    if (people.length > 0) return { found: candidate, people }
  }
  return { found: null, people: [] }
}
