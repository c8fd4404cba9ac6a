import type { Database } from '@tiaodu/database'
import { refuse } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { findProjectJson } from '../repositories/project-pages.repository.ts'

/** One project as JSON text. @throws not-found */
export async function getProject(database: Database<DB>, id: string): Promise<{ json: string }> {
  const json = await findProjectJson(database, id)
  if (json === undefined) throw refuse('not-found', 'id', 'There is no such project')
  return { json }
}
