import { findColumn } from '../../domain/project-columns.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { type Area, createCover } from './areas.ts'
import { MAX_COLUMNS } from './limits.ts'
import type { Row } from './sheet.ts'

/** Where the header stands, and what each column is called. */
export interface Header {
  readonly top: number
  readonly bottom: number
  readonly names: ReadonlyMap<number, string>
}

const MAX_HEIGHT = 5
const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

const findTop = (rows: readonly Row[]) => {
  for (const { row, cells } of rows) {
    const name = cells.find(({ text, fault }) => fault === undefined && findColumn(text)?.field === 'name')
    if (name !== undefined) return { row, column: name.column }
  }
  return undefined
}

// "计划" over "开工时间" is 计划开工时间; "基本情况" over "建设地点" says nothing more than 建设地点.
function toName(parts: readonly string[]): string {
  const joined = parts.join('')
  if (findColumn(joined) !== undefined) return joined
  const last = parts.at(-1) ?? ''
  return findColumn(last) === undefined ? joined : last
}

/**
 * The header of a sheet: the first row with a column for the name of a project, and the rows below that this cell is
 * merged with; undefined when there is none. @throws UnreadableFile for a column that stands twice
 */
export function findHeader(rows: readonly Row[], merges: readonly Area[]): Header | undefined {
  const first = findTop(rows)
  if (first === undefined) return undefined
  const top = first.row
  const merge = merges.find((area) => area.top === top && area.left === first.column)
  const bottom = merge !== undefined && merge.bottom - top < MAX_HEIGHT ? merge.bottom : top
  const texts = new Map<string, string>()
  for (const { row, cells } of rows) {
    if (row < top || row > bottom) continue
    for (const { column, text, fault } of cells) {
      if (column < MAX_COLUMNS && fault === undefined) texts.set(`${row} ${column}`, tidy(text))
    }
  }
  const within = merges.filter((area) => area.bottom >= top && area.top <= bottom)
  const columns = Array.from({ length: MAX_COLUMNS }, (_, column) => column)
  const cover = createCover(within, columns)
  const names = new Map<number, string>()
  for (const column of columns) {
    const parts: string[] = []
    let isOwn = false
    for (let row = top; row <= bottom; row++) {
      const area = cover(row, column)
      const text = texts.get(area === undefined ? `${row} ${column}` : `${area.top} ${area.left}`)
      if (text === undefined || (area !== undefined && row > Math.max(top, area.top))) continue
      parts.push(text)
      isOwn ||= area === undefined || area.left === column
    }
    if (isOwn) names.set(column, toName(parts))
  }
  const all = [...names.values()]
  const twice = all.find((name, at) => all.indexOf(name) !== at)
  if (twice !== undefined) throw new UnreadableFile({ zh: `“${twice}”列重复`, en: `The column ${twice} stands twice` })
  return { top, bottom, names }
}
