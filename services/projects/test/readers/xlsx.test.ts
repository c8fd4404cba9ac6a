import { Buffer } from 'node:buffer'
import { XLSX_TYPE } from '@tiaodu/types'
import { stringify } from 'csv-stringify/sync'
import type ExcelJS from 'exceljs'
import fc from 'fast-check'
import t from 'tap'
import type { FileRow } from '../../src/domain/project-row.ts'
import { type CellNote, ORIGIN } from '../../src/domain/row-origin.ts'
import { isUnreadable, readRows } from '../../src/readers/index.ts'
import { readList, type Told } from '../../src/readers/xlsx/read-list.ts'
import { readXlsx } from '../../src/readers/xlsx.reader.ts'
import { encrypted, HEADERS, listOf, MIB, rezip, SHEET, sheetXml, workbook, zipOf } from '../fixtures/workbook.ts'

const ROW = ['水库', '410802', '解放区', '水利', '在建', 1234567.89, null, null]
/** What breaks a limit alone. */
const PLENTY = { heapMib: 256, silenceMs: 30_000, totalMs: 60_000 }
/** However slow the machine is, another limit breaks first. */
const UNHURRIED = { heapMib: 256, silenceMs: 300_000, totalMs: 600_000 }
const simple = await listOf([HEADERS, ROW])

async function every(rows: AsyncIterable<FileRow>) {
  const all: FileRow[] = []
  for await (const row of rows) all.push(row)
  return all
}
/** Reads in this process, as the reading process does: starting one costs more than reading. */
async function read(content: Buffer) {
  const told = readList(content)
  const sheet = (await told.next()).value as Extract<Told, { sheet: string }>
  const rows: { row: number; cells: Record<string, string | undefined>; notes: readonly CellNote[] }[] = []
  for await (const next of told) {
    if ('sheet' in next) throw new Error('a second header')
    rows.push({ ...next, cells: Object.fromEntries(next.cells.map((cell, at) => [sheet.headers[at], cell])) })
  }
  return { sheet, rows, notes: rows.flatMap(({ notes }) => notes) }
}
async function failureOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading
    return 'was read'
  } catch (error) {
    if (isUnreadable(error)) return error.reason.en
    throw error
  }
}

/** What one cell is read as, of a sheet with that cell under 备注. */
async function cellOf(value: ExcelJS.CellValue, { numFmt = 'General', is1904 = false } = {}) {
  const { rows, notes } = await read(
    await workbook((book) => {
      book.properties.date1904 = is1904
      const sheet = book.addWorksheet('表')
      sheet.addRow(['项目名称', '备注'])
      sheet.addRow(['水库', value]).getCell(2).numFmt = numFmt
    }),
  )
  return notes[0] === undefined ? rows[0]?.cells.备注 : [notes[0].value, notes[0].reason.en]
}

t.test('a cell says what the spreadsheet shows', async (t) => {
  const day = new Date(Date.UTC(2026, 10, 5))
  const cases: [string, unknown, ExcelJS.CellValue, Parameters<typeof cellOf>[1]?][] = [
    ['a day', '2026-11-05', day, { numFmt: 'yyyy-mm-dd' }],
    ['a day in Chinese', '2026-11-05', day, { numFmt: 'yyyy"年"m"月"d"日";@' }],
    ['a day with a built-in format', '2026-11-05', day, { numFmt: 'mm-dd-yy' }],
    ['a day counted from 1904', '2026-11-05', day, { numFmt: 'yyyy/m/d', is1904: true }],
    ['a day with a time', '2026-11-05', new Date(Date.UTC(2026, 10, 5, 23, 59)), { numFmt: 'yyyy-mm-dd hh:mm' }],
    ['the first day', '1900-01-01', 1, { numFmt: 'yyyy-mm-dd' }],
    ['the day before the one that never was', '1900-02-28', 59, { numFmt: 'yyyy-mm-dd' }],
    ['the day that never was', '1900-02-29', 60, { numFmt: 'yyyy-mm-dd' }],
    ['the day after it', '1900-03-01', 61, { numFmt: 'yyyy-mm-dd' }],
    ['a time is no day', '0.5', 0.5, { numFmt: 'hh:mm' }],
    ['minutes are no months', '0.5', 0.5, { numFmt: 'mm:ss' }],
    ['a red number is no day', '45966', 45_966, { numFmt: '[Red]0.00' }],
    ['binary noise', '0.3', 0.1 + 0.2],
    ['万元', '1234567.89', 1_234_567.89],
    ['a small one', '0.000012', 0.000012],
    ['a negative', '-12.5', -12.5],
    ['never with an exponent', '120000000000', 1.2e11],
    ['a yes', 'TRUE', true],
    ['a no', 'FALSE', false],
    ['rich text', '焦唐高速', { richText: [{ text: '焦唐' }, { font: { bold: true }, text: '高速' }] }],
    ['a link is its text', '官网', { text: '官网', hyperlink: 'https://example.cn' }],
    ['a long number in text', '912108000000000001', '912108000000000001'],
    ['a long number', ['912108000000000000', /more than 15 digits/], 912108000000000000],
    ['an error', ['#N/A', 'is an error value'], { error: '#N/A' }],
    ['a formula', ['=1+1', 'is a formula; paste its value instead'], { formula: '1+1', result: 2 }],
  ]
  for (const [what, expected, value, options] of cases) t.match(await cellOf(value, options), expected as never, what)
  t.equal(await cellOf(1e5, { numFmt: '0.00E+00' }), '100000', 'an exponent is no year')
})

