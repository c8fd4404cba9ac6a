import { Readable } from 'node:stream'
import type { Download } from '@tiaodu/service'
import { XLSX_TYPE } from '@tiaodu/types'
import { TEMPLATE, type TemplateColumn } from '../domain/project-template.ts'

const ROWS = 2_000
// A spreadsheet refuses a longer list of choices.
const MAX_CHOICES = 255
const FORMATS = { text: '@', date: 'yyyy-mm-dd', amount: '0.####' } as const

const toChoices = ({ choices }: TemplateColumn): string | undefined => {
  const list = `"${choices.join(',')}"`
  return choices.length > 0 && list.length <= MAX_CHOICES ? list : undefined
}

/** An empty list to fill in: the headers that importing knows, drop-downs for closed lists, what each column takes. */
export async function makeTemplate(): Promise<Download> {
  // Only who asks for a template waits for the library to load.
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.Workbook()
  const list = book.addWorksheet('项目清单', { views: [{ state: 'frozen', ySplit: 1 }] })
  const notes = book.addWorksheet('填报说明')
  notes.columns = [
    { header: '列', width: 24 },
    { header: '是否必填', width: 10 },
    { header: '填写要求', width: 80 },
  ]
  for (const [at, column] of TEMPLATE.entries()) {
    const { header, kind, isRequired, note } = column
    const found = list.getColumn(at + 1)
    found.width = Math.max(12, header.length * 2 + 4)
    found.numFmt = FORMATS[kind]
    const cell = list.getCell(1, at + 1)
    cell.value = header
    cell.font = { bold: isRequired }
    cell.numFmt = '@'
    const formula = toChoices(column)
    for (let row = 2; formula !== undefined && row <= ROWS; row++) {
      list.getCell(row, at + 1).dataValidation = { type: 'list', allowBlank: true, formulae: [formula] }
    }
    notes.addRow([header, isRequired ? '必填' : '', note])
  }
  const stream = Readable.from([Buffer.from(await book.xlsx.writeBuffer())])
  return { stream, type: XLSX_TYPE, fileName: '重点项目清单模板.xlsx' }
}
