import { UnreadableFile } from '../unreadable-file.ts'
import type { Archive } from './archive.ts'
import { type Area, toArea } from './areas.ts'
import { toPlace } from './cell-text.ts'
import { type Cell, type CellContext, toCell } from './cells.ts'
import { MAX_COLUMN, MAX_MERGES, MAX_ROW } from './limits.ts'
import { createTextCollector } from './shared-strings.ts'
import { parseXml } from './xml.ts'

/** A row that says something. */
export interface Row {
  readonly row: number
  readonly cells: readonly Cell[]
}

/** What of a sheet is known only at its end. */
export interface Shape {
  readonly merges: Area[]
  /** Where array formulas and data tables put their results. */
  readonly formulas: Area[]
}

const DISORDER = { zh: '工作表的行列次序有误', en: 'The rows or cells of a sheet are not in order' }
const TOO_MANY = { zh: `合并单元格超过 ${MAX_MERGES} 处`, en: `More than ${MAX_MERGES} merged cells` }

function note(areas: Area[], reference: string | undefined): void {
  const area = toArea(reference ?? '')
  if (area === undefined) return
  if (areas.length === MAX_MERGES) throw new UnreadableFile(TOO_MANY)
  areas.push(area)
}

/** Puts the pieces of the sheet's XML together; `rows` is emptied by the reader. */
function createAssembler(context: CellContext, shape: Shape) {
  const rows: Row[] = []
  const inline = createTextCollector()
  let cells: Cell[] = []
  let row = 0
  let column = -1
  let attributes: Readonly<Record<string, string>> = {}
  let part = ''
  let value = ''
  let formula: string | undefined

  function openRow({ r }: Readonly<Record<string, string>>) {
    const next = r === undefined ? row + 1 : Number(r)
    if (!Number.isInteger(next) || next <= row || next > MAX_ROW) throw new UnreadableFile(DISORDER)
    row = next
    column = -1
    cells = []
  }
  function openCell(found: Readonly<Record<string, string>>) {
    attributes = found
    value = ''
    formula = undefined
    const place = found.r === undefined ? { row, column: column + 1 } : toPlace(found.r)
    if (place?.row !== row || place.column <= column || place.column > MAX_COLUMN) throw new UnreadableFile(DISORDER)
    column = place.column
  }
  function closeCell() {
    const { t: type = 'n', s: style = '0' } = attributes
    const read = toCell({ type, style: Number(style), value, inlineText: inline.take(), formula }, context)
    if (read.text.trim() !== '') cells.push({ column, ...read })
  }
  return {
    rows,
    open(name: string, found: Readonly<Record<string, string>>) {
      part = name
      if (name === 'row') openRow(found)
      else if (name === 'c') openCell(found)
      else if (name === 'mergeCell') note(shape.merges, found.ref)
      else if (name === 'f') {
        formula = ''
        if (found.t === 'array' || found.t === 'dataTable') note(shape.formulas, found.ref)
      } else inline.open(name)
    },
    text(text: string) {
      if (part === 'v') value += text
      else if (part === 'f') formula += text
      else inline.text(text)
    },
    close(name: string) {
      part = ''
      if (name === 'c') closeCell()
      else if (name === 'row' && cells.length > 0) rows.push({ row, cells })
      else inline.close(name)
    },
  }
}

/** The rows of a sheet that say something, from top to bottom; `shape` is filled on the way. @throws UnreadableFile */
export async function* readSheet(
  archive: Archive,
  path: string,
  context: CellContext,
  shape: Shape = { merges: [], formulas: [] },
): AsyncGenerator<Row> {
  const bytes = archive.open(path)
  if (bytes === undefined) throw new UnreadableFile({ zh: '缺少工作表', en: 'A sheet is missing' })
  const assembler = createAssembler(context, shape)
  for await (const _ of parseXml(bytes, assembler)) yield* assembler.rows.splice(0)
}
