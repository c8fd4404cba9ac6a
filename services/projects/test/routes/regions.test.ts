import { type RegionNode, routes } from '@tiaodu/types'
import t from 'tap'
import { loadList } from '../../src/operations/load-list.ts'
import { sampleRows } from '../fixtures/sample.ts'
import { newProject, operator, startService } from '../fixtures/service.ts'

const { database, call, refusal, unit } = await startService(t)
const { createProject, createRegion, createUnit, listRegions } = routes

const tree = async (): Promise<RegionNode[]> => (await call(operator, listRegions)).body.items
const linesOf = (nodes: readonly (RegionNode | RegionNode['children'][number])[], depth = 0): string[] =>
  nodes.flatMap(({ code, name, origin, ...node }) => [
    `${'  '.repeat(depth)}${code} ${name} ${origin}`,
    ...('children' in node ? linesOf(node.children as RegionNode[], depth + 1) : []),
  ])
const act = { now: new Date('2026-11-20T01:00:00Z'), actorId: null, actorName: 'test' }
const load = (rows: Iterable<Record<string, string>>) =>
  loadList(database, rows, { ...act, listName: '清单', isDryRun: false })

t.test('the registry holds the province, the two cities of the sample and the code that GB/T 2260 lacks', async (t) => {
  const lines = linesOf(await tree())
  t.equal(lines[0], '410000 河南省 national')
  t.ok(lines.includes('  410700 新乡市 national'))
  t.ok(lines.includes('    410703 卫滨区 national'))
  t.ok(lines.includes('    410871 焦作城乡一体化示范区 registered'))
})

t.test('the sample needs no region but those; a list of another city is taken whole, its regions marked', async (t) => {
  const before = await tree()
  t.match(await load(sampleRows('key_projects.csv')), { outcome: 'loaded', problemCount: 0 })
  t.same(await tree(), before)
  const row = (name: string, code: string, region: string) => ({
    name,
    region_code: code,
    region_name: region,
    category: '工业',
    stage: '在建',
  })
  t.match(await load([row('光谷项目', '420111', '洪山区'), row('武汉项目', '420100', '武汉市')]), { outcome: 'loaded' })
  t.same(linesOf(await tree()).slice(-2), ['420100 武汉市 loaded', '  420111 洪山区 loaded'])
  t.match(await load([row('新光谷项目', '420111', '洪山区'), row('江汉项目', '420103', '江汉区')]), {
    outcome: 'loaded',
  })
  await call(operator, createProject, { body: newProject('宜昌项目', { regionCode: '420500', regionName: '宜昌市' }) })
  t.same(linesOf(await tree()).slice(-4), [
    '420100 武汉市 loaded',
    '  420103 江汉区 loaded',
    '  420111 洪山区 loaded',
    '420500 宜昌市 loaded',
  ])
})

t.test('an operator registers what a list has named, and it takes its place above the others', async (t) => {
  t.match(await call(operator, createRegion, { body: { code: '420000', name: '湖北省' } }), {
    status: 201,
    body: { code: '420000', parentCode: null, origin: 'registered', version: 1 },
  })
  const hubei = linesOf(await tree()).slice(-5)
  t.same(hubei, [
    '420000 湖北省 registered',
    '  420100 武汉市 loaded',
    '    420103 江汉区 loaded',
    '    420111 洪山区 loaded',
    '  420500 宜昌市 loaded',
  ])
  t.match((await call(operator, createRegion, { body: { code: '420100', name: '武汉', parentCode: '420000' } })).body, {
    name: '武汉',
    origin: 'registered',
    version: 3,
  })
})

t.test('what cannot be registered is refused by the name of its field, and nothing is kept', async (t) => {
  const before = await tree()
  const cases: [Record<string, unknown>, string[]][] = [
    [{ code: '41087', name: '短', parentCode: '410800' }, ['validation-failed', 'code']],
    [{ code: '4108710', name: '长', parentCode: '410800' }, ['validation-failed', 'code']],
    [{ code: '41087A', name: '字母', parentCode: '410800' }, ['validation-failed', 'code']],
    [{ code: '010871', name: '零', parentCode: '410800' }, ['validation-failed', 'code']],
    [{ code: '410872', name: '', parentCode: '410800' }, ['validation-failed', 'name']],
    [{ code: '410871', name: '又一个', parentCode: '410800' }, ['already-exists', 'code']],
    [{ code: '410802', name: '又一个', parentCode: '410800' }, ['already-exists', 'code']],
    [{ code: '420100', name: '又一个', parentCode: '420000' }, ['already-exists', 'code']],
    [{ code: '411171', name: '无上级', parentCode: '411100' }, ['unknown-reference', 'parentCode']],
    [{ code: '410772', name: '错上级', parentCode: '410800' }, ['validation-failed', 'parentCode']],
    [{ code: '410872', name: '县下', parentCode: '410802' }, ['validation-failed', 'parentCode']],
    [{ code: '410872', name: '无上级' }, ['validation-failed', 'parentCode']],
    [{ code: '410900', name: '市无上级', parentCode: null }, ['validation-failed', 'parentCode']],
    [{ code: '420000', name: '自己', parentCode: '420000' }, ['validation-failed', 'parentCode']],
  ]
  for (const [body, expected] of cases) {
    t.same(await refusal(operator, createRegion, { body }), expected, JSON.stringify(body))
  }
  t.same(await tree(), before)
})

t.test('a unit stands in a region of the registry, which counts it', async (t) => {
  await unit('市工信局')
  const city = (await tree())[0]?.children.find(({ code }) => code === '410800')
  t.match(city, { unitCount: 1 })
  const body = { name: '无处局', regionCode: '411100' }
  t.same(await refusal(operator, createUnit, { body }), ['unknown-reference', 'regionCode'])
  const misnamed = { name: '错名局', regionCode: '410802', regionName: '山阳区' }
  t.same(await refusal(operator, createUnit, { body: misnamed }), ['validation-failed', 'regionName'])
})
