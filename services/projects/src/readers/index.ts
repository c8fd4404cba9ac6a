import { type SheetRead, XLSX_TYPE } from '@tiaodu/types'
import type { FileRow } from '../domain/project-row.ts'
import { readCsv } from './csv.reader.ts'
import { readNdjson } from './ndjson.reader.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { readXlsx } from './xlsx.reader.ts'

type Read = (content: Uint8Array, tell: (sheet: SheetRead) => void) => AsyncIterable<FileRow>

const READERS: Readonly<Record<string, Read>> = {
  'text/csv': readCsv,
  'application/x-ndjson': readNdjson,
  [XLSX_TYPE]: readXlsx,
}

/** The rows of a file of one of our types; `tell` is told the sheet of a workbook. @throws UnreadableFile */
export function readRows(
  content: Uint8Array,
  fileType: string,
  tell: (sheet: SheetRead) => void = () => {},
): AsyncIterable<FileRow> {
  const read = READERS[fileType]
  if (read === undefined) throw new UnreadableFile({ zh: `不支持读取 ${fileType}`, en: `We do not read ${fileType}` })
  return read(content, tell)
}

export const isUnreadable = (error: unknown): error is UnreadableFile => error instanceof UnreadableFile
