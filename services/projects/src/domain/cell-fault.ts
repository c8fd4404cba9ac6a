import { type CellProblem, toShown, type Words } from '@tiaodu/types'

/** A cell that is not as required, before it is known who reads it. */
export type CellFault = Omit<CellProblem, 'reason'> & { readonly reason: Words }

/** The same as people can be shown it, whatever the cell and its header hold. */
export const toShownFault = ({ row, column, value, reason }: CellFault): CellFault => ({
  row,
  column: toShown(column),
  value: toShown(value),
  reason: { zh: toShown(reason.zh), en: toShown(reason.en) },
})

export const MUST_NOT_BE_EMPTY: Words = { zh: '不能为空', en: 'must not be empty' }

export const standsTwice = (firstRow: number): Words => ({
  zh: `在文件中重复，首次出现在第 ${firstRow} 行`,
  en: `stands twice in the file, first in row ${firstRow}`,
})
