import type { Database } from '@tiaodu/database'
import type { FileRow } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { type LoadAct, type LoadResult, loadProjects } from './load-projects.ts'

/** Whether what a list did stays: not when it was refused, and not in a dry run. */
export const isKept = (result: LoadResult, { isDryRun }: LoadAct): boolean => result.outcome === 'loaded' && !isDryRun

/** Loads a whole list in one transaction; what is refused, and a dry run, leave nothing behind. */
export async function loadList(
  database: Database<DB>,
  rows: AsyncIterable<FileRow> | Iterable<FileRow>,
  act: LoadAct,
): Promise<LoadResult> {
  const { result } = await database.tryOut(async (bulk) => {
    const result = await loadProjects(bulk, rows, act)
    return { result, isKept: isKept(result, act) }
  })
  return result
}
