import type { Database } from '@tiaodu/database'
import { type Project, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { replay } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { listVersionsUntil } from '../repositories/history.repository.ts'
import { findProjectJson } from '../repositories/project-pages.repository.ts'
import { findUnit } from '../repositories/units.repository.ts'

/** One project as JSON text. @throws not-found */
export async function getProject(database: Database<DB>, id: string): Promise<{ json: string }> {
  const json = await findProjectJson(database, id)
  if (json === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  return { json }
}

/** A project as it was known at an instant: its versions until then, replayed. @throws not-found */
export async function getProjectAsOf(db: Kysely<DB>, id: string, instant: Date): Promise<Project> {
  const project = replay(id, await listVersionsUntil(db, id, instant))
  if (project === undefined)
    throw refuse('not-found', 'asOf', { zh: '当时项目尚未登记', en: 'The project was not registered yet' })
  const unit = project.responsibleUnitId === null ? undefined : await findUnit(db, project.responsibleUnitId)
  return { ...project, responsibleUnitName: unit?.name ?? null }
}
