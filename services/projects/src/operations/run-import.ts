import type { Database } from '@tiaodu/database'
import { type SheetRead, toShown, type Words } from '@tiaodu/types'
import type { FileRow } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import {
  claimImport,
  findFile,
  finishImport,
  giveUp,
  type ImportOutcome,
  noteProgress,
} from '../repositories/imports.repository.ts'
import { isKept } from './load-list.ts'
import { type LoadResult, loadProjects } from './load-projects.ts'

/** How the rows of a file are read; what it throws for a file that it cannot read says why. */
export interface Reading {
  /** `tell` is told which sheet of a workbook was read. */
  readRows(content: Uint8Array, fileType: string, tell: (sheet: SheetRead) => void): AsyncIterable<FileRow>
  isUnreadable(error: unknown): error is Error & { readonly reason: Words }
}

const ATTEMPTS = 5
const GAVE_UP: Words = {
  zh: '系统内部多次出错，未载入任何行',
  en: 'Something went wrong inside, again and again; nothing was loaded',
}
const NOTHING = { checkedRows: 0, created: 0, updated: 0, unchanged: 0, problemCount: 0 }

const toOutcome = ({ outcome, rows, ...result }: LoadResult): ImportOutcome => ({
  ...result,
  state: outcome,
  checkedRows: rows,
  problems: [...result.problems],
  nearDuplicates: [...result.nearDuplicates],
  ignoredColumns: [...result.ignoredColumns],
})

/** Runs one import to its end; safe to repeat, and to be called twice at once: one of the two finds nothing to do. */
export async function runImport(database: Database<DB>, id: string, reading: Reading, now: () => Date): Promise<void> {
  const db = database.kysely
  try {
    const { isKept: isDone, outcome } = await database.tryOut(async (bulk) => {
      const { trx } = bulk
      const file = (await claimImport(trx, id)) ? await findFile(trx, id) : undefined
      if (file === undefined) return { isKept: false, outcome: undefined }
      const { content, fileType, fileName, isDryRun, actorId, actorName } = file
      const act = { now: now(), actorId, actorName, listName: fileName, isDryRun }
      let sheet: SheetRead | null = null
      const rows = reading.readRows(content, fileType, (found) => {
        sheet = { ...found, name: toShown(found.name), otherSheets: found.otherSheets.map(toShown) }
      })
      const result = await loadProjects(bulk, rows, act, (checkedRows) => noteProgress(db, id, checkedRows))
      const outcome = { ...toOutcome(result), sheet }
      // What was loaded and that it was loaded are one: a worker that is killed in between has done nothing.
      if (isKept(result, act)) await finishImport(trx, id, outcome, now())
      return { isKept: isKept(result, act), outcome }
    })
    if (!isDone && outcome !== undefined) await finishImport(db, id, outcome, now())
  } catch (error) {
    if (!reading.isUnreadable(error)) {
      await giveUp(db, id, ATTEMPTS, GAVE_UP, now())
      throw error
    }
    await finishImport(db, id, { ...NOTHING, state: 'failed', failure: error.reason }, now())
  }
}
