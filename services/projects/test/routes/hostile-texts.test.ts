import { type ProjectImport, routes, XLSX_TYPE } from '@tiaodu/types'
import { stringify } from 'csv-stringify/sync'
import t from 'tap'
import { createImporter } from '../fixtures/import.ts'
import { operator, startService } from '../fixtures/service.ts'
import { listOf } from '../fixtures/workbook.ts'

const service = await startService(t)
const { call, handIn, events } = service
const imported = createImporter(service)

const GOOD: Record<string, string> = {
  项目名称: '九渡水库',
  区划代码: '410802',
  所属区域: '解放区',
  类别: '水利',
  阶段: '在建',
  地方编码: '旧-1',
  建设地点: '岸上乡',
  建设规模及内容: '库容一百万方',
  项目法人: '某公司',
  参建单位: '施工：某公司',
  文件来源: '某规划',
  章节: '第一章',
  备注: '一期',
}
const TEXTS = [
  '项目名称',
  '所属区域',
  '类别',
  '地方编码',
  '建设地点',
  '建设规模及内容',
  '项目法人',
  '参建单位',
  '文件来源',
  '章节',
  '备注',
]

// What an XML file cannot hold at all never reaches a cell of a workbook.
const HOSTILE: readonly (readonly [what: string, text: string, inXml: boolean])[] = [
  ['a NUL', '路\0桥', false],
  ['a control character', '路\u0007桥', false],
  ['an emoji', '路🏗桥', true],
  ['a joined emoji', '👩\u200d👧', true],
  ['a right-to-left override', '路\u202e桥', true],
  ['a right-to-left mark', '路\u200f桥', true],
  ['a zero-width space', '路\u200b桥', true],
  ['5,000 characters', '路'.repeat(5_000), true],
]
const ROWS = TEXTS.flatMap((column) =>
  HOSTILE.map(([, text, inXml]) => ({
    column,
    inXml,
    row: { ...GOOD, [column]: column === '参建单位' ? `施工：${text}` : text } as Record<string, string>,
  })),
)

const csvOf = (rows: readonly Record<string, string>[]) => Buffer.from(stringify([...rows], { header: true }))
const FORMATS = {
  CSV: { fileType: 'text/csv', make: async (rows: Record<string, string>[]) => csvOf(rows), isXml: false },
  NDJSON: {
    fileType: 'application/x-ndjson',
    make: async (rows: Record<string, string>[]) => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
    isXml: false,
  },
  XLSX: {
    fileType: XLSX_TYPE,
    make: (rows: Record<string, string>[]) => listOf([Object.keys(GOOD), ...rows.map((row) => Object.values(row))]),
    isXml: true,
  },
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Emoji_Presentation}]/u

for (const [format, { fileType, make, isXml }] of Object.entries(FORMATS)) {
  t.test(`a ${format} list with text that nobody sees, or without end, is refused cell by cell`, async (t) => {
    const before = [(await call(operator, routes.countProjects)).body, (await events()).length]
    const rows = ROWS.filter(({ inXml }) => inXml || !isXml)
    const { state, problems }: ProjectImport = await imported(await make(rows.map(({ row }) => row)), { fileType })
    t.equal(state, 'refused')
    const told = problems.filter(({ column }) => column !== 'name')
    t.same(
      told.map(({ row, column }) => `${row} ${column}`),
      rows.map(({ column }, at) => `${at + 2} ${column}`),
    )
    t.notMatch(JSON.stringify(problems), UNSEEN, 'and what is shown of it can be seen')
    t.same([(await call(operator, routes.countProjects)).body, (await events()).length], before)
  })
}

t.test('a header, too, is shown as it can be seen', async (t) => {
  const more = { ...GOOD, '总投资\u200b(万元)': '5', '无\0关': '1' }
  const loaded: ProjectImport = await imported(csvOf([more]), { fileType: 'text/csv' })
  t.match(loaded, { state: 'loaded', created: 1, ignoredColumns: ['总投资‹U+200B›(万元)', '无‹U+0000›关'] })
  const failed = await imported(Buffer.from('名\0,名\0\n1,2'), { fileType: 'text/csv' })
  t.match(failed, { state: 'failed', failure: '“名‹U+0000›”列重复' })
})

t.test('a list of indicators or targets is held to the same', async (t) => {
  const indicator = {
    region_code: '410802',
    region_name: '解放区',
    source: '规划',
    category: '经济',
    indicator: '增长',
    unit: '%',
    target_2025: '6',
  }
  const target = { year: '2025', programme: '三十工程', metric: '投资', value: '150', unit: '亿元', kind: 'actual' }
  for (const [contract, good] of [
    [routes.importPlanIndicators, indicator],
    [routes.importAnnualTargets, target],
  ] as const) {
    const columns = Object.keys(good)
    const rows = columns.flatMap((column) => HOSTILE.map(([, text]) => ({ ...good, [column]: text })))
    const { body } = await handIn(operator, csvOf(rows), { contract })
    t.equal(body.state, 'refused')
    t.same(
      new Set(body.problems.map(({ row, column }: { row: number; column: string }) => `${row} ${column}`)),
      new Set(rows.map((_row, at) => `${at + 2} ${columns[Math.floor(at / HOSTILE.length)]}`)),
    )
    t.notMatch(JSON.stringify(body.problems), UNSEEN)
  }
})