t.test('inline text, text results and ISO days of other programs are read too', async (t) => {
  const cell = (reference: string, inner: string, type: string) => `<c r="${reference}2" t="${type}">${inner}</c>`
  const rows =
    '<row><c t="inlineStr"><is><t>项目名称</t></is></c><c t="inlineStr"><is><t>备注</t></is></c><c t="str"><v>计划开工时间</v></c></row>' +
    `<row>${cell('A', '<is><r><t>水</t></r><r><t>库</t></r><rPh sb="0" eb="1"><t>suǐ</t></rPh></is>', 'inlineStr')}` +
    `${cell('B', '<v>一_x000D_&amp;二</v>', 'str')}${cell('C', '<v>2026-11-05T00:00:00</v>', 'd')}</row>`
  const { rows: found } = await read(await rezip(simple, { [SHEET]: sheetXml(rows) }))
  t.match(found, [{ cells: { 项目名称: '水库', 备注: '一\r&二', 计划开工时间: '2026-11-05' } }])
})

t.test('the header is the first row with a column for the name; what stands above it is a title', async (t) => {
  const { sheet, rows } = await read(
    await workbook((book) => {
      const page = book.addWorksheet('表')
      page.addRow(['2026年重点项目一览表'])
      page.mergeCells('A1:D1')
      page.addRow(['单位：万元'])
      page.addRow([])
      page.addRow(['序号', '项目\n名称', '总投资（万元）', '计划', null])
      page.addRow([null, null, null, '开工时间', '竣工时间'])
      for (const column of 'ABC') page.mergeCells(`${column}4:${column}5`)
      page.mergeCells('D4:E4')
      page.addRow([1, '水库', 100, '2026-01-01', '2026-12-01'])
    }),
  )
  t.match(sheet, { headerRow: 5 })
  t.match(rows[0]?.cells, {
    '项目 名称': '水库',
    '总投资（万元）': '100',
    计划开工时间: '2026-01-01',
    计划竣工时间: '2026-12-01',
  })
  t.equal(rows[0]?.row, 6, 'rows are counted as the spreadsheet counts them')
  t.match(await failureOf(read(await listOf([['名称', '阶段'], ROW]))), /No header was found/)
  t.match(await failureOf(read(await listOf([['项目名称', '阶段', '阶段'], ROW]))), /The column 阶段 stands twice/)
})

t.test(
  'of a cell that is merged over rows only the first has the value; the others are told, not guessed',
  async (t) => {
    const { notes } = await read(
      await workbook((book) => {
        const page = book.addWorksheet('表')
        page.addRows([
          ['项目名称', '所属区域', '阶段'],
          ['水库', '解放区', '在建'],
          ['大桥', null, '在建', '散落'],
        ])
        page.mergeCells('B2:B3')
      }),
    )
    t.match(notes, [
      { column: 'D', value: '散落', isStray: true, reason: { en: 'stands in a column without a header' } },
      { column: '所属区域', reason: { en: /is part of a merged cell \(B2:B3\)/ } },
    ])
  },
)

t.test('the first visible sheet with a header is read, the others that say something are named', async (t) => {
  const { sheet, rows } = await read(
    await workbook((book) => {
      book.addWorksheet('隐藏', { state: 'hidden' }).addRows([['项目名称'], ['旧水库']])
      book.addWorksheet('说明').addRow(['填表说明'])
      book.addWorksheet('项目').addRows([['项目名称'], ['新水库']])
      book.addWorksheet('空')
      book.addWorksheet('第二批').addRows([['项目名称'], ['大桥']])
    }),
  )
  t.match(sheet, { sheet: '项目', headerRow: 1, otherSheets: ['隐藏', '说明', '第二批'] })
  t.match(rows, [{ cells: { 项目名称: '新水库' } }])
})

