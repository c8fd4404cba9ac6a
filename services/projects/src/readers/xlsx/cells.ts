import type { Words } from '@tiaodu/types'
import { UnreadableFile } from '../unreadable-file.ts'
import { EXACT_DIGITS, toDay, toNumberText, toPlainText } from './cell-text.ts'

/** A cell that says something. */
export interface Cell {
  readonly column: number
  readonly text: string
  /** Why the text is not to be relied on. */
  readonly fault?: Words
}

/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly strings: readonly string[]
  readonly dateStyles: ReadonlySet<number>
  readonly is1904: boolean
}

/** A cell as the file writes it. */
export interface RawCell {
  readonly type: string
  readonly style: number
  readonly value: string
  readonly inlineText: string
  readonly formula: string | undefined
}

export const FORMULA: Words = {
  zh: '是公式，请粘贴为数值后再导入',
  en: 'is a formula; paste its value instead',
}
const ERROR_VALUE: Words = { zh: '是错误值', en: 'is an error value' }
const LOST_DIGITS: Words = {
  zh: `是超过 ${EXACT_DIGITS} 位的数字，表格软件已丢失末尾数字，请将单元格设为文本后重新填写`,
  en: `is a number of more than ${EXACT_DIGITS} digits, of which the spreadsheet has lost the last; type it again as text`,
}
const BROKEN: Words = { zh: '单元格内容有误', en: 'A cell is not as the format says' }

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/
const ISO_DAY = /^\d{4}-\d{2}-\d{2}(?=T|$)/

function toNumber(value: string, style: number, { dateStyles, is1904 }: CellContext): Omit<Cell, 'column'> {
  if (!NUMBER.test(value)) throw new UnreadableFile(BROKEN)
  const number = Number(value)
  const day = dateStyles.has(style) ? toDay(number, is1904) : undefined
  if (day !== undefined) return { text: day }
  const text = toNumberText(number)
  return Math.abs(number) >= 10 ** EXACT_DIGITS ? { text, fault: LOST_DIGITS } : { text }
}

/** What a cell says, as text. @throws UnreadableFile */
export function toCell(
  { type, style, value, inlineText, formula }: RawCell,
  context: CellContext,
): Omit<Cell, 'column'> {
  if (formula !== undefined) return { text: `=${formula}`, fault: FORMULA }
  if (type === 'inlineStr') return { text: inlineText }
  if (value === '') return { text: '' }
  if (type === 's') {
    const text = /^\d+$/.test(value) ? context.strings[Number(value)] : undefined
    if (text === undefined) throw new UnreadableFile(BROKEN)
    return { text }
  }
  if (type === 'str') return { text: toPlainText(value) }
  if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE' }
  if (type === 'e') return { text: value, fault: ERROR_VALUE }
  if (type === 'd') return { text: ISO_DAY.exec(value)?.[0] ?? value }
  return toNumber(value, style, context)
}
