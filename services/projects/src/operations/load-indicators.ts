import type { AnnualTarget, PlanIndicator } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { type CellFault, standsTwice } from '../domain/cell-fault.ts'
import { toAnnualTarget, toPlanIndicator } from '../domain/indicator-row.ts'
import { type FileRow, isBlank } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { upsertAnnualTargets, upsertPlanIndicators } from '../repositories/indicators.repository.ts'

export type UpsertResult =
  | { readonly outcome: 'loaded'; readonly changed: number; readonly unchanged: number }
  | { readonly outcome: 'refused'; readonly problems: readonly CellFault[] }

interface Kind<T> {
  readonly parse: (row: FileRow, rowNumber: number) => { value: Omit<T, 'id'> } | { problems: CellFault[] }
  /** What makes two rows the same fact, and the column that says so. */
  readonly keyOf: (value: Omit<T, 'id'>) => readonly unknown[]
  readonly column: string
  readonly upsert: (trx: Transaction<DB>, values: readonly T[]) => Promise<number>
}

async function load<T>(db: Kysely<DB>, rows: readonly FileRow[], kind: Kind<T>): Promise<UpsertResult> {
  const { parse, keyOf, column, upsert } = kind
  const problems: CellFault[] = []
  const values: T[] = []
  const firstRows = new Map<string, number>()
  for (const [index, fileRow] of rows.entries()) {
    if (isBlank(fileRow)) continue
    const row = index + 2
    const result = parse(fileRow, row)
    if ('problems' in result) {
      problems.push(...result.problems)
      continue
    }
    const key = JSON.stringify(keyOf(result.value))
    const first = firstRows.get(key)
    if (first !== undefined) {
      problems.push({ row, column, value: fileRow[column] ?? '', reason: standsTwice(first) })
    } else firstRows.set(key, row)
    values.push({ ...result.value, id: uuidv7() } as T)
  }
  if (problems.length > 0) return { outcome: 'refused', problems }
  const changed = await db.transaction().execute((trx) => upsert(trx, values))
  return { outcome: 'loaded', changed, unchanged: values.length - changed }
}

const planIndicators: Kind<PlanIndicator> = {
  parse: toPlanIndicator,
  keyOf: ({ regionCode, source, indicator }) => [regionCode, source, indicator],
  column: 'indicator',
  upsert: upsertPlanIndicators,
}

const annualTargets: Kind<AnnualTarget> = {
  parse: toAnnualTarget,
  keyOf: ({ year, programme, metric, kind }) => [year, programme, metric, kind],
  column: 'metric',
  upsert: upsertAnnualTargets,
}

/** Loads 规划指标; one row with a problem and nothing is loaded. */
export const loadPlanIndicators = (db: Kysely<DB>, rows: readonly FileRow[]): Promise<UpsertResult> =>
  load(db, rows, planIndicators)

/** Loads yearly targets of programmes; one row with a problem and nothing is loaded. */
export const loadAnnualTargets = (db: Kysely<DB>, rows: readonly FileRow[]): Promise<UpsertResult> =>
  load(db, rows, annualTargets)
