import type { CellProblem, Words } from '@tiaodu/types'

/** A cell that is not as required, before it is known who reads it. */
export type CellFault = Omit<CellProblem, 'reason'> & { readonly reason: Words }

export const MUST_NOT_BE_EMPTY: Words = { zh: '不能为空', en: 'must not be empty' }

export const standsTwice = (firstRow: number): Words => ({
  zh: `在文件中重复，首次出现在第 ${firstRow} 行`,
  en: `stands twice in the file, first in row ${firstRow}`,
})
