import { type Actor, type ReportEntry, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { foldRollups } from '../../src/operations/fold-rollups.ts'
import { reconcile } from '../../src/operations/reconcile.ts'
import {
  filer,
  OTHER_UNIT,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
  supervisor,
} from '../fixtures/cycle-service.ts'

const PERIOD = '2026-11'
const WAN = 10_000

const service = await startCycleService(t, '2026-10-20T01:00:00Z')
const { call, clock, db, note } = service
const projects = Array.from({ length: 5 }, (_, n) => projectNamed(`项目${n}`))
const other = projectNamed('别家', { responsibleUnitId: OTHER_UNIT })
const ids = projects.map(({ projectId }) => projectId)

const keyed = (key: string = uuidv7()) => ({ 'idempotency-key': key })
const entry = (fields: Partial<ReportEntry> = {}) => ({
  completedYuan: 100 * WAN,
  visualProgress: '主体封顶',
  ...fields,
})
const fileAll = (
  reports: unknown[],
  { actor = filer as Actor, key = uuidv7(), dryRun = false, period = PERIOD } = {},
) =>
  call(actor, routes.fileReports, {
    body: { period, reports },
    headers: keyed(key),
    ...(dryRun ? { query: { dryRun: 'true' } } : {}),
  })
const one = (projectId: string, period = PERIOD) => call(filer, routes.getReport, { params: { id: projectId, period } })
const fields = (answer: { body: { errors?: { field: string }[] } }) => answer.body.errors?.map(({ field }) => field)

/** Everything that a refused request must leave as it was. */
const everything = async () => {
  const { rows } = await sql<{ all: string }>`select json_build_array(
    (select json_agg(r order by project_id, period) from monthly_reports r),
    (select json_agg(y order by project_id) from project_years y),
    (select json_agg(o order by id) from obligations o), (select count(*) from rollup_marks),
    (select count(*) from bulk_requests), (select count(*) from outbox), (select count(*) from report_history))::text as all`.execute(
    db,
  )
  return rows[0]?.all
}

t.before(async () => {
  for (const project of [...projects, other]) await note(project)
  await call(operator, routes.openCycle, { body: { period: '2026-10' } })
  await fileAll(
    ids.slice(0, 2).map((projectId) => ({
      projectId,
      entry: entry({
        visualProgress: '基础完工',
        difficulties: '等待用地',
        fundsReceived: [{ source: 'bankLoan', yuan: 5 }],
      }),
    })),
    { period: '2026-10' },
  )
  clock.set('2026-11-20T01:00:00Z')
  await call(operator, routes.openCycle, { body: { period: PERIOD } })
})

t.test('无变化 files last month’s words with nothing completed and nothing received', async (t) => {
  const params = { id: ids[0] as string, period: PERIOD }
  const { status, body } = await call(filer, routes.fileUnchanged, { params })
  t.equal(status, 200)
  t.match(body, { state: 'submitted', version: 1, revision: 1, isLate: false })
  t.same(body.entry, {
    completedYuan: 0,
    fundsReceived: [],
    visualProgress: '基础完工',
    difficulties: '等待用地',
    nextSteps: '',
    explanations: [],
  })
  t.same(
    body.changesSinceLastMonth.map(({ field }: { field: string }) => field),
    ['completedYuan', 'fundsReceived.bankLoan'],
  )
  t.same(await service.refusal(filer, routes.fileUnchanged, { params }), ['report-not-editable', 'state'])
  const fresh = { id: ids[4] as string, period: PERIOD }
  t.same(await service.refusal(filer, routes.fileUnchanged, { params: fresh }), ['report-incomplete', 'visualProgress'])
  t.equal((await one(fresh.id)).body.state, 'expected', 'and nothing was saved')
  t.same(await service.refusal(otherFiler, routes.fileUnchanged, { params: fresh }), ['outside-scope', 'id'])
  t.same(await service.refusal(reviewer, routes.fileUnchanged, { params: fresh }), ['role-not-allowed', undefined])
})

t.test('every row that is wrong is named, and then nothing at all is written', async (t) => {
  const before = await everything()
  const answer = await fileAll([
    { projectId: ids[1], isUnchanged: true },
    { projectId: ids[2], entry: entry({ visualProgress: ' ' }) },
    { projectId: ids[0], entry: entry() },
    { projectId: other.projectId, entry: entry() },
    { projectId: uuidv7(), entry: entry() },
    { projectId: ids[3], version: 4, entry: entry() },
    { projectId: ids[4] },
    { projectId: ids[1], isUnchanged: true },
  ])
  t.same([answer.status, answer.body.code], [422, 'rows-refused'])
  t.same(fields(answer), [
    'reports.1.visualProgress',
    'reports.2.state',
    'reports.3',
    'reports.4.projectId',
    'reports.5.version',
    'reports.6.entry',
    'reports.7',
  ])
  t.match(answer.body.detail, '7')
  t.same(
    [(await fileAll([{ projectId: ids[1], isUnchanged: true }], { period: '2026-09' })).body.code],
    ['rows-refused'],
    'a month that is not open',
  )
  for (const [what, reports] of Object.entries({
    'no row': [],
    'a negative month': [{ projectId: ids[1], entry: entry({ completedYuan: -1 }) }],
    'an unknown field': [{ projectId: ids[1], entry: { yearToDateYuan: 1 } }],
    'too many rows': Array.from({ length: 501 }, () => ({ projectId: ids[1], isUnchanged: true })),
  }))
    t.equal((await fileAll(reports)).body.code, 'validation-failed', what)
  const { body } = await call(filer, routes.fileReports, { body: { period: PERIOD, reports: [{ projectId: ids[1] }] } })
  t.equal(body.errors[0].field, 'Idempotency-Key')
  t.equal(
    (await fileAll([{ projectId: ids[1], isUnchanged: true }], { actor: reviewer })).body.code,
    'role-not-allowed',
  )
  t.equal(await everything(), before)
})

t.test('a unit files its projects in one request; tried out first, and sent twice it is filed once', async (t) => {
  const reports = [
    { projectId: ids[1], isUnchanged: true },
    ...ids.slice(2).map((projectId) => ({ projectId, version: 0, entry: entry() })),
  ]
  const before = await everything()
  const tried = await fileAll(reports, { dryRun: true })
  t.match(tried.body, {
    isDryRun: true,
    reports: [{ projectId: ids[1], state: 'submitted', version: 1, isLate: false }],
  })
  t.equal(await everything(), before, 'a dry run changes nothing')

  const key = uuidv7()
  const [first, second] = await Promise.all([fileAll(reports, { key }), fileAll(reports, { key })])
  t.same([first.status, second.status], [200, 200])
  t.same(second.body, first.body)
  const { rows } = await sql`select count(*)::int as count from report_history where period = ${PERIOD}`.execute(db)
  t.same(rows, [{ count: 5 }])
  t.equal((await fileAll(reports.slice(1), { key })).body.code, 'idempotency-key-reused')
  t.equal((await service.events('report.submitted.v1')).length, 2 + 5)
})

t.test('a returned report shows what its filer changed since', async (t) => {
  const [projectId, another] = ids.slice(2)
  const reasons = [{ field: 'visualProgress', reason: '请写明部位' }]
  const back = (reports: unknown[], actor: Actor = reviewer) =>
    call(actor, routes.returnReports, { body: { period: PERIOD, reports, reasons }, headers: keyed() })
  t.equal((await back([{ projectId, version: 1 }], filer)).body.code, 'role-not-allowed')
  t.same(
    fields(
      await back([
        { projectId, version: 1 },
        { projectId: another, version: 7 },
      ]),
    ),
    ['reports.1.version'],
  )
  t.match(
    (
      await back([
        { projectId, version: 1 },
        { projectId: another, version: 1 },
      ])
    ).body.reports,
    [
      { state: 'returned', version: 2 },
      { state: 'returned', version: 2 },
    ],
  )
  t.same((await one(projectId as string)).body.returnReasons, reasons)
  const again = await fileAll([
    { projectId, version: 2, entry: entry({ visualProgress: '主体封顶，砌筑过半' }) },
    { projectId: another, version: 2, entry: entry() },
  ])
  t.match(again.body.reports, [{ state: 'submitted' }, { state: 'submitted' }])
  const { body } = await one(projectId as string)
  t.same(body.changesSinceSubmission, [{ field: 'visualProgress', before: '主体封顶', after: '主体封顶，砌筑过半' }])
  t.same((await one(another as string)).body.changesSinceSubmission, [])
  t.equal((await one(ids[4] as string)).body.changesSinceSubmission, null, 'never returned')
})

t.test('many are approved at once, and every sum follows', async (t) => {
  const versions = new Map<string, number>()
  for (const id of ids) versions.set(id, (await one(id)).body.version)
  const reports = ids.map((projectId) => ({ projectId, version: versions.get(projectId) }))
  const ask = (actor: Actor, rows: unknown[] = reports, key = uuidv7()) =>
    call(actor, routes.approveReports, { body: { period: PERIOD, reports: rows }, headers: keyed(key) })
  const before = await everything()
  t.equal((await ask(filer)).body.code, 'role-not-allowed')
  t.equal((await ask(supervisor)).body.code, 'role-not-allowed')
  const selfMade = { ...reviewer, personId: filer.personId } as Actor
  t.same(
    fields(await ask(selfMade)),
    ids.map((_, row) => `reports.${row}`),
    'nobody approves what they filed',
  )
  t.same(fields(await ask(reviewer, [...reports, { projectId: other.projectId, version: 0 }])), ['reports.5.state'])
  t.equal(await everything(), before)

  const [first, second] = await Promise.all([ask(reviewer), ask(reviewer)])
  t.same([first.status, second.status].sort(), [200, 422], 'two at once: one of them')
  t.equal((await service.events('report.approved.v1')).length, 5)
  const { body } = await call(supervisor, routes.getSummary, { query: { period: PERIOD, groupBy: 'unit' } })
  t.equal(body.total.monthCompletedYuan, 3 * 100 * WAN)
  await foldRollups(db, clock.now())
  t.same(await reconcile(db), [])
})
