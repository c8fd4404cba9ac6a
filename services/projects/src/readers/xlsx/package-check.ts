import { UnreadableFile } from '../unreadable-file.ts'
import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

const MACRO = {
  zh: '文件含有宏，不予读取，请另存为不含宏的 .xlsx',
  en: 'The file has macros; save it as .xlsx without',
}
const LINKS = {
  zh: '文件链接到其他文件或数据源，请断开链接（数据—编辑链接）后再导入',
  en: 'The file links to other files or data; break the links first',
}
const NO_WORKBOOK = { zh: '不是 XLSX 工作簿', en: 'This is not an XLSX workbook' }

const MACRO_PART = /(^|\/)(vbaproject[^/]*\.bin|vbadata\.xml)$|^xl\/(macrosheets|dialogsheets)\//
const MACRO_TYPE = /macroenabled|vbaproject|intlmacrosheet/i
const LINK_PART = /^xl\/(externallinks|querytables|connections\.xml)/

/** Refuses workbooks that do more than hold cells. @throws UnreadableFile */
export async function refuseActiveContent(archive: Archive): Promise<void> {
  const types = archive.open('[Content_Types].xml')
  if (types === undefined) throw new UnreadableFile(NO_WORKBOOK)
  if (archive.names.some((name) => MACRO_PART.test(name))) throw new UnreadableFile(MACRO)
  await readXml(types, {
    open(_name, { ContentType = '' }) {
      if (MACRO_TYPE.test(ContentType)) throw new UnreadableFile(MACRO)
    },
  })
  if (archive.names.some((name) => LINK_PART.test(name))) throw new UnreadableFile(LINKS)
}

/** A relationship of a part: what it is and where it leads. */
export interface Relationship {
  readonly id: string
  /** The last part of its type: `worksheet`, `styles`. */
  readonly kind: string
  readonly target: string
}

// Relative to the folder of the part; one that leads out of the file has no business in a list.
function resolve(folder: string, target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : `${folder}${target}`
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** The relationships of a part. @throws UnreadableFile for one that leads to another file */
export async function readRelationships(archive: Archive, part: string): Promise<Relationship[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const bytes = archive.open(`${folder}_rels/${part.slice(folder.length)}.rels`)
  if (bytes === undefined) return []
  const found: Relationship[] = []
  await readXml(bytes, {
    open(name, { Id = '', Type = '', Target = '', TargetMode = '' }) {
      if (name !== 'Relationship') return
      const kind = Type.slice(Type.lastIndexOf('/') + 1)
      if (TargetMode === 'External' || kind === 'externalLink') throw new UnreadableFile(LINKS)
      found.push({ id: Id, kind, target: resolve(folder, Target) })
    },
  })
  return found
}