t.test('a workbook that does more than hold cells, or is none, is refused and says why', async (t) => {
  const relationship = (mode: string) => (text: string) =>
    text.replace(
      '</Relationships>',
      `<Relationship Id="x" Type="http://a/externalLink" Target="b.xlsx" ${mode}/></Relationships>`,
    )
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_000)])
  const bomb = Buffer.alloc(60 * MIB, ' ')
  const many = Array.from({ length: 1_100 }, (_, n) => [`xl/media/${n}.bin`, 'x'] as const)
  const lying = Buffer.from(await rezip(simple, { [SHEET]: sheetXml(' '.repeat(20 * MIB)) }))
  for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4))
    lying.writeUInt32LE(100, at + 24)
  const withDoctype = (text: string) => text.replace(/\?>/, '?><!DOCTYPE x [<!ENTITY a "aaaa">]>')
  const cases: [string, Buffer, RegExp][] = [
    ['nothing', Buffer.from('项目名称'), /not a whole XLSX/],
    ['a CSV', Buffer.from('name,stage\na,b'), /not a whole XLSX/],
    ['another zip', await zipOf([['a.txt', Buffer.from('a')]]), /not an XLSX workbook/],
    ['a zip that ends half-way', simple.subarray(0, simple.length - 500), /not a whole XLSX/],
    [
      'a zip with a hole in it',
      Buffer.concat([simple.subarray(0, 300), Buffer.alloc(300), simple.subarray(600)]),
      /not a whole XLSX/,
    ],
    ['an old .xls', ole, /an old .xls/],
    ['one with a password', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]), /has a password/],
    ['a zip with a password', encrypted(simple), /has a password/],
    ['a macro', await rezip(simple, { 'xl/vbaProject.bin': 'x' }), /has macros/],
    [
      'the type of a macro',
      await rezip(simple, {
        '[Content_Types].xml': (text) => text.replace('spreadsheetml.sheet.main', 'sheet.macroEnabled.main'),
      }),
      /has macros/,
    ],
    ['an old macro sheet', await rezip(simple, { 'xl/macrosheets/sheet1.xml': '<a/>' }), /has macros/],
    [
      'a link to a workbook',
      await rezip(simple, { 'xl/externalLinks/externalLink1.xml': '<a/>' }),
      /links to other files/,
    ],
    [
      'a relationship that leads out',
      await rezip(simple, { 'xl/_rels/workbook.xml.rels': relationship('TargetMode="External"') }),
      /links to other files/,
    ],
    ['a data connection', await rezip(simple, { 'xl/connections.xml': '<a/>' }), /links to other files/],
    ['a DOCTYPE in a sheet', await rezip(simple, { [SHEET]: withDoctype }), /has a DOCTYPE/],
    ['a DOCTYPE in the texts', await rezip(simple, { 'xl/sharedStrings.xml': withDoctype }), /has a DOCTYPE/],
    ['a DOCTYPE in the workbook', await rezip(simple, { 'xl/workbook.xml': withDoctype }), /has a DOCTYPE/],
    [
      'UTF-16',
      await rezip(simple, { [SHEET]: Buffer.from('\ufeff<worksheet/>', 'utf16le') }),
      /XML in the file is not whole/,
    ],
    ['broken XML', await rezip(simple, { [SHEET]: (text) => text.slice(0, -20) }), /XML in the file is not whole/],
    ['XML that goes too deep', await rezip(simple, { [SHEET]: '<a>'.repeat(5_000) }), /XML in the file is not whole/],
    ['a sheet that is not there', await rezip(simple, { [SHEET]: null }), /A sheet is missing/],
    [
      'a text that is not there',
      await rezip(simple, { [SHEET]: sheetXml('<row><c t="s"><v>99</v></c></row>') }),
      /not as the format says/,
    ],
    ['rows out of order', await rezip(simple, { [SHEET]: sheetXml('<row r="2"/><row r="1"/>') }), /not in order/],
    ['too many parts', await rezip(simple, Object.fromEntries(many)), /more than 1000 parts/],
    ['a zip bomb', await rezip(simple, { [SHEET]: bomb }), /inflates to more than 50 MB/],
    ['a bomb that nobody opens', await rezip(simple, { 'xl/media/a.bin': bomb }), /inflates to more than 50 MB/],
    ['a zip that lies about its size', lying, /not a whole XLSX/],
    ['too large', Buffer.alloc(11 * MIB), /larger than 10 MB/],
  ]
  for (const [what, content, failure] of cases) t.match(await failureOf(read(content)), failure, what)
})

