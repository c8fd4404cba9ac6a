import { type RouteContract, routes } from '@tiaodu/types'
import t from 'tap'
import { loadAnnualTargets, loadPlanIndicators } from '../../src/operations/load-indicators.ts'
import { sampleRows } from '../fixtures/sample.ts'
import { operator, startService } from '../fixtures/service.ts'

const { database, call, refusal, unit, person } = await startService(t)
const ACT = {
  now: new Date('2026-11-20T01:00:00Z'),
  actorId: null,
  actorName: 'test',
  listName: '样例',
  isDryRun: false,
}
await loadPlanIndicators(database.kysely, sampleRows('plan_indicators.csv'), ACT)
await loadAnnualTargets(database.kysely, sampleRows('annual_targets.csv'), ACT)
const UNITS = ['市水利局', 'ABC 公司', '市发改委', 'abc 公司', '“市”住建局', '县一', '县二', '１区']
for (const name of UNITS) await person(await unit(name), 'filer')

async function everyPage(contract: RouteContract, limit: string) {
  const pages: { id: string }[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await call(operator, contract, {
      query: cursor === '' ? { limit } : { limit, cursor },
    })
    pages.push(body.items)
    cursor = body.nextCursor
  }
  return pages
}

const lists: [RouteContract, number][] = [
  [routes.listUnits, UNITS.length],
  [routes.listPeople, UNITS.length],
  [routes.listAppointments, UNITS.length],
  [routes.listPlanIndicators, 30],
  [routes.listAnnualTargets, 14],
]

for (const [contract, total] of lists) {
  t.test(`${contract.operationId}: pages of any size hold every row once, in the same order`, async (t) => {
    const [whole = []] = await everyPage(contract, '200')
    t.equal(new Set(whole.map(({ id }) => id)).size, total)
    for (const limit of [1, 3, total - 1, total]) {
      const pages = await everyPage(contract, String(limit))
      t.same(pages.flat(), whole, `pages of ${limit}`)
      t.ok(pages.every(({ length }) => length <= limit))
    }
  })

  t.test(`${contract.operationId}: a cursor that is not ours is refused by name`, async (t) => {
    const foreign = [['a', 'b', 'c'], [], [1], ['x', 'not an id'], { id: 1 }].map((value) =>
      Buffer.from(JSON.stringify(value)).toString('base64url'),
    )
    for (const cursor of ['abc', '%%%', '水', ...foreign]) {
      t.same(await refusal(operator, contract, { query: { cursor } }), ['validation-failed', 'cursor'], cursor)
    }
    for (const limit of ['0', '201', '1.5', 'many']) {
      t.same(await refusal(operator, contract, { query: { limit } }), ['validation-failed', 'limit'], limit)
    }
  })
}
