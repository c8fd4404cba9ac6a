import type { FileRow } from '../domain/project-row.ts'
import { readCsv } from './csv.reader.ts'
import { readNdjson } from './ndjson.reader.ts'
import { UnreadableFile } from './unreadable-file.ts'

const READERS: Readonly<Record<string, (content: Uint8Array) => AsyncIterable<FileRow>>> = {
  'text/csv': readCsv,
  'application/x-ndjson': readNdjson,
}

/** The rows of a file of one of our types. @throws UnreadableFile */
export function readRows(content: Uint8Array, fileType: string): AsyncIterable<FileRow> {
  const read = READERS[fileType]
  if (read === undefined) throw new UnreadableFile({ zh: `不支持读取 ${fileType}`, en: `We do not read ${fileType}` })
  return read(content)
}

export const isUnreadable = (error: unknown): error is UnreadableFile => error instanceof UnreadableFile
