import { appendEvents } from '@tiaodu/messaging'
import { ProblemError, type Project, type ProjectPatch, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideChange, toProjectChanged } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { lockProject, nameIsTaken, saveProject } from '../repositories/projects.repository.ts'
import { checkReferences } from './check-references.ts'

/** Changes fields of a project. @throws not-found, version-mismatch, already-exists, unknown-reference */
export const changeProject = (
  db: Kysely<DB>,
  change: { id: string; patch: ProjectPatch; expectedVersion: number | undefined },
  now: Date,
): Promise<Project> =>
  db.transaction().execute(async (trx) => {
    const current = await lockProject(trx, change.id)
    if (current === undefined) throw refuse('not-found', 'id', 'There is no such project')
    if (change.expectedVersion !== undefined && change.expectedVersion !== current.version) {
      throw new ProblemError('version-mismatch', `The project is at version ${current.version}`, [
        { field: 'If-Match', reason: `The version is ${current.version} by now` },
      ])
    }
    const next = decideChange(current, change.patch, now)
    const responsibleUnitName = await checkReferences(trx, next ?? current)
    if (next === undefined) return { ...current, responsibleUnitName }
    if (await nameIsTaken(trx, next.regionCode, next.name, next.id)) {
      throw refuse('already-exists', 'name', `${next.regionName} has a project of this name already`)
    }
    await saveProject(trx, next)
    await appendEvents(trx, [toProjectChanged(next, responsibleUnitName)], now)
    return { ...next, responsibleUnitName }
  })
