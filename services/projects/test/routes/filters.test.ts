import { type projectFilters, routes } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService } from '../fixtures/service.ts'

const { call, refusal, unit, person } = await startService(t)
const { addProgrammeMembers, countProjects, createProject, listProgrammes, listProjects } = routes

const unitId = await unit('市工信局')
const [filerId, leaderId, linkedId] = [
  await person(unitId, 'filer'),
  await person(unitId, 'leader'),
  await person(unitId, 'leader'),
]
const register = async (name: string, fields: Record<string, unknown> = {}): Promise<string> =>
  (await call(operator, createProject, { body: newProject(name, fields) })).body.id

await register('别的项目', { regionCode: '410825', regionName: '温县', stage: 'planning', category: '水利' })
const parentId = await register('打包项目', {
  stage: 'planning',
  regionCode: '410825',
  regionName: '温县',
  category: '水利',
})
const projectId = await register('锂电产业园', {
  tiers: ['province'],
  assessmentClass: 'followed',
  projectCode: '2105-410802-04-01-123456',
  localCodes: ['旧-1', '焦重点-7'],
  yearRoles: [{ year: 2026, role: 'starting' }],
  constructionType: 'newBuild',
  industryCode: 'C3985',
  ownerName: '焦作新材料公司',
  ownerCreditCode: '91350100M000100Y43',
  totalInvestmentYuan: 500_000_000,
  plannedStartOn: '2026-03-01',
  actualStartOn: '2026-04-01',
  plannedCompletionOn: '2028-06-30',
  actualCompletionOn: '2028-09-30',
  statisticalEntryOn: '2026-05-01',
  parentId,
  responsibleUnitId: unitId,
  filerId,
  leaderId,
  leaders: [{ personId: linkedId, level: 'county', kind: 'linked' }],
})
const { body: programmes } = await call(operator, listProgrammes)
const programmeId = programmes.items[0].id
const ofYear = { id: programmeId, year: '2026' }
await call(operator, addProgrammeMembers, { params: ofYear, body: { projects: [projectId] } })

/** What finds the one project, and what misses it. */
const CASES: { readonly [K in keyof typeof projectFilters.properties]: readonly [finds: string[], misses: string[]] } =
  {
    q: [['锂电', '新材', '产业园'], ['光伏']],
    regionCode: [['410802'], ['410803']],
    regionPrefix: [['410802'], ['410803', '42']],
    stage: [['building', 'completed,building'], ['completed']],
    anyCode: [
      ['2105-410802-04-01-123456', '焦重点-7'],
      ['2105-410802', '焦重点'],
    ],
    category: [['先进制造'], ['先进']],
    tier: [['province'], ['city']],
    assessmentClass: [['followed'], []],
    yearRole: [['starting'], ['continuing']],
    roleYear: [['2026'], ['2025']],
    constructionType: [['newBuild'], ['rebuild']],
    industryPrefix: [
      ['C', 'C39', 'C3985'],
      ['D', 'C38'],
    ],
    owner: [['新材'], ['锂电']],
    ownerCreditCode: [['91350100M000100Y43'], ['91350100M000100Y44']],
    unitId: [[unitId], [projectId]],
    filerId: [[filerId], [leaderId]],
    leaderId: [[leaderId, linkedId], [filerId]],
    totalFromYuan: [['500000000', '1'], ['500000001']],
    totalToYuan: [['500000000'], ['499999999']],
    plannedStartFrom: [['2026-03-01'], ['2026-03-02']],
    plannedStartTo: [['2026-03-01'], ['2026-02-28']],
    actualStartFrom: [['2026-04-01'], ['2026-04-02']],
    actualStartTo: [['2026-04-01'], ['2026-03-31']],
    plannedCompletionFrom: [['2028-06-30'], ['2028-07-01']],
    plannedCompletionTo: [['2028-06-30'], ['2028-06-29']],
    actualCompletionFrom: [['2028-09-30'], ['2028-10-01']],
    actualCompletionTo: [['2028-09-30'], ['2028-09-29']],
    hasStatisticalEntry: [['true'], []],
    programmeId: [[programmeId], [unitId]],
    programmeYear: [['2026'], ['2025']],
    parentId: [[parentId], [projectId]],
    hasParent: [['true'], []],
    updatedSince: [[], ['2026-11-21T00:00:00Z']],
  }

t.test('each filter finds what it means and nothing else; counting agrees with the list', async (t) => {
  for (const [name, [finds, misses]] of Object.entries(CASES)) {
    for (const value of finds) {
      const { body } = await call(operator, listProjects, { query: { [name]: value } })
      t.same(
        body.items.map((project: { name: string }) => project.name),
        ['锂电产业园'],
        `${name}=${value}`,
      )
      t.equal((await call(operator, countProjects, { query: { [name]: value } })).body.count, 1)
    }
    for (const value of misses)
      t.same((await call(operator, listProjects, { query: { [name]: value } })).body.items, [], `${name}=${value}`)
  }
})

t.test('filters hold together', async (t) => {
  const count = async (query: Record<string, string>) => (await call(operator, countProjects, { query })).body.count
  t.equal(await count({ hasStatisticalEntry: 'false' }), 2)
  t.equal(await count({ hasParent: 'false' }), 2)
  t.equal(await count({ yearRole: 'starting', roleYear: '2026' }), 1)
  t.equal(await count({ yearRole: 'starting', roleYear: '2025' }), 0)
  t.equal(await count({ programmeId, programmeYear: '2026' }), 1)
  t.equal(await count({ programmeId, programmeYear: '2025' }), 0)
  t.equal(await count({ q: '锂电', totalFromYuan: '500000001' }), 0)
  t.equal(await count({ category: '水利', stage: 'planning', regionPrefix: '4108' }), 2)
  t.equal(await count({ updatedSince: '2026-11-20T00:00:00Z' }), 3)
})

t.test('a filter that nothing can fit is refused by name', async (t) => {
  const bad: Record<string, string> = {
    regionPrefix: '4',
    stage: 'building,',
    industryPrefix: 'Z1',
    plannedStartFrom: '2026-02-30',
    totalFromYuan: '-1',
    hasParent: 'yes',
    programmeYear: '26',
    updatedSince: 'yesterday',
    colour: 'red',
  }
  for (const [name, value] of Object.entries(bad))
    t.same(await refusal(operator, listProjects, { query: { [name]: value } }), ['validation-failed', name], name)
})
