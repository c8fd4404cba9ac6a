import { actorOf, signedIn } from '@tiaodu/testing'
import { type ProjectImport, routes, XLSX_TYPE } from '@tiaodu/types'
import ExcelJS from 'exceljs'
import t from 'tap'
import { EXPORTED } from '../../src/domain/project-columns.ts'
import { createImporter } from '../fixtures/import.ts'
import { operator, startService } from '../fixtures/service.ts'
import { HEADERS, listOf, workbook } from '../fixtures/workbook.ts'

const service = await startService(t)
const { app, call, refusal } = service
const imported = createImporter(service)
const ROW = ['表格水库', '410802', '解放区', '水利', '在建', 1_234.5, new Date(Date.UTC(2026, 2, 1)), null]
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

t.test('earlier imports are listed, newest first, page by page, with their counts', async (t) => {
  await imported(Buffer.from('项目名称,阶段'))
  const first = (await call(operator, routes.listImports, { query: { limit: '3' } })).body
  t.equal(first.items.length, 3)
  t.match(first.items, [
    { state: 'failed', failure: /不是完整的 XLSX/, fileName: '清单.xlsx', actorName: 'test operator' },
  ])
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

t.test(
  'the template has every column that importing knows, with units and drop-downs, and loads when filled in',
  async (t) => {
    const { url } = routes.getProjectTemplate
    const answer = await app.inject({ url, headers: await signedIn(operator) })
    t.match(answer.headers, { 'content-type': XLSX_TYPE, 'content-disposition': /xlsx$/ })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(answer.rawPayload as never)
    const [page] = book.worksheets
    const headers = ((page?.getRow(1).values ?? []) as string[]).slice(1)
    t.same(new Set(headers), new Set(EXPORTED.map(({ header }) => header)))
    const needed = headers.filter((_, at) => page?.getCell(1, at + 1).font?.bold)
    t.same(
      needed,
      ['项目名称', '区划代码', '所属区域', '类别', '阶段', '项目级别', '分类'],
      'what must be filled in stands out',
    )
    const column = (header: string) => headers.indexOf(header) + 1
    t.match(page?.getCell(2, column('阶段')).dataValidation, { type: 'list', formulae: [/^"谋划,储备,/] })
    const cells = {
      项目名称: '模板水库',
      区划代码: '410802',
      所属区域: '解放区',
      类别: '水利',
      阶段: '在建',
      项目级别: '市、县区',
      分类: '考核类',
      建设性质: '新建',
    }
    for (const [header, value] of Object.entries(cells)) if (page) page.getCell(2, column(header)).value = value
    if (page) page.getCell(2, column('总投资(万元)')).value = 0.1 + 0.2
    if (page) page.getCell(2, column('计划开工时间')).value = new Date(Date.UTC(2026, 0, 31))
    const loaded = await imported(Buffer.from(await book.xlsx.writeBuffer()))
    t.same(loaded.problems, [])
    t.match(loaded, { state: 'loaded', created: 1, ignoredColumns: [], sheet: { otherSheets: ['填报说明'] } })
    const { items } = (await call(operator, routes.listProjects, { query: { q: '模板水库' } })).body
    t.match(items, [{ totalInvestmentYuan: 3_000, plannedStartOn: '2026-01-31', constructionType: 'newBuild' }])
  },
)
