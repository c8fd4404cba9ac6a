import { type IndicatorImport, type Language, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { FileRow } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import type { FactsResult } from './load-indicators.ts'
import type { LoadAct } from './load-projects.ts'
import type { Reading } from './run-import.ts'

const PROBLEMS_KEPT = 1_000

/** Reads a small file and loads it at once, whole or not at all. @throws validation-failed when it cannot be read */
export async function importFacts(
  db: Kysely<DB>,
  content: Uint8Array,
  load: (db: Kysely<DB>, rows: readonly FileRow[], act: LoadAct) => Promise<FactsResult>,
  { language, reading, ...act }: LoadAct & { language: Language; reading: Reading },
): Promise<IndicatorImport> {
  const rows: FileRow[] = []
  try {
    for await (const row of reading.readRows(content, 'text/csv', () => {})) rows.push(row)
  } catch (error) {
    if (reading.isUnreadable(error)) throw refuse('validation-failed', 'body', error.reason)
    throw error
  }
  const result = await load(db, rows, act)
  const problems = result.outcome === 'refused' ? result.problems : []
  return {
    state: result.outcome,
    isDryRun: act.isDryRun,
    changed: result.outcome === 'loaded' ? result.changed : 0,
    unchanged: result.outcome === 'loaded' ? result.unchanged : 0,
    problemCount: problems.length,
    problems: problems.slice(0, PROBLEMS_KEPT).map((problem) => ({ ...problem, reason: problem.reason[language] })),
    ignoredColumns: [...result.ignoredColumns],
  }
}
