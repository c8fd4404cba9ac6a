import { routes } from '@tiaodu/types'
import t from 'tap'
import { loadList } from '../../src/operations/load-list.ts'
import { readRows } from '../../src/readers/index.ts'
import { newProject, operator, startService } from '../fixtures/service.ts'

const { database, call, download, events } = await startService(t)
const act = {
  now: new Date('2026-11-20T01:00:00Z'),
  actorId: null,
  actorName: 'load',
  listName: 'list.csv',
  isDryRun: false,
}
const load = (csv: string) => loadList(database, readRows(Buffer.from(csv), 'text/csv'), act)
const HEADER = '项目名称,区划代码,所属区域,类别,阶段,责任单位\n'
const line = (name: string, unit: string, region = '410802,解放区') => `${name},${region},先进制造,在建,${unit}\n`

const register = async (name: string, fields: Record<string, unknown> = {}): Promise<string> =>
  (await call(operator, routes.createUnit, { body: { name, regionCode: '410802', ...fields } })).body.id
const find = async (name: string) =>
  (await call(operator, routes.listProjects, { query: { q: name } })).body.items.find(
    (project: { name: string }) => project.name === name,
  )

await call(operator, routes.createRegion, { body: { code: '410802', name: '解放区', parentCode: '410800' } })
await call(operator, routes.createRegion, { body: { code: '410811', name: '山阳区', parentCode: '410800' } })
const near = await register('发展改革局')
const far = await register('发展改革局', { regionCode: '410811', creditCode: '91350100M000100Y43' })
const only = await register('水利局', { regionCode: '410811' })

t.test('a list names the unit: that of the own region first, else the only one, or by credit code', async (t) => {
  const list = HEADER + line('引水工程', '水利局') + line('产业园', '发展改革局') + line('新区', '91350100M000100Y43')
  t.match(await load(list + line('无主项目', '')), { outcome: 'loaded', created: 4 })
  t.match(await find('引水工程'), { responsibleUnitId: only, responsibleUnitName: '水利局' })
  t.match(await find('产业园'), { responsibleUnitId: near })
  t.match(await find('新区'), { responsibleUnitId: far })
  t.match(await find('无主项目'), { responsibleUnitId: null })
  const told = (await events()).find(({ name }) => name === 'projects.loaded.v1')
  const known = (told?.payload.projects ?? []) as { name: string }[]
  t.match(known[0], { responsibleUnitId: only, responsibleUnitName: '水利局' }, 'and other services are told')
})

t.test('a unit that is not known, or not which one, is a problem of its cell, and nothing is loaded', async (t) => {
  const list =
    HEADER + line('好项目', '水利局') + line('项目一', '没有的局') + line('项目二', '发展改革局', '410800,焦作市')
  t.match(await load(list), {
    outcome: 'refused',
    problems: [
      { row: 3, column: 'responsibleUnitName', value: '没有的局', reason: { zh: /没有这个单位/ } },
      { row: 4, column: 'responsibleUnitName', value: '发展改革局', reason: { zh: /同名/ } },
    ],
  })
  t.equal(await find('好项目'), undefined)
})

t.test('an exported list says the units, and changes nothing when it comes back', async (t) => {
  const { text } = await download(operator)
  t.match(text, /责任单位/)
  t.match(await load(text), { outcome: 'loaded', updated: 0, unchanged: 4, ignoredColumns: [] })
})

t.test('a list that has no such column leaves units alone; another unit takes over from the filer too', async (t) => {
  const { body: person } = await call(operator, routes.createPerson, {
    body: { name: '水利填报人', role: 'filer', unitId: only, email: 'filer@example.com' },
  })
  const fields = { responsibleUnitId: only, filerId: person.id, regionCode: '410802', regionName: '解放区' }
  t.match(await call(operator, routes.createProject, { body: newProject('泵站', fields) }), { status: 201 })
  const plain = '项目名称,区划代码,所属区域,类别,阶段\n泵站,410802,解放区,先进制造,在建\n'
  await load(plain)
  t.match(await find('泵站'), { responsibleUnitId: only, filerId: person.id })
  await load(HEADER + line('泵站', '发展改革局'))
  t.match(await find('泵站'), { responsibleUnitId: near, filerId: null })
})
