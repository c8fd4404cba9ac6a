import { toShown } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { type CellFault, standsTwice, toShownFault } from '../domain/cell-fault.ts'
import { type Changed, decideFact, type Kept } from '../domain/fact-change.ts'
import {
  type FactColumns,
  type FactLayout,
  INDICATOR_COLUMNS,
  TARGET_COLUMNS,
  toFactLayout,
} from '../domain/indicator-columns.ts'
import {
  type IndicatorFacts,
  type Parsed,
  type TargetFacts,
  toIndicatorFacts,
  toTargetFacts,
} from '../domain/indicator-row.ts'
import { type FileRow, isBlank } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { lockTargets, saveTargets } from '../repositories/annual-targets.repository.ts'
import { insertChanges } from '../repositories/indicator-years.repository.ts'
import { lockIndicators, lockLoading, saveIndicators } from '../repositories/indicators.repository.ts'
import type { LoadAct } from './load-projects.ts'

export type FactsResult =
  | {
      readonly outcome: 'loaded'
      readonly changed: number
      readonly unchanged: number
      readonly ignoredColumns: readonly string[]
    }
  | { readonly outcome: 'refused'; readonly problems: readonly CellFault[]; readonly ignoredColumns: readonly string[] }

interface Kind<T> {
  readonly columns: FactColumns
  readonly parse: (row: FileRow, rowNumber: number, layout: FactLayout) => Parsed<T>
  /** What makes two rows the same fact, and the field that says so. */
  readonly keyOf: (facts: T) => readonly unknown[]
  readonly field: string
  readonly lock: (trx: Transaction<DB>, named: readonly T[]) => Promise<Kept<T>[]>
  readonly save: (trx: Transaction<DB>, changed: readonly Changed<T>[]) => Promise<void>
}

const NO_ROWS = { row: 1, column: '', value: '', reason: { zh: '文件没有数据行', en: 'the file has no rows' } }

function readLines<T>(rows: readonly FileRow[], layout: FactLayout, kind: Kind<T>) {
  const problems: CellFault[] = [...layout.problems]
  const found: T[] = []
  const firstRows = new Map<string, number>()
  for (const [index, fileRow] of rows.entries()) {
    if (isBlank(fileRow)) continue
    const row = index + 2
    const parsed = kind.parse(fileRow, row, layout)
    if ('problems' in parsed) {
      problems.push(...parsed.problems)
      continue
    }
    const key = JSON.stringify(kind.keyOf(parsed.value))
    const first = firstRows.get(key)
    if (first === undefined) firstRows.set(key, row)
    else {
      const column = layout.headers.get(kind.field) ?? kind.field
      problems.push({ row, column, value: fileRow[column] ?? '', reason: standsTwice(first) })
    }
    found.push(parsed.value)
  }
  return { problems, found }
}

async function load<T extends object>(
  db: Kysely<DB>,
  rows: readonly FileRow[],
  kind: Kind<T>,
  { now, actorId, actorName, listName, isDryRun }: LoadAct,
): Promise<FactsResult> {
  if (rows.every(isBlank)) return { outcome: 'refused', problems: [NO_ROWS], ignoredColumns: [] }
  const layout = toFactLayout(Object.keys(rows[0] ?? {}), kind.columns)
  // A column that is missing is told once, not in every row.
  const { problems, found } =
    layout.problems.length > 0 ? { problems: layout.problems, found: [] } : readLines(rows, layout, kind)
  const ignoredColumns = layout.ignored.map(toShown)
  if (problems.length > 0) return { outcome: 'refused', problems: problems.map(toShownFault), ignoredColumns }
  return await db.transaction().execute(async (trx) => {
    await lockLoading(trx)
    const known = new Map((await kind.lock(trx, found)).map((kept) => [JSON.stringify(kind.keyOf(kept.facts)), kept]))
    const changed = found.flatMap(
      (facts) => decideFact(known.get(JSON.stringify(kind.keyOf(facts))), facts, uuidv7()) ?? [],
    )
    const result = {
      outcome: 'loaded',
      changed: changed.length,
      unchanged: found.length - changed.length,
      ignoredColumns,
    } as const
    if (isDryRun || changed.length === 0) return result
    await kind.save(trx, changed)
    const told = { year: null, at: now, actorId, actorName, reason: listName }
    await insertChanges(
      trx,
      changed.map(({ id: subjectId, version, changes }) => ({ id: uuidv7(), subjectId, version, changes, ...told })),
    )
    return result
  })
}

const planIndicators: Kind<IndicatorFacts> = {
  columns: INDICATOR_COLUMNS,
  parse: toIndicatorFacts,
  keyOf: ({ regionCode, source, indicator }) => [regionCode, source, indicator],
  field: 'indicator',
  lock: lockIndicators,
  save: saveIndicators,
}

const annualTargets: Kind<TargetFacts> = {
  columns: TARGET_COLUMNS,
  parse: toTargetFacts,
  keyOf: ({ year, programme, metric, kind }) => [year, programme, metric, kind],
  field: 'metric',
  lock: lockTargets,
  save: saveTargets,
}

/** Loads 规划指标; one row with a problem and nothing is loaded. */
export const loadPlanIndicators = (db: Kysely<DB>, rows: readonly FileRow[], act: LoadAct): Promise<FactsResult> =>
  load(db, rows, planIndicators, act)

/** Loads yearly targets of programmes; one row with a problem and nothing is loaded. */
export const loadAnnualTargets = (db: Kysely<DB>, rows: readonly FileRow[], act: LoadAct): Promise<FactsResult> =>
  load(db, rows, annualTargets, act)
