import { type Reconciliation, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { countDifferences, reconcileDaily } from '../../src/operations/reconcile-daily.ts'
import { operator, projectNamed, startCycleService, supervisor } from '../fixtures/cycle-service.ts'

const { call, db, events, note, refusal } = await startCycleService(t, '2026-11-02T01:00:00Z')
await note(projectNamed('九渡水库'))
await call(operator, routes.openCycle, { body: { period: '2026-11' } })
await call(supervisor, routes.getSummary, { query: { period: '2026-11', groupBy: 'region' } })

const HOUR = 3
const at = (time: string) => new Date(`2026-11-${time}+08:00`)
const list = async () => (await call(operator, routes.listReconciliations)).body.items as Reconciliation[]

t.test('the proof is made once a day from its hour on, whoever is the first', async (t) => {
  t.equal(await countDifferences(db), undefined)
  t.equal(await reconcileDaily(db, at('03T02:59:59'), HOUR), undefined, 'too early')
  const both = await Promise.all([1, 2].map(() => reconcileDaily(db, at('03T03:00:00'), HOUR)))
  t.equal(both.filter((made) => made !== undefined).length, 1)
  t.equal(await reconcileDaily(db, at('03T23:00:00'), HOUR), undefined, 'done for today')
  t.match(await list(), [{ reconciledOn: '2026-11-03', differenceCount: 0, differences: [] }])
  t.same(await events('rollups.diverged.v1'), [])
  t.equal(await countDifferences(db), 0)
})

t.test('what differs is kept by name and told once', async (t) => {
  await sql`update cells set planned_yuan = planned_yuan + 1 where dimension = 'region'`.execute(db)
  const made = await reconcileDaily(db, at('04T09:00:00'), HOUR)
  t.match(made, {
    differenceCount: 1,
    differences: [{ of: 'cell', key: '2026-11 410800 region 410800', figure: 'planned_yuan', rolledUp: 1, summed: 0 }],
  })
  t.same(await events('rollups.diverged.v1'), [
    { reconciliationId: made?.id, reconciledOn: '2026-11-04', differenceCount: 1, regionCodes: ['410800'] },
  ])
  t.equal(await countDifferences(db), 1)
})

t.test('operators read the outcomes, newest first and page by page', async (t) => {
  t.same(
    (await list()).map(({ reconciledOn }) => reconciledOn),
    ['2026-11-04', '2026-11-03'],
  )
  const first = (await call(operator, routes.listReconciliations, { query: { limit: '1' } })).body
  const second = (await call(operator, routes.listReconciliations, { query: { limit: '1', cursor: first.nextCursor } }))
    .body
  t.match([first.items, second.items], [[{ reconciledOn: '2026-11-04' }], [{ reconciledOn: '2026-11-03' }]])
  t.equal((await refusal(supervisor, routes.listReconciliations))[0], 'role-not-allowed')
})
