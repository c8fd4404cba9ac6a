import { isWithin, type Reach } from '@tiaodu/service'
import { type Fault, ProblemError, type Words } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { lockProjectsNamed, type NamedProject } from '../repositories/named-projects.repository.ts'

const UNKNOWN: Words = { zh: '没有这个项目', en: 'There is no such project' }
const OUTSIDE: Words = { zh: '该项目属于其他单位或区域', en: 'This project belongs to another unit or region' }
const TWICE: Words = { zh: '与前面的是同一个项目', en: 'This is the same project as one before' }

/**
 * The projects that ids and project codes name, in their order, held until the transaction ends.
 * @throws unknown-reference naming every key that names none, one out of reach or one that stands twice
 */
export async function findNamed(
  trx: Transaction<DB>,
  { keys, fieldOf }: { keys: readonly string[]; fieldOf: (at: number) => string },
  reach: Reach,
): Promise<NamedProject[]> {
  const known = new Map<string, NamedProject>()
  for (const project of await lockProjectsNamed(trx, keys)) {
    known.set(project.id, project)
    if (project.code !== null) known.set(project.code, project)
  }
  const taken = new Set<string>()
  const faults: Fault[] = []
  const projects: NamedProject[] = []
  for (const [at, key] of keys.entries()) {
    const project = known.get(key)
    const refuse = (reason: Words) => faults.push({ field: fieldOf(at), reason })
    if (project === undefined) refuse(UNKNOWN)
    else if (!isWithin(reach, project.place)) refuse(OUTSIDE)
    else if (taken.has(project.id)) refuse(TWICE)
    else projects.push(project)
    if (project !== undefined) taken.add(project.id)
  }
  if (faults.length > 0) throw new ProblemError('unknown-reference', undefined, faults)
  return projects
}
