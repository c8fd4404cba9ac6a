import { UnreadableFile } from '../unreadable-file.ts'
import type { Archive } from './archive.ts'
import { toPlainText } from './cell-text.ts'
import { MAX_CELL_LENGTH } from './limits.ts'
import { readXml } from './xml.ts'

const TOO_LONG = {
  zh: `有单元格超过 ${MAX_CELL_LENGTH} 个字符`,
  en: `A cell has more than ${MAX_CELL_LENGTH} characters`,
}

/** Collects the text of one item, rich text joined, its phonetic hints left out. */
export function createTextCollector() {
  let text = ''
  let isText = false
  let phonetic = 0
  return {
    open(name: string) {
      if (name === 'rPh') phonetic++
      isText = name === 't' && phonetic === 0
    },
    text(piece: string) {
      if (!isText) return
      text += piece
      if (text.length > 7 * MAX_CELL_LENGTH) throw new UnreadableFile(TOO_LONG)
    },
    close(name: string) {
      if (name === 'rPh') phonetic--
      isText = false
    },
    take(): string {
      const taken = toPlainText(text)
      text = ''
      if (taken.length > MAX_CELL_LENGTH) throw new UnreadableFile(TOO_LONG)
      return taken
    },
  }
}

/** The texts that cells refer to by number. @throws UnreadableFile */
export async function readSharedStrings(archive: Archive, path: string | undefined): Promise<readonly string[]> {
  const found: string[] = []
  const bytes = path === undefined ? undefined : archive.open(path)
  if (bytes === undefined) return found
  const collector = createTextCollector()
  await readXml(bytes, {
    open: collector.open,
    text: collector.text,
    close(name) {
      collector.close(name)
      if (name === 'si') found.push(collector.take())
    },
  })
  return found
}
