import { createHash } from 'node:crypto'
import { XLSX_TYPE } from '@tiaodu/types'
import t from 'tap'
import { readXlsx } from '../../src/readers/xlsx.reader.ts'
import { createImporter } from '../fixtures/import.ts'
import { operator, startService } from '../fixtures/service.ts'
import { encrypted, HEADERS, listOf, MIB, rezip, SHEET, sheetXml, zipOf } from '../fixtures/workbook.ts'

const service = await startService(t)
const { database, handIn } = service
const imported = createImporter(service)
const PLENTY = { heapMib: 256, silenceMs: 30_000, totalMs: 60_000 }
const ROW = ['表格水库', '410802', '解放区', '水利', '在建', 1_234.5, new Date(Date.UTC(2026, 2, 1)), null]

/** A digest of all that an import could have changed. */
async function library() {
  const digest = createHash('sha256')
  for (const table of ['projects', 'project_versions', 'stage_moves', 'outbox'] as const) {
    digest.update(JSON.stringify(await database.kysely.selectFrom(table).selectAll().execute()))
  }
  return digest.digest('hex')
}

const CONTENT_TYPES = '[Content_Types].xml'
const RELATIONSHIPS = 'xl/_rels/workbook.xml.rels'
const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_000)])
const LINK =
  '<Relationship Id="x" Type="http://a/externalLink" Target="file:///b.xlsx" TargetMode="External"/></Relationships>'

t.test('what cannot be read fails, says why in the reader’s language, and loads nothing', async (t) => {
  const good = await listOf([HEADERS, ROW])
  const cases: [string, Buffer, RegExp][] = [
    ['a CSV that says it is a workbook', Buffer.from('项目名称,阶段'), /不是完整的 XLSX/],
    ['half a workbook', good.subarray(0, good.length / 2), /不是完整的 XLSX/],
    ['another zip', await zipOf([['a.txt', Buffer.from('a')]]), /不是 XLSX 工作簿/],
    ['an old .xls', OLE, /旧版 \.xls/],
    ['a workbook with a password', Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le')]), /有密码/],
    ['a zip with a password', encrypted(good), /有密码/],
    ['a macro', await rezip(good, { 'xl/vbaProject.bin': 'x' }), /含有宏/],
    [
      'the type of a macro',
      await rezip(good, {
        [CONTENT_TYPES]: (text) => text.replace('spreadsheetml.sheet.main', 'sheet.macroEnabled.main'),
      }),
      /含有宏/,
    ],
    ['a link to a workbook', await rezip(good, { 'xl/externalLinks/externalLink1.xml': '<a/>' }), /链接到其他文件/],
    [
      'a relationship that leads out',
      await rezip(good, { [RELATIONSHIPS]: (text) => text.replace('</Relationships>', LINK) }),
      /链接到其他文件/,
    ],
    ['a data connection', await rezip(good, { 'xl/connections.xml': '<a/>' }), /链接到其他文件/],
    [
      'an entity bomb',
      await rezip(good, { [SHEET]: (text) => text.replace('?>', '?><!DOCTYPE a [<!ENTITY b "b">]>') }),
      /DOCTYPE/,
    ],
    ['a zip bomb', await rezip(good, { [SHEET]: Buffer.alloc(60 * MIB) }), /解压后超过 50 MB/],
    [
      'a zip bomb that nobody opens',
      await rezip(good, { 'xl/media/a.bin': Buffer.alloc(60 * MIB) }),
      /解压后超过 50 MB/,
    ],
  ]
  const before = await library()
  for (const [what, content, failure] of cases) {
    t.match(await imported(content), { state: 'failed', failure, created: 0, problems: [] }, what)
  }
  t.equal(await library(), before)
  const large = await handIn(operator, Buffer.alloc(11 * MIB), { fileType: XLSX_TYPE })
  t.match(large, { status: 413, body: { code: 'body-too-large', errors: [{ field: 'body' }] } })
})

t.test('a workbook under another content type is refused or cannot be read; nothing is loaded', async (t) => {
  const good = await listOf([HEADERS, ROW])
  const before = await library()
  for (const fileType of [
    'application/vnd.ms-excel',
    'application/octet-stream',
    'application/zip',
    'application/json',
  ]) {
    t.match(
      await handIn(operator, good, { fileType }),
      { status: 415, body: { code: 'unsupported-media-type' } },
      fileType,
    )
  }
  for (const fileType of ['text/csv', 'application/x-ndjson']) {
    t.match(await imported(good, { fileType }), { state: 'failed', failure: /UTF-8/, created: 0 }, fileType)
  }
  t.equal(await library(), before)
})

t.test('a million empty rows around a list are no rows, and a list of nothing else is refused', async (t) => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (cells: readonly string[]) => `<row>${cells.map(cell).join('')}</row>`
  const empty = '<row s="1"><c s="1"/></row>'.repeat(1_000_000)
  const header = row(HEADERS.slice(0, 5))
  const base = await listOf([HEADERS, ROW])
  const listed = row(['空行水库', '410802', '解放区', '水利', '在建'])
  const loaded = await imported(await rezip(base, { [SHEET]: sheetXml(`${header}${empty}${listed}`) }))
  t.match(loaded, { state: 'loaded', created: 1, checkedRows: 1 })
  const wrong = row(['空行大桥', '41', '解放区', '水利', '在建'])
  const before = await library()
  const refused = await imported(await rezip(base, { [SHEET]: sheetXml(`${header}${empty}${wrong}`) }))
  t.match(refused, {
    state: 'refused',
    problemCount: 1,
    problems: [{ row: 1_000_002, column: '区划代码', value: '41' }],
  })
  const nothing = await imported(await rezip(base, { [SHEET]: sheetXml(`${header}${empty}`) }))
  t.match(nothing, { state: 'refused', problems: [{ reason: '文件没有数据行' }] })
  t.equal(await library(), before)
})

t.test('a reading process that is out of memory, or of time, is the end of the import alone', async (t) => {
  const texts = Array.from({ length: 300_000 }, (_, n) => `<si><t>text ${n}</t></si>`).join('')
  const content = await rezip(await listOf([HEADERS, ROW]), { 'xl/sharedStrings.xml': `<sst>${texts}</sst>` })
  const before = await library()
  for (const [limits, failure] of [
    [{ ...PLENTY, heapMib: 12 }, /读取中断/],
    [{ ...PLENTY, silenceMs: 5 }, /读取时间过长/],
  ] as const) {
    const failed = await imported(content, { read: (bytes, _type, tell) => readXlsx(bytes, tell, limits) })
    t.match(failed, { state: 'failed', failure, created: 0, problems: [] })
  }
  t.equal(await library(), before)
})

t.test('a workbook that breaks off when thousands of its rows were written leaves none of them', async (t) => {
  const text = '长'.repeat(8_000)
  const rows = Array.from({ length: 10_000 }, (_, n) => [`长文水库${n}`, ...ROW.slice(1), text])
  const before = await library()
  const failed = await imported(await listOf([[...HEADERS, '附件'], ...rows]))
  t.match(failed, { state: 'failed', failure: /内容过多/, created: 0 })
  t.equal(await library(), before)
})
