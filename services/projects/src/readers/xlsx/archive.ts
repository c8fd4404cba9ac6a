import { Buffer } from 'node:buffer'
import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { UnreadableFile } from '../unreadable-file.ts'
import { MAX_ENTRIES, MAX_FILE_BYTES, MAX_INFLATED_BYTES } from './limits.ts'

/** The parts of a workbook by name; what is read of all of them together is counted. */
export interface Archive {
  readonly names: readonly string[]
  /** The bytes of a part as they are inflated; undefined when there is no such part. */
  open(name: string): AsyncIterable<Uint8Array> | undefined
}

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')

const TOO_LARGE = {
  zh: `文件超过 ${MAX_FILE_BYTES / 1024 / 1024} MB，请拆分或改用 CSV`,
  en: `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB; split it or use CSV`,
}
const INFLATES = {
  zh: `文件解压后超过 ${MAX_INFLATED_BYTES / 1024 / 1024} MB，请拆分或改用 CSV`,
  en: `The file inflates to more than ${MAX_INFLATED_BYTES / 1024 / 1024} MB; split it or use CSV`,
}
const PASSWORD = { zh: '文件有密码，请取消密码后再导入', en: 'The file has a password; remove it first' }
const BROKEN = { zh: '不是完整的 XLSX 文件', en: 'This is not a whole XLSX file' }

function refuseOtherFormats(content: Buffer): void {
  if (content.length > MAX_FILE_BYTES) throw new UnreadableFile(TOO_LARGE)
  if (!content.subarray(0, OLE.length).equals(OLE)) return
  if (content.includes(ENCRYPTED)) throw new UnreadableFile(PASSWORD)
  throw new UnreadableFile({
    zh: '这是旧版 .xls 文件，请另存为 .xlsx',
    en: 'This is an old .xls file; save it as .xlsx',
  })
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let declared = 0
  for await (const entry of zip.eachEntry()) {
    if (entries.size === MAX_ENTRIES) {
      throw new UnreadableFile({
        zh: `文件内的部件超过 ${MAX_ENTRIES} 个`,
        en: `The file has more than ${MAX_ENTRIES} parts`,
      })
    }
    if (entry.isEncrypted()) throw new UnreadableFile(PASSWORD)
    // Which of two parts of one name counts, every program may see differently.
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw new UnreadableFile(BROKEN)
    declared += entry.uncompressedSize
    if (declared > MAX_INFLATED_BYTES) throw new UnreadableFile(INFLATES)
    entries.set(name, entry)
  }
  return entries
}

/** Opens a workbook and looks at the list of its parts only. @throws UnreadableFile */
export async function openArchive(content: Buffer): Promise<Archive> {
  refuseOtherFormats(content)
  // A sheet is read twice, first for its shape: only what was not seen before counts.
  const seen = new Map<Entry, number>()
  let inflated = 0
  const told = (error: unknown) => (error instanceof UnreadableFile ? error : new UnreadableFile(BROKEN))
  async function* read(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
    try {
      const stream: Readable = await zip.openReadStreamPromise(entry)
      let position = 0
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        position += chunk.length
        const unseen = position - (seen.get(entry) ?? 0)
        if (unseen > 0) {
          seen.set(entry, position)
          inflated += unseen
        }
        if (inflated > MAX_INFLATED_BYTES) throw new UnreadableFile(INFLATES)
        yield chunk
      }
    } catch (error) {
      throw told(error)
    }
  }
  try {
    const zip = await fromBufferPromise(content, { lazyEntries: true, autoClose: false })
    const entries = await listEntries(zip)
    return {
      names: [...entries.keys()],
      open(name) {
        const entry = entries.get(name.toLowerCase())
        return entry && read(zip, entry)
      },
    }
  } catch (error) {
    throw told(error)
  }
}
