import type { Project } from '@tiaodu/types'
import { routes } from '@tiaodu/types'
import t from 'tap'
import { loadList } from '../../src/operations/load-list.ts'
import { sampleRows } from '../fixtures/sample.ts'
import { operator, startService } from '../fixtures/service.ts'

const { database, call, refusal } = await startService(t)
await loadList(database, sampleRows('key_projects.csv'), {
  now: new Date('2026-11-20T01:00:00Z'),
  actorId: null,
  actorName: 'load',
  listName: 'key_projects.csv',
  isDryRun: false,
})

async function everyPage(query: Record<string, string>): Promise<Project[]> {
  const found: Project[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { body } = await call(operator, routes.listProjects, { query: { ...query, ...(cursor ? { cursor } : {}) } })
    found.push(...body.items)
    cursor = body.nextCursor
  }
  return found
}

const every = await everyPage({ limit: '200' })

t.test('pages of any size hold every project once, newest first', async (t) => {
  t.equal(every.length, 137)
  const ids = every.map(({ id }) => id)
  t.same(ids, [...ids].sort().reverse())
  for (const limit of ['1', '20', '137', '136']) {
    const paged = await everyPage({ limit })
    t.same(
      paged.map(({ id }) => id),
      ids,
      `pages of ${limit}`,
    )
  }
})

t.test('filters hold together what everybody would pick by hand', async (t) => {
  const cases: [Record<string, string>, (project: Project) => boolean][] = [
    [{ regionCode: '410802' }, (project) => project.regionCode === '410802'],
    [{ stage: 'building' }, (project) => project.stage === 'building'],
    [{ q: '水库' }, (project) => project.name.includes('水库')],
    [{ q: '%' }, (project) => project.name.includes('%')],
    [{ q: '_' }, (project) => project.name.includes('_')],
    [{ q: '水' }, (project) => project.name.includes('水')],
    [{ q: '路等10条' }, (project) => project.name.includes('路等10条')],
    [{ q: '不存在的项目' }, () => false],
    [{ tier: 'city' }, (project) => project.tiers.includes('city')],
    [
      { regionCode: '410800', stage: 'building', category: '先进制造', q: '项目' },
      (project) =>
        project.regionCode === '410800' &&
        project.stage === 'building' &&
        project.category === '先进制造' &&
        project.name.includes('项目'),
    ],
  ]
  for (const [query, isChosen] of cases) {
    const found = await everyPage({ ...query, limit: '7' })
    t.same(found, every.filter(isChosen), JSON.stringify(query))
    const { body } = await call(operator, routes.countProjects, { query })
    t.equal(body.count, found.length, 'and as many are counted')
    t.equal(
      body.totalInvestmentYuan,
      found.reduce((sum, project) => sum + (project.totalInvestmentYuan ?? 0), 0),
    )
  }
  t.ok(every.some(({ name }) => name.includes('水库')))
})

t.test('a cursor or a filter that is none is refused by name', async (t) => {
  const cases: [Record<string, string>, string][] = [
    [{ cursor: 'abc' }, 'cursor'],
    [{ limit: '0' }, 'limit'],
    [{ limit: '201' }, 'limit'],
    [{ stage: '在建' }, 'stage'],
    [{ colour: 'red' }, 'colour'],
    [{ unitId: '1' }, 'unitId'],
  ]
  for (const [query, field] of cases) {
    t.same(await refusal(operator, routes.listProjects, { query }), ['validation-failed', field])
  }
})

t.test('indicators and targets come in pages too', async (t) => {
  for (const contract of [routes.listPlanIndicators, routes.listAnnualTargets]) {
    t.same((await call(operator, contract)).body, { items: [], nextCursor: null })
    t.same(await refusal(operator, contract, { query: { cursor: 'abc' } }), ['validation-failed', 'cursor'])
  }
})
