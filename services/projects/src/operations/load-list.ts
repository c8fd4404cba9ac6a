import { type Kysely, sql, type Transaction } from 'kysely'
import type { FileRow } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { type LoadAct, type LoadResult, loadProjects } from './load-projects.ts'

/** Runs work that may be taken back: its transaction stays when `isKept`, and has no time limit. */
export async function tryOut<T extends { readonly isKept: boolean }>(
  db: Kysely<DB>,
  work: (trx: Transaction<DB>) => Promise<T>,
): Promise<T> {
  const trx = await db.startTransaction().execute()
  try {
    await sql`set local statement_timeout = 0`.execute(trx)
    const result = await work(trx)
    if (result.isKept) await trx.commit().execute()
    return result
  } finally {
    if (!trx.isCommitted) await trx.rollback().execute()
  }
}

/** Whether what a list did stays: not when it was refused, and not in a dry run. */
export const isKept = (result: LoadResult, { isDryRun }: LoadAct): boolean => result.outcome === 'loaded' && !isDryRun

/** Loads a whole list in one transaction; what is refused, and a dry run, leave nothing behind. */
export async function loadList(
  db: Kysely<DB>,
  rows: AsyncIterable<FileRow> | Iterable<FileRow>,
  act: LoadAct,
): Promise<LoadResult> {
  const { result } = await tryOut(db, async (trx) => {
    const result = await loadProjects(trx, rows, act)
    return { result, isKept: isKept(result, act) }
  })
  return result
}
