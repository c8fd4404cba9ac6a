import t from 'tap'
import { loadAnnualTargets, loadPlanIndicators } from '../../src/operations/load-indicators.ts'
import { sampleRows } from '../fixtures/sample.ts'
import { startService } from '../fixtures/service.ts'

const { database, events } = await startService(t)
const db = database.kysely
const indicators = sampleRows('plan_indicators.csv')
const targets = sampleRows('annual_targets.csv')
const [indicator = {}] = indicators
const [target = {}] = targets
const act = {
  now: new Date('2026-11-20T01:00:00Z'),
  actorId: null,
  actorName: '王五',
  listName: '样例',
  isDryRun: false,
}
const stored = async () => [
  await db.selectFrom('plan_indicators').selectAll().orderBy('id').execute(),
  await db.selectFrom('annual_targets').selectAll().orderBy('id').execute(),
]
await loadPlanIndicators(db, indicators, act)
await loadAnnualTargets(db, targets, act)

t.test('one bad row and nothing is loaded: each cell is named with its row, value and reason', async (t) => {
  const before = await stored()
  const blank = Object.fromEntries(Object.keys(indicator).map((header) => [header, '']))
  const good = { ...indicator, target_2025: '另一个目标' }
  t.same(
    await loadPlanIndicators(
      db,
      [good, blank, { ...good, indicator: '新', attribute: '随意', region_code: '41' }],
      act,
    ),
    {
      outcome: 'refused',
      problems: [
        { row: 4, column: 'region_code', value: '41', reason: { zh: '应为六位数字', en: 'must be six digits' } },
        {
          row: 4,
          column: 'attribute',
          value: '随意',
          reason: { zh: '应为 预期性、约束性 或留空', en: 'must be 预期性, 约束性 or empty' },
        },
      ],
      ignoredColumns: [],
    },
  )
  t.same(
    await loadAnnualTargets(
      db,
      [
        { ...target, value: '1' },
        { ...target, year: '1999' },
      ],
      act,
    ),
    {
      outcome: 'refused',
      problems: [
        {
          row: 3,
          column: 'year',
          value: '1999',
          reason: { zh: '应为 2000 至 2099 年', en: 'must be a year from 2000 to 2099' },
        },
      ],
      ignoredColumns: [],
    },
  )
  t.same(await stored(), before)
})

t.test('a fact that stands twice in a file is refused: the second would undo the first', async (t) => {
  const before = await stored()
  t.match(await loadPlanIndicators(db, [...indicators, { ...indicator, target_2025: '另一个目标' }], act), {
    outcome: 'refused',
    problems: [{ row: 32, column: 'indicator', value: indicator.indicator, reason: { en: /first in row 2/ } }],
  })
  t.match(await loadAnnualTargets(db, [...targets, { ...target, value: '另一个数' }], act), {
    outcome: 'refused',
    problems: [{ row: 16, column: 'metric', value: target.metric, reason: { en: /first in row 2/ } }],
  })
  t.same(await stored(), before)
})

t.test('what changed in a file is what changes, and keeps its id', async (t) => {
  const [before = []] = await stored()
  const changed = [{ ...indicator, target_2025: '另一个目标' }, ...indicators.slice(1)]
  t.same(await loadPlanIndicators(db, changed, act), {
    outcome: 'loaded',
    changed: 1,
    unchanged: 29,
    ignoredColumns: [],
  })
  const [after = []] = await stored()
  t.same(
    after.map(({ id }) => id),
    before.map(({ id }) => id),
  )
  t.equal(after.filter((row) => 'target_value' in row && row.target_value === '另一个目标').length, 1)
  t.same(await events(), [], 'no other service keeps indicators')
})
