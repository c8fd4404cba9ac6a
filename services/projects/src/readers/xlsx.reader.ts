import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers'
import type { SheetRead, Words } from '@tiaodu/types'
import type { FileRow } from '../domain/project-row.ts'
import { ORIGIN } from '../domain/row-origin.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { MAX_FILE_BYTES } from './xlsx/limits.ts'
import type { Told } from './xlsx/read-list.ts'

/** What the reading process may take: memory, the longest that it may think before it says the next thing, and all its time. */
const LIMITS = { heapMib: 256, silenceMs: 30_000, totalMs: 600_000 }

const TOO_LARGE = {
  zh: `文件超过 ${MAX_FILE_BYTES / 1024 / 1024} MB，请拆分或改用 CSV`,
  en: `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB; split it or use CSV`,
}
const TOO_SLOW = { zh: '文件读取时间过长，已停止', en: 'Reading the file took too long and was stopped' }
const BROKE_OFF = { zh: '文件读取中断（内容过大或格式有误）', en: 'Reading the file broke off: too large, or broken' }

// From source as from dist: the process is started as this one was.
const isSource = import.meta.filename.endsWith('.ts')
const program = join(import.meta.dirname, 'xlsx', `read-in-child.${isSource ? 'ts' : 'js'}`)
const sourceArguments = isSource ? ['--conditions=@tiaodu/source', '--import', import.meta.resolve('tsx')] : []

/** The lines of a stream; `onSilence` ends it when nothing comes for too long while we wait. */
async function* linesOf(
  stream: AsyncIterable<string>,
  silenceMs: number,
  onSilence: () => void,
): AsyncGenerator<string> {
  const pieces = stream[Symbol.asyncIterator]()
  let rest = ''
  for (;;) {
    const timer = setTimeout(onSilence, silenceMs)
    const piece = await pieces.next().finally(() => clearTimeout(timer))
    if (piece.done) return
    const lines = (rest + piece.value).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

type Line = Told | { readonly isWhole: true } | { readonly unreadable: Words }

/**
 * The rows of a workbook by their headers, and through `tell` which sheet they are of. A hostile file can harm only the
 * process that reads it, which knows no secret and has a limit of memory and time. @throws UnreadableFile
 */
export async function* readXlsx(
  content: Uint8Array,
  tell: (sheet: SheetRead) => void,
  { heapMib, silenceMs, totalMs } = LIMITS,
): AsyncGenerator<FileRow> {
  if (content.length > MAX_FILE_BYTES) throw new UnreadableFile(TOO_LARGE)
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMib}`, ...sourceArguments, program], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {},
    windowsHide: true,
  })
  let isTooSlow = false
  const stop = () => {
    isTooSlow = true
    child.kill('SIGKILL')
  }
  const deadline = setTimeout(stop, totalMs)
  // It may end before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(content)
  let headers: readonly string[] = []
  let headerRow = 1
  try {
    for await (const line of linesOf(child.stdout.setEncoding('utf8'), silenceMs, stop)) {
      const told = JSON.parse(line) as Line
      if ('isWhole' in told) return
      if ('unreadable' in told) throw new UnreadableFile(told.unreadable)
      if ('sheet' in told) {
        ;({ headers, headerRow } = told)
        tell({ name: told.sheet, headerRow, otherSheets: [...told.otherSheets] })
      } else {
        const cells = Object.fromEntries(headers.map((header, at) => [header, told.cells[at] ?? '']))
        yield { ...cells, [ORIGIN]: { row: told.row, headerRow, notes: told.notes } }
      }
    }
  } finally {
    clearTimeout(deadline)
    child.kill('SIGKILL')
  }
  throw new UnreadableFile(isTooSlow ? TOO_SLOW : BROKE_OFF)
}
