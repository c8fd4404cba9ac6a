import { type Comparisons, routes, type Stage } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { noteMove } from '../../src/operations/note-move.ts'
import { noteSettled, noteSlips } from '../../src/operations/note-slips.ts'
import { noteUnit } from '../../src/operations/note-unit.ts'
import { filer, operator, projectNamed, reviewer, startCycleService } from '../fixtures/cycle-service.ts'

const { db, clock, call, refusal, note } = await startCycleService(t, '2026-01-01T01:00:00Z')
const { getComparisons } = routes
const YI = 100_000_000
const [one, two] = [uuidv7(), uuidv7()]
const REGIONS = { 410802: ['解放区', one], 410811: ['山阳区', two] } as const

async function register(name: string, regionCode: keyof typeof REGIONS, stage: Stage, fields = {}) {
  const [regionName, responsibleUnitId] = REGIONS[regionCode]
  const place = {
    regionCode: String(regionCode),
    regionName,
    responsibleUnitId,
    responsibleUnitName: `${regionName}政府`,
  }
  const project = projectNamed(name, { ...place, stage, totalInvestmentYuan: YI, ...fields })
  await note(project)
  return project
}
const move = (projectId: string, from: Stage, to: Stage, movedOn: string) =>
  db.transaction().execute((trx) => noteMove(trx, { projectId, from, to, movedOn }, clock.now()))
const ask = async (period = '2026-06', of = 'region'): Promise<Comparisons> =>
  (await call(filer, getComparisons, { query: { period, of } })).body
const short = ({ tables }: Comparisons, code: string) =>
  tables
    .find(({ comparison }) => comparison === code)
    ?.groups.map(({ peerGroup, rows }) => [
      peerGroup,
      ...rows.map(({ name, rank, percent, parts }) => [
        name,
        rank,
        percent,
        ...parts.map((part) => [part.numerator, part.denominator]),
      ]),
    ])

t.test('the five comparisons of the year, each with what it counts out of what', async (t) => {
  for (const [regionCode, [regionName, unitId]] of Object.entries(REGIONS)) {
    const unit = {
      unitId,
      version: 1,
      name: `${regionName}政府`,
      kind: 'district' as const,
      regionCode,
      parentId: null,
    }
    await db.transaction().execute((trx) => noteUnit(trx, { ...unit, peerGroup: '城区组' }))
  }
  const planned = await register('谋划一', 410802, 'planning')
  await register('谋划二', 410802, 'planning')
  await register('谋划三', 410811, 'planning')
  const signed = await register('签约', 410811, 'signed')
  const preparing = await register('前期', 410802, 'preliminary', { plannedStartOn: '2026-04-01' })
  await register('不考核', 410802, 'planning', { assessmentClass: 'followed' })
  clock.set('2026-06-10T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: '2026-06' } })
  await move(planned.projectId, 'planning', 'reserve', '2026-05-01')
  await move(preparing.projectId, 'preliminary', 'newlyStarted', '2026-05-20')
  await note({ ...preparing, version: 2, stage: 'newlyStarted', actualStartOn: '2026-05-20' })
  await call(reviewer, routes.putAnnualPlan, {
    params: { id: preparing.projectId, year: 2026 },
    body: { plannedYuan: YI },
  })
  const step = {
    stepId: uuidv7(),
    kind: 'procedure' as const,
    name: '节能审查',
    dueOn: '2026-06-01',
    unitId: null,
    personId: null,
  }
  const slip = { projectId: signed.projectId, steps: [step, { ...step, stepId: uuidv7() }] }
  await db.transaction().execute(async (trx) => {
    await noteSlips(trx, slip, { toldAt: '2026-06-02T01:00:00Z', now: clock.now() })
    await noteSettled(
      trx,
      { projectId: signed.projectId, stepId: step.stepId, settledAt: '2026-06-05T01:00:00Z' },
      clock.now(),
    )
  })
  const june = await ask()
  t.match(june, { historyFrom: '2026-01-01', isHistoryWhole: true })
  t.same(short(june, 'planningReserve'), [
    ['城区组', ['解放区', 1, 50, [1, 2], [YI, 2 * YI]], ['山阳区', 2, 0, [0, 1], [0, YI]]],
  ])
  t.same(short(june, 'preliminaryConversion'), [
    ['城区组', ['解放区', 1, 100, [1, 1], [YI, YI]], ['山阳区', null, null, [0, 0], [0, 0]]],
  ])
  t.same(short(june, 'signedInvestment')?.[0]?.[1], ['山阳区', 1, 0, [0, YI], [0, 1]])
  t.same(short(june, 'startProgress')?.[0]?.[1], ['解放区', 1, 0, [0, YI / 2], [1, 1]])
  t.same(short(june, 'serviceResults')?.[0]?.[1], ['山阳区', 1, 25, [0, 0], [1, 2], [0, 1]])
  t.equal(short(await ask('2026-06', 'unit'), 'planningReserve')?.[0]?.[1]?.[0], '解放区政府', 'units too')
})

t.test('a month is told by the moves of its days, and what is not known is said', async (t) => {
  clock.set('2027-02-10T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: '2027-02' } })
  const later = await ask('2027-02')
  t.equal(later.isHistoryWhole, true)
  t.same(
    short(later, 'planningReserve')?.[0]?.[1],
    ['解放区', 1, 0, [0, 1], [0, YI]],
    'last year’s reserve counts no more',
  )
  t.same(short(await ask('2026-06'), 'preliminaryConversion')?.[0]?.[1], ['解放区', 1, 100, [1, 1], [YI, YI]])
  await sql`update stage_entries set at = '2026-11-25T01:00:00Z'`.execute(db)
  t.match(await ask('2026-06'), { historyFrom: '2026-11-25', isHistoryWhole: false })
  t.same(await refusal(filer, getComparisons, { query: { period: '2027-03', of: 'region' } }), ['not-found', 'period'])
  t.same(await refusal(filer, getComparisons, { query: { period: '2026-06', of: 'tier' } }), [
    'validation-failed',
    'of',
  ])
})

t.test('a move that arrives before its project begins the history with both stages', async (t) => {
  const id = uuidv7()
  await move(id, 'planning', 'reserve', '2027-02-01')
  await note({ ...projectNamed('先动'), projectId: id, stage: 'reserve' })
  const { rows } = await sql`select stage, entered_on from stage_entries where project_id = ${id} order by id`.execute(
    db,
  )
  t.same(rows, [
    { stage: 'planning', entered_on: '2027-02-01' },
    { stage: 'reserve', entered_on: '2027-02-01' },
  ])
})
