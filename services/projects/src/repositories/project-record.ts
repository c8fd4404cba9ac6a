import { type Cell, instantJson, toTextArray } from '@tiaodu/database'
import { type Selectable, sql } from 'kysely'
import { NOTHING_STORED, type StoredProject } from '../domain/project-change.ts'
import type { Projects } from '../generated/tables.ts'

export type Field = keyof StoredProject
type Row = Readonly<Record<string, unknown>>

export const toColumn = (field: Field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export const FIELDS = Object.keys(NOTHING_STORED) as Field[]

/** Every column of a project that is written; what PostgreSQL generates is not among them. */
export const COLUMNS = FIELDS.map(toColumn)

const INSTANTS: ReadonlySet<Field> = new Set(['createdAt', 'updatedAt'])
const TEXT_ARRAYS: ReadonlySet<Field> = new Set(['tiers', 'localCodes'])

/** A project by its columns. */
export const toRow = (project: StoredProject): Row =>
  Object.fromEntries(FIELDS.map((field, at) => [COLUMNS[at], project[field]]))

/** What a project says in a field, as COPY takes it. */
export const toCell = (field: Field, value: StoredProject[Field]): Cell => {
  if (typeof value !== 'object' || value === null) return value
  return TEXT_ARRAYS.has(field) ? toTextArray(value as string[]) : JSON.stringify(value)
}

export function toProject(stored: Selectable<Projects>): StoredProject {
  const row: Row = { ...stored }
  const fields = FIELDS.map((field, at) => {
    const value = row[COLUMNS[at] ?? '']
    return [field, value instanceof Date ? value.toISOString() : value] as const
  })
  return Object.fromEntries(fields) as unknown as StoredProject
}

const asJson = (field: Field, at: number) => {
  const column = `p.${COLUMNS[at]}`
  return sql`${INSTANTS.has(field) ? instantJson(column) : sql.ref(column)} as ${sql.id(field)}`
}

/**
 * The columns of a project as the API names them, for row_to_json (faster than json_build_object); needs `p` (projects)
 * left-joined with `u` (units).
 */
export const projectColumns = sql`${sql.join(FIELDS.map(asJson))}, u.name as "responsibleUnitName"`
