import { readFileSync } from 'node:fs'
import { createTransport, startDoorbell } from '@tiaodu/messaging'
import { createLogger } from '@tiaodu/service'
import { actorOf, testTransports, waitFor } from '@tiaodu/testing'
import { type Project, type ProjectImport, routes } from '@tiaodu/types'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { runImport } from '../../src/operations/run-import.ts'
import { isUnreadable, readRows } from '../../src/readers/index.ts'
import { listDueImports, markRung } from '../../src/repositories/imports.repository.ts'
import { sampleFile } from '../fixtures/sample.ts'
import { operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { database, clock, call, refusal, handIn, events } = await startService(t)
const db = database.kysely
const run = (id: string) => runImport(database, id, { readRows, isUnreadable }, clock.now)
const sample = readFileSync(sampleFile('key_projects.csv'))
const HEADER = 'name,region_code,region_name,category,stage'

const imported = async (content: string | Buffer, more: Parameters<typeof handIn>[2] = {}): Promise<ProjectImport> => {
  const { status, body } = await handIn(operator, content, more)
  t.equal(status, 202, JSON.stringify(body))
  await run(body.id)
  return (await call(operator, routes.getImport, { params: { id: body.id } })).body
}
const count = async () => (await call(operator, routes.countProjects)).body.count

t.test('a dry run checks and counts and changes nothing; the same file for real does what was said', async (t) => {
  const dry = await imported(sample, { query: { dryRun: 'true', fileName: '重点项目.csv' } })
  t.match(dry, { state: 'loaded', isDryRun: true, checkedRows: 137, created: 137, problemCount: 0 })
  t.equal(await count(), 0)
  t.same(await events(), [])
  const real = await imported(sample, { query: { fileName: '重点项目.csv' } })
  t.match(real, { state: 'loaded', isDryRun: false, created: 137, updated: 0, unchanged: 0 })
  t.equal(await count(), 137)
  t.match(await imported(sample), { state: 'loaded', created: 0, updated: 0, unchanged: 137 })
  const [project] = (await call(operator, routes.listProjects)).body.items
  const { items } = (await call(operator, routes.listProjectVersions, { params: { id: project.id } })).body
  t.match(items, [{ version: 1, reason: '重点项目.csv' }])
})

t.test('a key is one import: again the same answer, with another file a clear no', async (t) => {
  const key = uuidv7()
  const first = await handIn(operator, sample, { key })
  t.same(await handIn(operator, sample, { key }), first)
  t.match(await handIn(operator, `${HEADER}\n`, { key }), { status: 409, body: { code: 'idempotency-key-reused' } })
  const other = await handIn(actorOf('operator', { personId: uuidv7() }), sample, { key })
  t.equal(other.status, 202, 'a key is its sender’s own')
  t.not(other.body.id, first.body.id)
})

t.test('one bad cell and nothing is loaded; every problem names row, column, value and reason', async (t) => {
  const before = [await count(), (await events()).length]
  const lines = Array.from({ length: 2_500 }, (_, n) => `新项目${n},410802,解放区,水利,在建`)
  lines[2_400] = '坏项目,4108,解放区,水利,进行中'
  lines[2_401] = ''
  lines[2_402] = '新项目7,410802,解放区,水利,在建'
  const refused = await imported([HEADER, ...lines].join('\r\n'))
  t.match(refused, { state: 'refused', created: 0, problemCount: 3, checkedRows: 2_500 })
  t.match(refused.problems, [
    { row: 2_402, column: 'region_code', value: '4108', reason: '应为六位数字' },
    { row: 2_402, column: 'stage', value: '进行中' },
    { row: 2_404, column: 'name', value: '新项目7', reason: '在文件中重复，首次出现在第 9 行' },
  ])
  t.same([await count(), (await events()).length], before)
})

t.test('a list may be saved by Excel in GB 18030, or be one JSON object per line', async (t) => {
  // 项目名称,区划代码,所属区域,类别,阶段 / 国标水库,410802,解放区,水利,在建 as Excel on a Chinese Windows writes them.
  const gb = Buffer.from(
    'cfeec4bfc3fbb3c62cc7f8bbaeb4fac2eb2ccbf9caf4c7f8d3f22cc0e0b1f02cbdd7b6ce0d0a' +
      'b9fab1eacbaebfe22c3431303830322cbde2b7c5c7f82ccbaec0fb2cd4dabda80d0a',
    'hex',
  )
  t.match(await imported(gb), { state: 'loaded', created: 1 })
  t.equal((await call(operator, routes.countProjects, { query: { q: '国标水库' } })).body.count, 1)

  const object = { name: '逐行水库', regionCode: '410802', regionName: '解放区', category: '水利', stage: '在建' }
  const line = JSON.stringify({ ...object, totalInvestmentYuan: 123, tiers: ['city', 'county'], note: null })
  t.match(await imported(`${line}\n\n`, { fileType: 'application/x-ndjson' }), { state: 'loaded', created: 1 })
  const { items } = (await call(operator, routes.listProjects, { query: { q: '逐行' } })).body
  t.match(items, [{ totalInvestmentYuan: 123, tiers: ['city', 'county'], note: null }])
})

t.test('a project is known by its code before its name; near names are pointed out, not merged', async (t) => {
  const header = `${HEADER},project_code,总投资(万元)`
  const code = '2105-410802-04-01-123456'
  await imported(`${header}\n代码水库,410802,解放区,水利,在建,${code},100`)
  const renamed = await imported(`${header}\n代码水库扩容,410802,解放区,水利,竣工,${code},200`)
  t.match(renamed, { state: 'loaded', created: 0, updated: 1 })
  const [project] = (await call(operator, routes.listProjects, { query: { q: '代码水库' } })).body.items as Project[]
  t.match(project, { name: '代码水库扩容', totalInvestmentYuan: 2_000_000, stage: 'completed', version: 2 })
  const moves = (await call(operator, routes.listProjectMoves, { params: { id: project?.id ?? '' } })).body.items
  t.match(moves, [{ from: 'building', to: 'completed', evidence: [{ kind: 'importedList' }] }, { from: null }])

  const near = await imported(`${HEADER}\n“代码”水库 扩容项目,410802,解放区,水利,在建`)
  t.match(near, { state: 'loaded', created: 1, nearDuplicates: [{ row: 2, similarTo: '代码水库扩容' }] })
  const clash = await imported(`${header}\n国标水库,410802,解放区,水利,在建,${code},200`)
  t.match(clash, {
    state: 'refused',
    problems: [{ row: 2, column: 'name', reason: '名称与代码分属两个项目' }],
  })
})

t.test('what cannot be read says why', async (t) => {
  const cases: [string | Buffer, string, RegExp][] = [
    [`${HEADER}\n"未完,在建\n`, 'text/csv', /Quote/],
    [`${HEADER},name\n`, 'text/csv', /“name”列重复/],
    [`${HEADER}\na,b,c,d,e,f,g\n`, 'text/csv', /第 2 行有 7 格/],
    [Buffer.from([0xff, 0xff, 0xff]), 'text/csv', /既不是 UTF-8 也不是 GB 18030/],
    ['{"name":', 'application/x-ndjson', /第 1 行不是 JSON/],
    ['{}\n[1]', 'application/x-ndjson', /第 2 行不是对象/],
    ['{"name":{"a":1}}', 'application/x-ndjson', /第 1 行：name 不是文本/],
  ]
  for (const [content, fileType, failure] of cases) {
    t.match(await imported(content, { fileType }), { state: 'failed', failure, created: 0 })
  }
  t.match(await imported(`${HEADER}\n\n`), { state: 'refused', problems: [{ reason: '文件没有数据行' }] })
})

t.test('who may hand in what', async (t) => {
  t.match(await handIn(actorOf('filer'), sample), { status: 403, body: { code: 'role-not-allowed' } })
  t.match(await handIn(operator, sample, { key: '' }), {
    status: 400,
    body: { errors: [{ field: 'Idempotency-Key' }] },
  })
  t.match(await handIn(operator, sample, { key: 'short' }), { body: { errors: [{ field: 'Idempotency-Key' }] } })
  t.match(await handIn(operator, sample, { query: { dryRun: 'maybe' } }), { body: { errors: [{ field: 'dryRun' }] } })
  t.match(await handIn(operator, '{}', { fileType: 'application/json' }), { status: 415 })
  t.match(await handIn(operator, ''), { status: 400 })
  t.same(await refusal(operator, routes.getImport, { params: { id: UNKNOWN } }), ['not-found', 'id'])
  const [row] = (await call(operator, routes.listProjects)).body.items
  t.ok(row, 'and the list still takes JSON only')
})

for (const { kind, redisUrl } of await testTransports(t)) {
  t.test(`the worker runs every import once, also two workers, on ${kind}`, async (t) => {
    const logger = createLogger('test', 'silent')
    const transport = createTransport({ databaseUrl: database.url, redisUrl, logger })
    const handed = await Promise.all(
      Array.from({ length: 6 }, (_, n) => handIn(operator, `${HEADER}\n${kind}水库${n},410811,山阳区,水利,在建`)),
    )
    const workers = [1, 2].map(() =>
      startDoorbell({
        name: `imports-${kind}`,
        transport,
        logger,
        concurrency: 2,
        ledger: {
          listDue: (limit) => listDueImports(db, limit),
          markRung: (ids) => markRung(db, ids),
          perform: run,
        },
      }),
    )
    t.teardown(() => Promise.all(workers.map((worker) => worker.close())))
    for (const { body } of handed) {
      const done = await waitFor('the import', async () => {
        const found = (await call(operator, routes.getImport, { params: { id: body.id } })).body
        return found.finishedAt !== null && found
      })
      t.match(done, { state: 'loaded', created: 1 })
    }
  })
}
