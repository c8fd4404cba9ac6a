import type { Project, ProjectPatch } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideChange } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import type { Act } from './act.ts'
import { checkProject } from './check-project.ts'
import { noteRegions } from './note-regions.ts'
import { lockVersion, saveVersion } from './save-version.ts'

/** Changes fields of a project. @throws not-found, version-mismatch, validation-failed, already-exists, unknown-reference */
export const changeProject = (
  db: Kysely<DB>,
  change: { id: string; patch: ProjectPatch; expectedVersion: number | undefined },
  act: Act,
): Promise<Project> =>
  db.transaction().execute(async (trx) => {
    const current = await lockVersion(trx, change.id, change.expectedVersion)
    const { reason = null, ...patch } = change.patch
    const decided = decideChange(current, patch, act.now)
    const unitName = await checkProject(trx, decided?.project ?? current, current)
    if (decided !== undefined) {
      await noteRegions(trx, [decided.project], act)
      await saveVersion(trx, decided, { ...act, reason, unitName })
    }
    return { ...(decided?.project ?? current), responsibleUnitName: unitName }
  })
