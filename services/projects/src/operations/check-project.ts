import { ProblemError, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { StoredProject } from '../domain/project-change.ts'
import { assessProject } from '../domain/project-rules.ts'
import type { DB } from '../generated/tables.ts'
import { findParent, findTaken, hasSubProjects } from '../repositories/projects.repository.ts'
import { checkResponsible } from './check-responsible.ts'

async function checkParent(db: Kysely<DB>, { id, parentId }: StoredProject): Promise<void> {
  if (parentId === null) return
  const parent = await findParent(db, parentId)
  if (parent === undefined)
    throw refuse('unknown-reference', 'parentId', { zh: '没有这个项目', en: 'There is no such project' })
  if (parent.parentId !== null || (await hasSubProjects(db, id))) {
    throw refuse('unknown-reference', 'parentId', {
      zh: '子项目下不能再有子项目',
      en: 'A sub-project has no sub-projects of its own',
    })
  }
}

/**
 * Holds a project against its rules and against everything it names, before it is saved; `current` is what it was.
 * @returns the responsible unit's name
 * @throws validation-failed, unknown-reference, already-exists, each naming the field
 */
export async function checkProject(
  db: Kysely<DB>,
  project: StoredProject,
  current?: StoredProject,
): Promise<string | null> {
  const errors = assessProject(project)
  if (errors.length > 0) throw new ProblemError('validation-failed', undefined, errors)
  const unitName = await checkResponsible(db, project, current)
  await checkParent(db, project)
  const taken = await findTaken(db, project)
  if (taken === 'name')
    throw refuse('already-exists', taken, {
      zh: `${project.regionName}已有同名项目`,
      en: `${project.regionName} has a project of this name already`,
    })
  if (taken === 'projectCode')
    throw refuse('already-exists', taken, { zh: '另一个项目已使用此代码', en: 'Another project has this code' })
  return unitName
}
