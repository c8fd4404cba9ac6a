import type { Words } from '@tiaodu/types'
import { type CellFault, MUST_NOT_BE_EMPTY } from './cell-fault.ts'
import { isCreditCode, WRONG_CHECK_DIGIT } from './credit-code.ts'
import type { ListedProject } from './listed-project.ts'
import { assessProjectCode } from './project-code.ts'
import { type Column, findColumn, headerOf, REQUIRED } from './project-columns.ts'
import { ORIGIN, type RowOrigin } from './row-origin.ts'

/** A line of a file: header to text. */
export type FileRow = Readonly<Record<string, string>> & { readonly [ORIGIN]?: RowOrigin }

/** Whether a line says nothing; it still counts as a row. */
export const isBlank = (row: FileRow): boolean =>
  Object.values(row).every((cell) => cell.trim() === '') && !row[ORIGIN]?.notes.length

/** How the headers of a file are to be read. */
export interface Layout {
  readonly columns: readonly { readonly header: string; readonly column: Column }[]
  readonly ignored: readonly string[]
  readonly problems: readonly CellFault[]
}

const HEADER_ROW = 1

/** Reads the headers of a file, in any order; a needed one that is missing and one that stands twice are problems. */
export function toLayout(headers: readonly string[], headerRow = HEADER_ROW): Layout {
  const found = headers.map((header) => ({ header, column: findColumn(header) }))
  const columns = found.flatMap(({ header, column }) => (column === undefined ? [] : [{ header, column }]))
  const fields = columns.map(({ column }) => column.field)
  const problem = (column: string, reason: Words) => ({ row: headerRow, column, value: '', reason })
  return {
    columns,
    ignored: found.flatMap(({ header, column }) => (column === undefined && header !== '' ? [header] : [])),
    problems: [
      ...REQUIRED.filter((field) => !fields.includes(field)).map((field) =>
        problem(headerOf(field), { zh: '缺少此列', en: 'is missing' }),
      ),
      ...columns
        .filter(({ column }, at) => fields.indexOf(column.field) !== at)
        .map(({ header, column }) =>
          problem(header, {
            zh: `与另一列含义相同（${column.field}）`,
            en: `says the same as another column (${column.field})`,
          }),
        ),
    ],
  }
}

// What only a whole value can show; the form of the cell has been read by then.
const assessValue = (field: string, value: string): Words | undefined => {
  if (field === 'projectCode') return assessProjectCode(value)
  if (field === 'ownerCreditCode' && !isCreditCode(value)) return WRONG_CHECK_DIGIT
  return undefined
}

const TOTAL = /^(合计|总计|小计|共计)[:：]?$/
const IS_TOTAL: Words = { zh: '是合计行，请删除后再导入', en: 'is a line of totals; remove it' }

// A list ends in its totals; taking them for a project, or passing them over, would both be a guess.
const findTotal = (row: FileRow) => {
  const [first] = Object.entries(row).filter(([, cell]) => cell.trim() !== '')
  return first !== undefined && TOTAL.test(first[1].replace(/\s/g, '')) ? first : undefined
}

/** One line of a list as a project, or every problem that its cells have. */
export function toProject(
  row: FileRow,
  rowNumber: number,
  { columns }: Layout,
): { project: ListedProject } | { problems: CellFault[] } {
  const total = findTotal(row)
  if (total !== undefined) {
    return { problems: [{ row: rowNumber, column: total[0], value: total[1].trim(), reason: IS_TOTAL }] }
  }
  const notes = row[ORIGIN]?.notes ?? []
  const problems: CellFault[] = notes
    .filter(({ isStray }) => isStray)
    .map(({ column, value, reason }) => ({ row: rowNumber, column, value: value.slice(0, 100), reason }))
  const fields: Record<string, unknown> = {}
  for (const { header, column } of columns) {
    const text = (row[header] ?? '').trim()
    const refuse = (reason: Words) =>
      problems.push({ row: rowNumber, column: header, value: text.slice(0, 100), reason })
    const note = notes.find((found) => found.column === header && !found.isStray)
    if (note !== undefined) {
      refuse(note.reason)
      continue
    }
    if (text === '') {
      if (column.empty === undefined) refuse(MUST_NOT_BE_EMPTY)
      else fields[column.field] = column.empty
      continue
    }
    const reading = column.read(text)
    const reason = 'reason' in reading ? reading.reason : assessValue(column.field, text)
    if (reason !== undefined) refuse(reason)
    else if ('value' in reading) fields[column.field] = reading.value
  }
  return problems.length > 0 ? { problems } : { project: fields as unknown as ListedProject }
}
