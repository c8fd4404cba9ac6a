import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

// Those of ECMA-376 that show a day, with the ones of the Chinese edition (27-36, 50-58); 18-21 and 45-47 show a time alone.
const BUILT_IN = new Set([14, 15, 16, 17, 22, ...range(27, 31), 36, ...range(50, 54), 57, 58])

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

/** Whether a number format shows a day: its letters y or d outside quotes, brackets and escapes. */
function isDateFormat(code: string): boolean {
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')
  return /[yde]/i.test(first.replace(/\[[^\]]*\]/g, '').replace(/general|e[+-]/gi, ''))
}

/** Which cell styles show a day, by their index. @throws UnreadableFile */
export async function readDateStyles(archive: Archive, path: string | undefined): Promise<ReadonlySet<number>> {
  const found = new Set<number>()
  const bytes = path === undefined ? undefined : archive.open(path)
  if (bytes === undefined) return found
  const custom = new Map<number, boolean>()
  let isCellFormats = false
  let index = 0
  await readXml(bytes, {
    open(name, attributes) {
      if (name === 'cellXfs') isCellFormats = true
      else if (name === 'numFmt') custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
      else if (name === 'xf' && isCellFormats) {
        const id = Number(attributes.numFmtId ?? 0)
        if (custom.get(id) ?? BUILT_IN.has(id)) found.add(index)
        index++
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false
    },
  })
  return found
}
