import { UnreadableFile } from '../unreadable-file.ts'
import type { Archive } from './archive.ts'
import { MAX_SHEETS } from './limits.ts'
import { readRelationships } from './package-check.ts'
import { readXml } from './xml.ts'

export interface Sheet {
  readonly name: string
  readonly isVisible: boolean
  readonly path: string
}

export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904, as old files of a Mac do. */
  readonly is1904: boolean
  readonly stylesPath: string | undefined
  readonly stringsPath: string | undefined
}

const NO_WORKBOOK = { zh: '不是 XLSX 工作簿', en: 'This is not an XLSX workbook' }

/** The list of sheets and where the parts are. @throws UnreadableFile */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const [root] = (await readRelationships(archive, '')).filter(({ kind }) => kind === 'officeDocument')
  const path = root?.target ?? 'xl/workbook.xml'
  const bytes = archive.open(path)
  if (bytes === undefined) throw new UnreadableFile(NO_WORKBOOK)
  const parts = await readRelationships(archive, path)
  const pathOf = (kind: string) => parts.find((part) => part.kind === kind)?.target
  const sheets: Sheet[] = []
  let is1904 = false
  await readXml(bytes, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet' || sheets.length === MAX_SHEETS) return
      // The prefix of the relationships' namespace is the file's own choice.
      const id = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1]
      const part = parts.find((found) => found.id === id)
      if (part?.kind !== 'worksheet') return
      const isVisible = (attributes.state ?? 'visible') === 'visible'
      sheets.push({ name: attributes.name ?? '', isVisible, path: part.target })
    },
  })
  return { sheets, is1904, stylesPath: pathOf('styles'), stringsPath: pathOf('sharedStrings') }
}
