import { ProblemError, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { StoredProject } from '../domain/project-change.ts'
import { assessProject } from '../domain/project-rules.ts'
import type { DB } from '../generated/tables.ts'
import { findParent, findTaken, hasSubProjects } from '../repositories/projects.repository.ts'
import { findPerson, findUnit } from '../repositories/units.repository.ts'

async function checkParent(db: Kysely<DB>, { id, parentId }: StoredProject): Promise<void> {
  if (parentId === null) return
  const parent = await findParent(db, parentId)
  if (parent === undefined) throw refuse('unknown-reference', 'parentId', 'There is no such project')
  if (parent.parentId !== null || (await hasSubProjects(db, id))) {
    throw refuse('unknown-reference', 'parentId', 'A sub-project has no sub-projects of its own')
  }
}

/**
 * Holds a project against its rules and against everything it names, before it is saved.
 * @returns the responsible unit's name
 * @throws validation-failed, unknown-reference, already-exists, each naming the field
 */
export async function checkProject(db: Kysely<DB>, project: StoredProject): Promise<string | null> {
  const errors = assessProject(project)
  if (errors.length > 0) throw new ProblemError('validation-failed', undefined, errors)
  const unit = project.responsibleUnitId === null ? undefined : await findUnit(db, project.responsibleUnitId)
  if (project.responsibleUnitId !== null && unit === undefined) {
    throw refuse('unknown-reference', 'responsibleUnitId', 'There is no such unit')
  }
  const filer = project.filerId === null ? undefined : await findPerson(db, project.filerId)
  if (project.filerId !== null && (filer?.role !== 'filer' || filer.unitId !== project.responsibleUnitId)) {
    throw refuse('unknown-reference', 'filerId', 'This is not a filer of the responsible unit')
  }
  if (project.leaderId !== null && (await findPerson(db, project.leaderId))?.role !== 'leader') {
    throw refuse('unknown-reference', 'leaderId', 'This is not a responsible leader')
  }
  await checkParent(db, project)
  const taken = await findTaken(db, project)
  if (taken === 'name')
    throw refuse('already-exists', taken, `${project.regionName} has a project of this name already`)
  if (taken === 'projectCode') throw refuse('already-exists', taken, 'Another project has this code')
  return unit?.name ?? null
}
