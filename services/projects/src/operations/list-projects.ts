import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type QueryOf, refuse, type routes } from '@tiaodu/types'
import type { DB } from '../generated/tables.ts'
import { listProjectPage } from '../repositories/project-pages.repository.ts'

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** A page of projects within reach, newest first, as JSON text. @throws validation-failed for a cursor that is not ours */
export async function listProjects(
  database: Database<DB>,
  query: QueryOf<typeof routes.listProjects>,
  reach: Reach,
): Promise<{ json: string }> {
  const { cursor, limit = 20, ...filter } = query
  if (cursor !== undefined && !UUID.test(cursor))
    throw refuse('validation-failed', 'cursor', {
      zh: '请使用上一页返回的 nextCursor',
      en: 'Send the nextCursor of a page',
    })
  return { json: await listProjectPage(database, { filter, reach, after: cursor, limit }) }
}
