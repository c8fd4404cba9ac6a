import { actorOf } from '@tiaodu/testing'
import { type Project, routes } from '@tiaodu/types'
import t from 'tap'
import { loadList } from '../../src/operations/load-list.ts'
import { readRows } from '../../src/readers/index.ts'
import { sampleRows } from '../fixtures/sample.ts'
import { newProject, operator, startService } from '../fixtures/service.ts'

const { database, call, download } = await startService(t)
const act = {
  now: new Date('2026-11-20T01:00:00Z'),
  actorId: null,
  actorName: 'load',
  listName: 'list',
  isDryRun: false,
}
await loadList(database, sampleRows('key_projects.csv'), act)
const register = (name: string, fields: Record<string, unknown> = {}) =>
  call(operator, routes.createProject, { body: newProject(name, fields) })

await register('=HYPERLINK("http://example.com")', { note: '两行，\n"引号"' })
await register('全部字段的项目', {
  tiers: ['province', 'city'],
  assessmentClass: 'followed',
  projectCode: '2105-410802-04-01-123456',
  localCodes: ['旧-1', '旧-2'],
  constructionType: 'expansion',
  industryCode: 'C3985',
  ownerCreditCode: '91350100M000100Y43',
  totalInvestmentYuan: 123_456_789,
  participants: [
    { role: 'construction', name: '中建七局', creditCode: '91350100M000100Y43' },
    { role: 'supervision', name: '某监理公司', creditCode: null },
  ],
  plannedStartOn: '2026-03-01',
})

await register('资金齐全的项目', {
  totalInvestmentYuan: 123_450_001,
  fundingPlan: [
    { source: 'specialTreasuryBond', yuan: 1 },
    { source: 'ownFunds', yuan: 123_450_000 },
  ],
  yearRoles: [
    { year: 2025, role: 'preparing' },
    { year: 2026, role: 'starting' },
  ],
})

const load = async (csv: string) => loadList(database, readRows(Buffer.from(csv), 'text/csv'), act)

t.test('what is exported can be imported again, and nothing changes', async (t) => {
  const { status, headers, text } = await download(operator)
  t.equal(status, 200)
  t.match(headers, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': /attachment; filename\*=UTF-8''/,
  })
  t.equal(text.charCodeAt(0), 0xfeff, 'Excel needs the mark to see UTF-8')
  t.match(await load(text), { outcome: 'loaded', created: 0, updated: 0, unchanged: 140, ignoredColumns: [] })
  t.match(text, /'=HYPERLINK/, 'a cell that looks like a formula is marked as text')
  t.match(text, /施工：中建七局（91350100M000100Y43）；监理：某监理公司/)
  t.match(text, /2025年：前期\(预备\)；2026年：新开工/)
  t.match(text, /超长期特别国债：0\.0001；自筹：12345/)
  t.match(text, /12345\.6789/, 'amounts are in 万元 and lose nothing')
})

t.test('what was mended in the file is what changes', async (t) => {
  const { text } = await download(operator, { q: '全部字段' })
  t.match(await load(text.replace('C3985', 'C3990').replace('12345.6789', '1')), { updated: 1, unchanged: 0 })
  const [project] = (await call(operator, routes.listProjects, { query: { q: '全部字段' } })).body.items
  t.match(project, { industryCode: 'C3990', totalInvestmentYuan: 10_000, tiers: ['province', 'city'], version: 2 })
})

t.test('NDJSON holds the projects of the list, in their order; filters and reach hold too', async (t) => {
  const lines = async (...request: Parameters<typeof download>): Promise<Project[]> => {
    const { headers, text } = await download(...request)
    t.match(headers, { 'content-type': 'application/x-ndjson; charset=utf-8' })
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }
  const { items } = (await call(operator, routes.listProjects, { query: { limit: '200' } })).body
  t.same(await lines(operator, { format: 'ndjson' }), items)
  const building = items.filter(({ stage }: Project) => stage === 'building')
  t.same(await lines(operator, { format: 'ndjson', stage: 'building' }), building)
  const neighbour = actorOf('leader', { regionCode: '410811' })
  t.same(await lines(neighbour, { format: 'ndjson' }), [])
  t.match(await download(operator, { format: 'xls' }), { status: 400, text: /"format"/ })
  t.match(await download(operator, { colour: 'red' }), { status: 400, text: /"colour"/ })
})
