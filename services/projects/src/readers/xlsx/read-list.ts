import type { Buffer } from 'node:buffer'
import type { Words } from '@tiaodu/types'
import type { CellNote } from '../../domain/row-origin.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { type Archive, openArchive } from './archive.ts'
import { createCover } from './areas.ts'
import { toLetters } from './cell-text.ts'
import { type CellContext, FORMULA } from './cells.ts'
import { findHeader, type Header } from './header.ts'
import { MAX_COLUMNS, MAX_TEXT_LENGTH, MAX_TITLE_ROWS, NOTE_LENGTH } from './limits.ts'
import { refuseActiveContent } from './package-check.ts'
import { readSharedStrings } from './shared-strings.ts'
import { type Row, readSheet, type Shape } from './sheet.ts'
import { readDateStyles } from './styles.ts'
import { readWorkbook, type Sheet } from './workbook.ts'

/** What is told of a workbook, in this order: its header once, then its rows. */
export type Told =
  | {
      readonly sheet: string
      readonly otherSheets: readonly string[]
      readonly headerRow: number
      readonly headers: readonly string[]
    }
  | { readonly row: number; readonly cells: readonly string[]; readonly notes: readonly CellNote[] }

const NO_HEADER = {
  zh: '没有找到表头：前几行中应有“项目名称”列',
  en: 'No header was found: one of the first rows must have the column 项目名称 (name)',
}
const STRAY: Words = { zh: '所在的列没有表头', en: 'stands in a column without a header' }
const TOO_MUCH = { zh: '表格内容过多，请拆分或改用 CSV', en: 'The cells say too much; split the file or use CSV' }
const merged = (reference: string): Words => ({
  zh: `与其他单元格合并（${reference}），请取消合并并逐行填写`,
  en: `is part of a merged cell (${reference}); fill in each row`,
})

interface Survey extends Shape {
  readonly sheet: Sheet
  readonly isFilled: boolean
  readonly first: readonly Row[]
}

async function survey(archive: Archive, sheet: Sheet, context: CellContext): Promise<Survey> {
  const shape: Shape = { merges: [], formulas: [] }
  const first: Row[] = []
  for await (const row of readSheet(archive, sheet.path, context, shape)) {
    if (first.length < MAX_TITLE_ROWS) {
      first.push({ ...row, cells: row.cells.filter(({ column }) => column < MAX_COLUMNS) })
    }
  }
  return { sheet, isFilled: first.length > 0, first, ...shape }
}

function createRowReader({ names, bottom }: Header, { merges, formulas }: Survey) {
  const columns = [...names.keys()]
  const below = merges.filter((area) => area.bottom > bottom)
  const mergeAt = createCover(below, columns)
  const formulaAt = createCover(formulas, columns)
  return ({ row, cells }: Row) => {
    const texts = new Map(cells.map(({ column, text }) => [column, text]))
    const notes: CellNote[] = []
    for (const { column, text, fault } of cells) {
      const header = names.get(column)
      if (header === undefined) notes.push({ column: toLetters(column), value: text, reason: STRAY, isStray: true })
      else if (fault !== undefined) notes.push({ column: header, value: text, reason: fault })
    }
    for (const [column, header] of names) {
      if (notes.some((note) => note.column === header)) continue
      const area = mergeAt(row, column)
      const text = texts.get(column) ?? ''
      if (area !== undefined && (area.top !== row || area.left !== column)) {
        notes.push({ column: header, value: text, reason: merged(area.reference) })
      } else if (formulaAt(row, column) !== undefined) notes.push({ column: header, value: text, reason: FORMULA })
    }
    return { row, cells: columns.map((column) => texts.get(column) ?? ''), notes }
  }
}

/** The list in a workbook: the first visible sheet with a header. @throws UnreadableFile */
export async function* readList(content: Buffer): AsyncGenerator<Told> {
  const archive = await openArchive(content)
  await refuseActiveContent(archive)
  const { sheets, is1904, stylesPath, stringsPath } = await readWorkbook(archive)
  const context = {
    is1904,
    strings: await readSharedStrings(archive, stringsPath),
    dateStyles: await readDateStyles(archive, stylesPath),
  }
  const surveys: Survey[] = []
  for (const sheet of sheets) surveys.push(await survey(archive, sheet, context))
  const visible = surveys.filter(({ sheet }) => sheet.isVisible)
  const found = visible.flatMap((seen) => {
    const header = findHeader(seen.first, seen.merges)
    return header === undefined ? [] : [{ seen, header }]
  })[0]
  if (found === undefined) throw new UnreadableFile(NO_HEADER)
  const { seen, header } = found
  yield {
    sheet: seen.sheet.name,
    otherSheets: surveys.filter((other) => other !== seen && other.isFilled).map(({ sheet }) => sheet.name),
    headerRow: header.bottom,
    headers: [...header.names.values()],
  }
  const read = createRowReader(header, seen)
  let length = 0
  for await (const row of readSheet(archive, seen.sheet.path, context)) {
    if (row.row <= header.bottom) continue
    const told = read(row)
    length += told.cells.reduce((sum, text) => sum + text.length + 1, told.notes.length * NOTE_LENGTH)
    if (length > MAX_TEXT_LENGTH) throw new UnreadableFile(TOO_MUCH)
    yield told
  }
}
