import { isWithin, type Reach } from '@tiaodu/service'
import { type Project, type ProjectPatch, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideChange } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import type { Act } from './act.ts'
import { checkProject } from './check-project.ts'
import { noteRegions } from './note-regions.ts'
import { lockVersion, saveVersion } from './save-version.ts'

// Whoever keeps the projects of a region would otherwise put one into another, and no longer reach it.
function assertStays({ regionCode }: ProjectPatch, reach: Reach): void {
  if (regionCode === undefined || isWithin(reach, { unitId: null, regionCode })) return
  throw refuse('outside-scope', 'regionCode', {
    zh: '该区域不在您的管理范围内',
    en: 'You do not answer for this region',
  })
}

/** Changes fields of a project. @throws outside-scope, not-found, version-mismatch, validation-failed, already-exists, unknown-reference */
export const changeProject = (
  db: Kysely<DB>,
  change: { id: string; patch: ProjectPatch; expectedVersion: number | undefined },
  { reach, ...act }: Act & { readonly reach: Reach },
): Promise<Project> =>
  db.transaction().execute(async (trx) => {
    const current = await lockVersion(trx, change.id, change.expectedVersion)
    const { reason = null, ...patch } = change.patch
    assertStays(patch, reach)
    const decided = decideChange(current, patch, act.now)
    const unitName = await checkProject(trx, decided?.project ?? current, current)
    if (decided !== undefined) {
      await noteRegions(trx, [decided.project], act)
      await saveVersion(trx, decided, { ...act, reason, unitName })
    }
    return { ...(decided?.project ?? current), responsibleUnitName: unitName }
  })
