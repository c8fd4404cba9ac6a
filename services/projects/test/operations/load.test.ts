import { STAGES } from '@tiaodu/types'
import t from 'tap'
import { loadAnnualTargets, loadPlanIndicators } from '../../src/operations/load-indicators.ts'
import { loadList } from '../../src/operations/load-list.ts'
import { sampleRows } from '../fixtures/sample.ts'
import { startService } from '../fixtures/service.ts'

const ACT = {
  now: new Date('2026-11-20T01:00:00Z'),
  actorId: null,
  actorName: 'load',
  listName: 'key_projects.csv',
  isDryRun: false,
}
const { database, events } = await startService(t)
const db = database.kysely
const rows = sampleRows('key_projects.csv')
const stored = () => db.selectFrom('projects').selectAll().orderBy('id').execute()
const countOf = async (table: 'project_versions' | 'stage_moves') =>
  (await db.selectFrom(table).select('project_id').execute()).length

t.test('the three files of the sample load without a problem, and load again without a change', async (t) => {
  t.match(await loadList(database, rows, ACT), { outcome: 'loaded', created: 137, updated: 0, unchanged: 0 })
  t.same(await loadPlanIndicators(db, sampleRows('plan_indicators.csv'), ACT), {
    outcome: 'loaded',
    changed: 30,
    unchanged: 0,
    ignoredColumns: [],
  })
  t.same(await loadAnnualTargets(db, sampleRows('annual_targets.csv'), ACT), {
    outcome: 'loaded',
    changed: 14,
    unchanged: 0,
    ignoredColumns: [],
  })
  const before = await stored()
  const told = (await events()) as unknown as { payload: { projects: { projectId: string }[] } }[]
  t.equal(told.length, 1, 'one event tells of up to 200 projects')
  t.same(
    told[0]?.payload.projects.map(({ projectId }) => projectId).sort(),
    before.map(({ id }) => id),
  )
  t.equal(await countOf('project_versions'), 137, 'and one version')
  t.equal(await countOf('stage_moves'), 137, 'and one move, to the stage that the list states')

  t.match(await loadList(database, rows, ACT), { outcome: 'loaded', created: 0, updated: 0, unchanged: 137 })
  t.same(await loadPlanIndicators(db, sampleRows('plan_indicators.csv'), ACT), {
    outcome: 'loaded',
    changed: 0,
    unchanged: 30,
    ignoredColumns: [],
  })
  t.same(await loadAnnualTargets(db, sampleRows('annual_targets.csv'), ACT), {
    outcome: 'loaded',
    changed: 0,
    unchanged: 14,
    ignoredColumns: [],
  })
  t.same(await stored(), before)
  t.equal((await events()).length, 1, 'and no event for nothing')
})

t.test('a row that changed is one update, one version, one event; what the file does not name stays', async (t) => {
  const [first = {}] = rows
  await db
    .updateTable('projects')
    .set({ tiers: ['province', 'city'] })
    .where('name', '=', first.name ?? '')
    .execute()
  const changed = [{ ...first, stage: '竣工' }, ...rows.slice(1)]
  t.match(await loadList(database, changed, ACT), { created: 0, updated: 1, unchanged: 136 })
  const project = (await stored()).find(({ name }) => name === first.name)
  t.match(project, { stage: 'completed', version: 2, tiers: ['province', 'city'] })
  const [told, moved] = (await events()).slice(-2)
  t.match(told?.payload, { projects: [{ projectId: project?.id, version: 2, stage: 'completed' }] })
  t.match(moved, { name: 'project.moved.v1', payload: { from: 'building', to: 'completed', movedOn: '2026-11-20' } })
})

t.test('one bad row and nothing is loaded: each cell is named with its row, value and reason', async (t) => {
  const before = await stored()
  const [first = {}, second = {}] = rows
  const bad = [
    { ...first, name: '新项目甲' },
    { ...second, stage: '进行中', total_investment_yi: '很多' },
    { ...first, name: '新项目乙' },
    { ...first, name: '新项目甲' },
  ]
  t.match(await loadList(database, bad, ACT), {
    outcome: 'refused',
    problems: [
      {
        row: 3,
        column: 'total_investment_yi',
        value: '很多',
        reason: { en: 'must be a positive amount in 亿元, or empty' },
      },
      {
        row: 3,
        column: 'stage',
        value: '进行中',
        reason: { en: `must be one of ${Object.values(STAGES).join(' ')}` },
      },
      { row: 5, column: 'name', value: '新项目甲', reason: { en: 'stands twice in the file, first in row 2' } },
    ],
  })
  t.same(await stored(), before)
})

t.test('every problem is counted, the first 1,000 are told: a list of wrong cells fills no memory', async (t) => {
  const [first = {}] = rows
  function* wrong() {
    for (let n = 0; n < 20_000; n++) yield { ...first, name: `新项目${n}`, region_code: '4108', stage: '进行中' }
  }
  const result = await loadList(database, wrong(), ACT)
  t.match(result, { outcome: 'refused', rows: 20_000, problemCount: 40_000, created: 0 })
  t.match([result.problems.length, result.problems[0], result.problems.at(-1)], [1_000, { row: 2 }, { row: 501 }])
})
