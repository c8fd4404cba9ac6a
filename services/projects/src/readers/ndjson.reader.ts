import { isUtf8 } from 'node:buffer'
import type { FileRow } from '../domain/project-row.ts'
import { UnreadableFile } from './unreadable-file.ts'

function toCell(value: unknown, field: string, line: number): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((part) => toCell(part, field, line)).join('、')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new UnreadableFile({
    zh: `第 ${line} 行：${field} 不是文本、数字、null 或它们的列表`,
    en: `Line ${line}: ${field} is neither text, a number, null nor a list of them`,
  })
}

/** One JSON object per line, its fields as the columns of a list. @throws UnreadableFile naming the line */
export async function* readNdjson(content: Uint8Array): AsyncGenerator<FileRow> {
  if (!isUtf8(content)) throw new UnreadableFile({ zh: '文件不是 UTF-8', en: 'The file is not UTF-8' })
  const text = new TextDecoder('utf-8').decode(content)
  let line = 0
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const part = text.slice(start, end < 0 ? undefined : end).trim()
    start = end < 0 ? text.length : end + 1
    line++
    if (part === '') continue
    let value: unknown
    try {
      value = JSON.parse(part)
    } catch {
      throw new UnreadableFile({ zh: `第 ${line} 行不是 JSON`, en: `Line ${line} is not JSON` })
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UnreadableFile({ zh: `第 ${line} 行不是对象`, en: `Line ${line} is not an object` })
    }
    const at = line
    yield Object.fromEntries(Object.entries(value).map(([field, cell]) => [field, toCell(cell, field, at)]))
  }
}
