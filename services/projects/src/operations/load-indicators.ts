import type { CellProblem } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { toAnnualTarget, toPlanIndicator } from '../domain/indicator-row.ts'
import type { FileRow } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { upsertAnnualTargets, upsertPlanIndicators } from '../repositories/indicators.repository.ts'

export type UpsertResult =
  | { readonly outcome: 'loaded'; readonly changed: number; readonly unchanged: number }
  | { readonly outcome: 'refused'; readonly problems: readonly CellProblem[] }

async function load<T>(
  db: Kysely<DB>,
  rows: readonly FileRow[],
  parse: (row: FileRow, rowNumber: number) => { value: Omit<T, 'id'> } | { problems: CellProblem[] },
  upsert: (trx: Transaction<DB>, values: readonly T[]) => Promise<number>,
): Promise<UpsertResult> {
  const parsed = rows.map((row, index) => parse(row, index + 2))
  const problems = parsed.flatMap((result) => ('problems' in result ? result.problems : []))
  if (problems.length > 0) return { outcome: 'refused', problems }
  const values = parsed.flatMap((result) => ('value' in result ? [{ ...result.value, id: uuidv7() } as T] : []))
  const changed = await db.transaction().execute((trx) => upsert(trx, values))
  return { outcome: 'loaded', changed, unchanged: values.length - changed }
}

/** Loads 规划指标; one row with a problem and nothing is loaded. */
export const loadPlanIndicators = (db: Kysely<DB>, rows: readonly FileRow[]): Promise<UpsertResult> =>
  load(db, rows, toPlanIndicator, upsertPlanIndicators)

/** Loads yearly targets of programmes; one row with a problem and nothing is loaded. */
export const loadAnnualTargets = (db: Kysely<DB>, rows: readonly FileRow[]): Promise<UpsertResult> =>
  load(db, rows, toAnnualTarget, upsertAnnualTargets)