t.test('a million empty rows, and a million cells that share a long text, cost seconds and no memory', async (t) => {
  const before = process.memoryUsage().rss
  const cell = '<c t="inlineStr"><is><t>项目名称</t></is></c>'
  const empty = await rezip(simple, {
    [SHEET]: sheetXml(`<row>${cell}</row>${'<row s="1"><c s="1"/></row>'.repeat(1_000_000)}<row>${cell}</row>`),
  })
  const rows = await every(readRows(empty, XLSX_TYPE))
  t.match(rows, [{ 项目名称: '项目名称' }])
  t.equal(rows[0]?.[ORIGIN]?.row, 1_000_002)

  const long = await rezip(simple, {
    'xl/sharedStrings.xml': `<sst><si><t>项目名称</t></si><si><t>${'长'.repeat(30_000)}</t></si></sst>`,
    [SHEET]: sheetXml(`<row><c t="s"><v>0</v></c></row>${'<row><c t="s"><v>1</v></c></row>'.repeat(1_000_000)}`),
  })
  let seen = 0
  const failure = await failureOf(
    (async () => {
      for await (const _ of readRows(long, XLSX_TYPE)) seen++
    })(),
  )
  t.match(failure, /cells say too much/)
  t.ok(seen < 3_000)
  t.ok(process.memoryUsage().rss - before < 300 * MIB)
})

t.test(
  'a small file in which hundreds of millions of cells are wrong is given up after some thousand of them',
  async (t) => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const header = `<row>${Array.from({ length: 500 }, (_, n) => cell(n === 0 ? '项目名称' : `列${n}`)).join('')}</row>`
    const rows = '<row><c><v>1</v></c></row>'.repeat(500_000)
    const merged = `<mergeCells>${'<mergeCell ref="A2:XFD500001"/>'}</mergeCells>`
    const stray = `<row>${cell('项目名称')}</row>${`<row>${'<c><v>1</v></c>'.repeat(16_000)}</row>`.repeat(190)}`
    for (const sheet of [sheetXml(header + rows, merged), sheetXml(stray)]) {
      let seen = 0
      const reading = async () => {
        for await (const row of readXlsx(await rezip(simple, { [SHEET]: sheet }), () => {}, UNHURRIED))
          seen += row[ORIGIN]?.notes.length ?? 0
      }
      t.match(await failureOf(reading()), /cells say too much/)
      t.ok(seen > 100_000 && seen < 1_000_000, `${seen} cells`)
    }
  },
)

t.test('a reading process that dies or thinks too long is a failure of the file alone', async (t) => {
  const texts = Array.from({ length: 300_000 }, (_, n) => `<si><t>text ${n}</t></si>`).join('')
  const heavy = await rezip(simple, { 'xl/sharedStrings.xml': `<sst>${texts}</sst>` })
  const tell = () => {}
  const sheets: unknown[] = []
  t.match(await every(readRows(simple, XLSX_TYPE, (sheet) => sheets.push(sheet))), [
    { 项目名称: '水库', '总投资(万元)': '1234567.89', [ORIGIN]: { row: 2, headerRow: 1, notes: [] } },
  ])
  t.same(sheets, [{ name: '项目表', headerRow: 1, otherSheets: [] }])
  t.match(await failureOf(every(readXlsx(heavy, tell, { ...PLENTY, heapMib: 12 }))), /broke off/)
  t.match(await failureOf(every(readXlsx(heavy, tell, { ...PLENTY, silenceMs: 5 }))), /took too long/)
  t.match(await failureOf(every(readXlsx(heavy, tell, { ...PLENTY, totalMs: 5 }))), /took too long/)
  for await (const _ of readRows(await listOf([HEADERS, ...Array.from({ length: 5_000 }, () => ROW)]), XLSX_TYPE)) break
  t.pass('and nobody waits for one that is no longer wanted')
})

t.test('the same cells in CSV and in XLSX are the same rows', async (t) => {
  const number = fc.double({ min: -1e10, max: 1e10, noNaN: true }).map((n) => Math.round(n * 1e4) / 1e4)
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((s) => !/[\p{C}\r\n]|^['=+\-@]|_x/u.test(s))
  const word = fc.oneof(text, fc.constantFrom('a,b', '"引号"', '<b>&amp;', ' 空格 ', '100'))
  const lines = fc.array(fc.tuple(text, word, number), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(lines, async (drawn) => {
      const rows = drawn.map(([name, note, total], at) => [`${name.trim()}#${at}`, note, total === 0 ? 0 : total])
      const header = ['项目名称', '备注', '总投资(万元)']
      const csv = await every(readRows(Buffer.from(stringify([header, ...rows])), 'text/csv'))
      const { rows: found } = await read(await listOf([header, ...rows]))
      const tidy = (row: Record<string, string | undefined>) => header.map((name) => row[name]?.trim())
      t.same(
        found.map(({ cells }) => tidy(cells)),
        csv.map(tidy),
      )
    }),
  )
})
