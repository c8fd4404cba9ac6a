import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import type { ProjectLight, QueryOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listLightsOf, listLightsOfProject } from '../repositories/lights.repository.ts'
import { isMarked } from '../repositories/marks.repository.ts'
import { foldRollups } from './fold-rollups.ts'
import { requireFolded } from './require-folded.ts'

type Page = { items: ProjectLight[]; nextCursor: string | null }

/** A page of the lights of a month. @throws not-found when the cycle was never opened */
export async function listLightPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listLights>,
  reach: Reach,
  now: Date,
): Promise<Page> {
  await requireFolded(db, filter.period, now)
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['id'])
  const rows = await listLightsOf(db, filter, reach, { after, limit })
  return toPage(rows, limit, ({ projectId }) => [projectId])
}

/** A page of the months of a project. */
export async function listProjectLightPage(
  db: Kysely<DB>,
  projectId: string,
  { cursor, limit = 20 }: QueryOf<typeof routes.listProjectLights>,
  now: Date,
): Promise<Page> {
  if (await isMarked(db, now)) await foldRollups(db, now)
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['text'])
  return toPage(await listLightsOfProject(db, projectId, { after, limit }), limit, ({ period }) => [period])
}
