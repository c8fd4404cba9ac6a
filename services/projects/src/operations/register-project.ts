import { appendEvents } from '@tiaodu/messaging/outbox'
import { type NewProject, type Project, refuse, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { decideRegistration, toProjectChanged } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { insertMoves, insertVersions } from '../repositories/history.repository.ts'
import { insertProjects } from '../repositories/projects.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import type { Act } from './act.ts'
import { checkProject } from './check-project.ts'
import { noteRegions } from './note-regions.ts'

/** Registers one project. @throws already-exists, unknown-reference, validation-failed */
export const registerProject = (db: Kysely<DB>, id: string, fields: NewProject, act: Act): Promise<Project> =>
  db.transaction().execute(async (trx) => {
    const { project, changes } = decideRegistration(id, fields, act.now)
    const responsibleUnitName = await checkProject(trx, project)
    await noteRegions(trx, [project], act)
    if ((await refuseTaken(insertProjects(trx, [project]))) === 0) {
      throw refuse('already-exists', 'name', {
        zh: `${project.regionName}已有同名项目`,
        en: `${project.regionName} has a project of this name already`,
      })
    }
    const about = { projectId: id, at: act.now, actorId: act.actorId, actorName: act.actorName, reason: null }
    await insertVersions(trx, [{ ...about, version: 1, changes }])
    await insertMoves(trx, [
      {
        ...about,
        id: uuidv7(),
        from: null,
        to: project.stage,
        movedOn: toDateOn(act.now),
        evidence: [],
        approverId: null,
      },
    ])
    await appendEvents(trx, [toProjectChanged(project, responsibleUnitName)], act.now)
    return { ...project, responsibleUnitName }
  })
