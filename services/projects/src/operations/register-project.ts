import { appendEvents } from '@tiaodu/messaging'
import { type NewProject, type Project, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideRegistration, toProjectChanged } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { insertProjects } from '../repositories/projects.repository.ts'
import { checkReferences } from './check-references.ts'

/** Registers one project. @throws already-exists, unknown-reference */
export const registerProject = (db: Kysely<DB>, id: string, fields: NewProject, now: Date): Promise<Project> =>
  db.transaction().execute(async (trx) => {
    const project = decideRegistration(id, fields, now)
    const responsibleUnitName = await checkReferences(trx, project)
    if ((await insertProjects(trx, [project])) === 0) {
      throw refuse('already-exists', 'name', `${project.regionName} has a project of this name already`)
    }
    await appendEvents(trx, [toProjectChanged(project, responsibleUnitName)], now)
    return { ...project, responsibleUnitName }
  })
