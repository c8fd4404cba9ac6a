import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Bulk } from '@tiaodu/database'
import { type NearDuplicate, toShown } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { CellFault } from '../domain/cell-fault.ts'
import { createListCheck, type ListCheck } from '../domain/list-check.ts'
import type { ListedProject } from '../domain/listed-project.ts'
import { type FileRow, isBlank, type Layout, toLayout, toProject } from '../domain/project-row.ts'
import { ORIGIN } from '../domain/row-origin.ts'
import { createUnitNames, type UnitNames } from '../domain/unit-names.ts'
import type { DB } from '../generated/tables.ts'
import { listNames, lockNamed } from '../repositories/projects.repository.ts'
import { listNamedUnits } from '../repositories/units.repository.ts'
import type { Act } from './act.ts'
import { createIds } from './create-ids.ts'
import { decideRows, type Found } from './decide-rows.ts'
import { createFaultTally, type FaultTally } from './fault-tally.ts'
import { createListWriter } from './list-writer.ts'

/** What came of a list: loaded whole, or refused whole. */
export interface LoadResult {
  readonly outcome: 'loaded' | 'refused'
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly problemCount: number
  /** The first 1,000. */
  readonly problems: readonly CellFault[]
  /** The first 200. */
  readonly nearDuplicates: readonly NearDuplicate[]
  readonly ignoredColumns: readonly string[]
}

export interface LoadAct extends Act {
  /** Stands in the history as the reason of each change. */
  readonly listName: string
  /** Check and count, write nothing. */
  readonly isDryRun: boolean
}

// Between batches the connection is served: PostgreSQL does not wait long for its next statement.
const BATCH = 50
const ROWS_SENT = 4_000
// Fewer at first: until they are there PostgreSQL has nothing to do.
const FIRST_ROWS_SENT = 500
const PROBLEMS_KEPT = 1_000
const NEAR_KEPT = 200
const FIRST_ROW = 2

async function* inBatches<T>(rows: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Reads rows by their headers; each set of headers is understood once. */
function createReader(problems: FaultTally) {
  const layouts = new Map<string, Layout>()
  const ignored = new Set<string>()
  return {
    ignored,
    read(row: FileRow, rowNumber: number): ListedProject | undefined {
      const headers = Object.keys(row)
      const key = headers.join('\n')
      let layout = layouts.get(key)
      if (layout === undefined) {
        layout = toLayout(headers, row[ORIGIN]?.headerRow)
        layouts.set(key, layout)
        problems.add(layout.problems)
        for (const header of layout.ignored) ignored.add(toShown(header))
      }
      const result = toProject(row, rowNumber, layout)
      if ('project' in result) return layout.problems.length > 0 ? undefined : result.project
      problems.add(result.problems)
      return undefined
    },
  }
}

async function tellRegions(trx: Transaction<DB>, check: ListCheck, found: readonly Found[]): Promise<void> {
  for (const regionCode of new Set(found.map(({ project }) => project.regionCode))) {
    if (!check.knowsRegion(regionCode)) check.tellNames(regionCode, await listNames(trx, regionCode))
  }
}

const findNearDuplicates = (check: ListCheck, found: readonly Found[]): NearDuplicate[] =>
  found.flatMap(({ project, row }) => {
    const similarTo = check.findNearName(project)
    return similarTo === undefined ? [] : [{ row, name: project.name, similarTo }]
  })

/**
 * Loads a project list in the caller's transaction, by project code or by name within the region: a project that
 * exists is changed only in the columns of the file. One row with a problem and nothing more is written; the caller
 * rolls back what was. Holds a few thousand rows at a time.
 */
export async function loadProjects(
  bulk: Bulk<DB>,
  rows: AsyncIterable<FileRow> | Iterable<FileRow>,
  act: LoadAct,
  onProgress: (checkedRows: number) => Promise<void> = async () => {},
): Promise<LoadResult> {
  const problems = createFaultTally(PROBLEMS_KEPT)
  const nearDuplicates: NearDuplicate[] = []
  const reader = createReader(problems)
  const check = createListCheck()
  const claims = new Map<string, number>()
  const newId = createIds()
  let units: UnitNames = createUnitNames([])
  let areUnitsKnown = false
  const writer = createListWriter(bulk, act)
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0 }
  let unsent = 0
  let portion = FIRST_ROWS_SENT
  let writing: Promise<unknown> = Promise.resolve()
  let waiting: Promise<unknown> = Promise.resolve()
  // PostgreSQL writes some thousand rows while the next ones are decided, and finds as many waiting when it is done.
  const send = async () => {
    const earlier = waiting
    waiting = writing
    unsent = 0
    if (problems.count() === 0 && !act.isDryRun) {
      writing = Promise.all([writing, writer.send()])
      // Told by an await.
      writing.catch(() => {})
    }
    await earlier
  }
  // After a write that failed every question fails too: what failed first is to be told.
  const answered = async <T>(question: Promise<T>): Promise<T> => {
    try {
      return await question
    } catch (error) {
      await writing
      throw error
    }
  }
  for await (const batch of inBatches(rows)) {
    const found: Found[] = []
    for (const fileRow of batch) {
      const row = fileRow[ORIGIN]?.row ?? FIRST_ROW + counts.rows
      counts.rows++
      if (isBlank(fileRow)) continue
      const project = reader.read(fileRow, row)
      const twice = project && check.assessRow(project, row)
      if (twice !== undefined) problems.add([twice])
      else if (project !== undefined) found.push({ row, project })
    }
    await answered(tellRegions(bulk.trx, check, found))
    if (!areUnitsKnown && found.some(({ project }) => project.responsibleUnitName)) {
      units = createUnitNames(await answered(listNamedUnits(bulk.trx)))
      areUnitsKnown = true
    }
    const named = found.filter(({ project }) => check.mayBeKnown(project)).map(({ project }) => project)
    const known = named.length === 0 ? [] : await answered(lockNamed(bulk.trx, named))
    nearDuplicates.push(...findNearDuplicates(check, found).slice(0, NEAR_KEPT - nearDuplicates.length))
    for (const decision of decideRows(found, known, act.now, newId, claims, units)) {
      if (decision === 'unchanged') counts.unchanged++
      else if ('problems' in decision) problems.add(decision.problems)
      else {
        counts[decision.known === undefined ? 'created' : 'updated']++
        if (problems.count() === 0 && !act.isDryRun) writer.add(decision)
      }
    }
    unsent += batch.length
    if (unsent >= portion) {
      portion = Math.min(2 * portion, ROWS_SENT)
      await send()
      await onProgress(counts.rows)
    }
    await nextTurn()
  }
  await send()
  await writing
  if (counts.created + counts.updated + counts.unchanged + problems.count() === 0)
    problems.add([{ row: 1, column: '', value: '', reason: { zh: '文件没有数据行', en: 'the file has no rows' } }])
  const isRefused = problems.count() > 0
  return {
    outcome: isRefused ? 'refused' : 'loaded',
    ...(isRefused ? { ...counts, created: 0, updated: 0, unchanged: 0 } : counts),
    problemCount: problems.count(),
    problems: problems.first,
    nearDuplicates,
    ignoredColumns: [...reader.ignored],
  }
}
