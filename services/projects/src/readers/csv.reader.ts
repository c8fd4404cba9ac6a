import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { FileRow } from '../domain/project-row.ts'
import { UnreadableFile } from './unreadable-file.ts'

// What Excel saves as CSV on a Chinese Windows is GB 18030 without a word about it.
const toUtf8 = (content: Uint8Array): Uint8Array => {
  if (isUtf8(content)) return content
  try {
    return Buffer.from(new TextDecoder('gb18030', { fatal: true }).decode(content))
  } catch {
    throw new UnreadableFile({ zh: '文件既不是 UTF-8 也不是 GB 18030', en: 'The file is neither UTF-8 nor GB 18030' })
  }
}

// What an export has marked so that a spreadsheet does not take it for a formula.
const unmarked = (cell: string) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

function toRow(headers: readonly string[], cells: readonly string[], line: number): FileRow {
  if (cells.length > headers.length && !isBlank(cells.slice(headers.length))) {
    throw new UnreadableFile({
      zh: `第 ${line} 行有 ${cells.length} 格，表头有 ${headers.length} 格`,
      en: `Row ${line} has ${cells.length} cells, the header has ${headers.length}`,
    })
  }
  return Object.fromEntries(headers.map((header, at) => [header, unmarked(cells[at] ?? '')]))
}

// Given piece by piece, the parser holds only the rows that were not asked for yet.
const PIECE = 65_536
function* piecesOf(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.length; start += PIECE) yield content.subarray(start, start + PIECE)
}

/** The lines of a CSV file by their headers; a blank line is a row that says nothing. @throws UnreadableFile */
export async function* readCsv(content: Uint8Array): AsyncGenerator<FileRow> {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: false })
  Readable.from(piecesOf(toUtf8(content))).pipe(parser)
  let headers: string[] | undefined
  let line = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line++
      if (headers === undefined) {
        headers = cells.map((header) => header.trim())
        const twice = headers.find((header, at) => header !== '' && headers?.indexOf(header) !== at)
        if (twice !== undefined)
          throw new UnreadableFile({ zh: `“${twice}”列重复`, en: `The column ${twice} stands twice` })
      } else yield toRow(headers, cells, line)
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile({ zh: `CSV 格式有误：${error.message}`, en: error.message })
    throw error
  }
}
