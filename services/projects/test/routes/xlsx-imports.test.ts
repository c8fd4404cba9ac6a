import { actorOf } from '@tiaodu/testing'
import { type ProjectImport, routes, XLSX_TYPE } from '@tiaodu/types'
import t from 'tap'
import { runImport } from '../../src/operations/run-import.ts'
import { isUnreadable, readRows } from '../../src/readers/index.ts'
import { operator, startService } from '../fixtures/service.ts'
import { HEADERS, listOf, rezip, workbook } from '../fixtures/workbook.ts'

const { database, clock, call, refusal, handIn } = await startService(t)
const run = (id: string) => runImport(database.kysely, id, { readRows, isUnreadable }, clock.now)
const ROW = ['表格水库', '410802', '解放区', '水利', '在建', 1_234.5, new Date(Date.UTC(2026, 2, 1)), null]

async function imported(content: Buffer, fileName = '清单.xlsx'): Promise<ProjectImport> {
  const { status, body } = await handIn(operator, content, { fileType: XLSX_TYPE, query: { fileName } })
  t.equal(status, 202, JSON.stringify(body))
  await run(body.id)
  return (await call(operator, routes.getImport, { params: { id: body.id } })).body
}
const count = async () => (await call(operator, routes.countProjects)).body.count

t.test('a workbook loads as a CSV does, says which sheet was read, and loads again without a change', async (t) => {
  const content = await workbook((book) => {
    book.addWorksheet('一览').addRows([['2026年重点项目'], HEADERS, ROW])
    book.addWorksheet('说明').addRow(['填表说明'])
  })
  const loaded = await imported(content)
  t.match(loaded, { state: 'loaded', created: 1, checkedRows: 1, failure: null })
  t.same(loaded.sheet, { name: '一览', headerRow: 2, otherSheets: ['说明'] })
  const { items } = (await call(operator, routes.listProjects, { query: { q: '表格水库' } })).body
  t.match(items, [{ totalInvestmentYuan: 12_345_000, plannedStartOn: '2026-03-01' }])
  t.match(await imported(content), { state: 'loaded', created: 0, updated: 0, unchanged: 1 })
})

t.test('one bad cell and nothing is loaded; row and column are those of the spreadsheet', async (t) => {
  const before = await count()
  const content = await workbook((book) => {
    const page = book.addWorksheet('一览')
    page.addRows([['2026年重点项目'], [], HEADERS, ROW])
    page.addRow(['公式水库', '410802', '解放区', '水利', '在建', { formula: 'F4*2', result: 2_469 }])
    page.addRow([])
    page.addRow(['错误水库', { error: '#N/A' }, '解放区', '水利', '在建'])
    page.addRow(['表格水库', '410802', '解放区', '水利', '在建', 5])
    page.addRow(['散落水库', '410802', '解放区', '水利', '在建', 5, null, null, '附注'])
    page.addRow(['合计', null, null, null, null, 2_469])
    page.addRow([null, null, null, null, null, { formula: 'SUM(F4:F9)', result: 1 }])
  })
  const refused = await imported(content)
  t.match(refused, { state: 'refused', created: 0 })
  t.same(
    refused.problems.map(({ row, column, value, reason }) => [row, column, value, reason]),
    [
      [5, '总投资(万元)', '=F4*2', '是公式，请粘贴为数值后再导入'],
      [7, '区划代码', '#N/A', '是错误值'],
      [8, 'name', '表格水库', '在文件中重复，首次出现在第 4 行'],
      [9, 'I', '附注', '所在的列没有表头'],
      [10, '项目名称', '合计', '是合计行，请删除后再导入'],
      ...HEADERS.slice(0, 5).map((header) => [11, header, '', '不能为空']),
      [11, '总投资(万元)', '=SUM(F4:F9)', '是公式，请粘贴为数值后再导入'],
    ],
  )
  t.equal(await count(), before)
  const lacking = await imported(await listOf([['重点项目'], ['项目名称', '类别'], ['缺列水库', '水利']]))
  t.match(lacking.problems, [{ row: 2, column: 'region_code', reason: '缺少此列' }, {}, {}])
})

t.test('a formula in a column that says nothing to us harms nothing', async (t) => {
  const content = await listOf([
    ['序号', ...HEADERS],
    [{ formula: 'ROW()-1', result: 1 } as never, '序号水库', ...ROW.slice(1)],
  ])
  t.match(await imported(content), { state: 'loaded', created: 1, ignoredColumns: ['序号'] })
})

t.test('what cannot be read fails, says why in the reader’s language, and loads nothing', async (t) => {
  const good = await listOf([HEADERS, ROW])
  const before = await count()
  for (const [content, failure] of [
    [Buffer.from('项目名称,阶段'), /不是完整的 XLSX/],
    [await rezip(good, { 'xl/vbaProject.bin': 'x' }), /含有宏/],
    [await rezip(good, { 'xl/worksheets/sheet1.xml': Buffer.alloc(60 * 1024 * 1024) }), /解压后超过 50 MB/],
  ] as const) {
    t.match(await imported(content), { state: 'failed', failure, created: 0 })
  }
  t.equal(await count(), before)
  const large = await handIn(operator, Buffer.alloc(11 * 1024 * 1024), { fileType: XLSX_TYPE })
  t.match(large, { status: 413, body: { code: 'body-too-large', errors: [{ field: 'body' }] } })
})

t.test('earlier imports are listed, newest first, page by page, with their counts', async (t) => {
  const first = (await call(operator, routes.listImports, { query: { limit: '3' } })).body
  t.equal(first.items.length, 3)
  t.match(first.items, [{ state: 'failed', failure: /解压后超过/, fileName: '清单.xlsx', actorName: 'test operator' }])
  const all = []
  for (let cursor: string | null = first.nextCursor; cursor !== null; ) {
    const page = (await call(operator, routes.listImports, { query: { limit: '3', cursor } })).body
    all.push(...page.items)
    cursor = page.nextCursor
  }
  t.match(all.at(-1), { state: 'loaded', created: 1, sheet: { name: '一览' } }, 'the first comes last')
  const ids = [...first.items, ...all].map(({ id }: ProjectImport) => id)
  t.same(ids, [...ids].sort().reverse())
  t.same(await refusal(operator, routes.listImports, { query: { cursor: 'abc' } }), ['validation-failed', 'cursor'])
  t.same(await refusal(actorOf('filer'), routes.listImports), ['role-not-allowed'])
})
