import { createLogger } from '@tiaodu/service'
import { actorOf, createServiceDatabase, createTestClock, signedIn, testTokens } from '@tiaodu/testing'
import { type Actor, type EventPayload, type ReportEntry, type RouteContract, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createInvestmentApp } from '../../src/app.ts'
import type { DB } from '../../src/generated/tables.ts'
import { noteProject } from '../../src/operations/note-project.ts'
import { openDueCycle } from '../../src/operations/open-cycle.ts'
import { reconcile } from '../../src/operations/reconcile.ts'
import { bulletinEntry } from '../fixtures/cycle-service.ts'

const UNIT = uuidv7()
const OTHER_UNIT = uuidv7()
const PERIOD = '2026-11'
const YI = 100_000_000

const database = await createServiceDatabase<DB>(t, 'investment', migrations)
const db = database.kysely
const clock = createTestClock('2026-11-20T01:00:00Z')
const app = createInvestmentApp({ logger: createLogger('test', 'silent'), tokens: testTokens, clock }, database)
t.teardown(() => app.close())

const filer = actorOf('filer', { personId: uuidv7(), unitId: UNIT })
const otherFiler = actorOf('filer', { personId: uuidv7(), unitId: OTHER_UNIT })
const reviewer = actorOf('reviewer', { personId: uuidv7() })
const districtReviewer = actorOf('reviewer', { personId: uuidv7(), regionCode: '410802' })
const operator = actorOf('operator', { personId: uuidv7() })
const supervisor = actorOf('supervisor', { personId: uuidv7() })

function projectNamed(name: string, fields: Partial<EventPayload<'project.changed.v1'>> = {}) {
  const project: EventPayload<'project.changed.v1'> = {
    projectId: uuidv7(),
    version: 1,
    name,
    regionCode: '410800',
    regionName: '焦作市',
    category: '先进制造',
    tiers: ['city'],
    stage: 'building',
    assessmentClass: 'assessed',
    totalInvestmentYuan: 20 * YI,
    responsibleUnitId: UNIT,
    responsibleUnitName: '市工信局',
    filerId: filer.personId,
    leaderId: null,
    ...fields,
  }
  return project
}

const note = (project: EventPayload<'project.changed.v1'>) =>
  db.transaction().execute((trx) => noteProject(trx, project, clock.now()))

/** Calls a route and holds a successful answer against its contract. */
async function call(
  actor: Actor,
  contract: RouteContract,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await app.inject({
    method: contract.method,
    url,
    headers: { ...(await signedIn(actor)), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const schema = contract.schema.response[answer.statusCode]
  if (answer.statusCode < 300 && (schema === undefined || !Schema.Compile(schema).Check(answer.json()))) {
    throw new Error(`${contract.operationId} answered against its contract: ${answer.body}`)
  }
  return { status: answer.statusCode, body: answer.json() }
}

const reportUrl = (id: string, action = '') => `/api/v1/projects/${id}/reports/${PERIOD}${action}`
const entry = (fields: Partial<ReportEntry> = {}) => ({ completedYuan: YI, visualProgress: '主体封顶', ...fields })

const save = (id: string, body: unknown = entry(), actor = filer, headers = {}) =>
  call(actor, routes.saveReport, reportUrl(id), body, headers)
const submit = (id: string, actor = filer) => call(actor, routes.submitReport, reportUrl(id, '/submit'))
const approve = (id: string, actor = reviewer) => call(actor, routes.approveReport, reportUrl(id, '/approve'))
const giveBack = (id: string) =>
  call(reviewer, routes.returnReport, reportUrl(id, '/return'), {
    reasons: [{ field: 'visualProgress', reason: '请写明部位' }],
  })

/** Everything that a refused request must leave as it was. */
const everything = async () => {
  const { rows } = await sql<{ all: string }>`select json_build_array(
    (select json_agg(r order by project_id, period) from monthly_reports r),
    (select json_agg(y order by project_id) from project_years y),
    (select json_agg(o order by id) from obligations o),
    (select count(*) from outbox), (select count(*) from report_history))::text as all`.execute(db)
  return rows[0]?.all
}

const projects = {
  first: projectNamed('第一'),
  second: projectNamed('第二', { tiers: ['province', 'city'], totalInvestmentYuan: null }),
  others: projectNamed('别家', {
    responsibleUnitId: OTHER_UNIT,
    responsibleUnitName: '市交通局',
    regionCode: '410802',
    regionName: '解放区',
  }),
  planned: projectNamed('谋划中', { stage: 'planning' }),
  followed: projectNamed('跟踪', { assessmentClass: 'followed', responsibleUnitId: null, responsibleUnitName: null }),
}

t.test('a cycle opens once, with one obligation per project that must report, due by the holiday policy', async (t) => {
  for (const project of Object.values(projects)) await note(project)
  const openings = await Promise.all(
    [1, 2, 3].map(() => call(operator, routes.openCycle, '/api/v1/cycles', { period: PERIOD })),
  )
  t.same(openings.map(({ status }) => status).sort(), [200, 200, 201], 'opened three times at once it opens once')
  const { body } = await call(operator, routes.getCycle, `/api/v1/cycles/${PERIOD}`)
  t.equal(body.dueAt, '2026-12-07T10:00:00.000Z', 'the 5th is a Saturday: Monday 18:00 in Shanghai')
  t.equal(body.lockAt, '2026-12-31T16:00:00.000Z')
  t.same(body.counts, { expected: 3, filed: 0, onTime: 0, excused: 0, late: 0, missing: 0, approved: 0 })
  const { rows } = await sql<{ name: string; payload: { obligationCount?: number; workdays?: string[] } }>`
    select name, payload from outbox order by id`.execute(db)
  t.same(
    rows.map(({ name }) => name),
    ['obligations.issued.v1', 'cycle.opened.v1'],
  )
  t.equal(rows[1]?.payload.obligationCount, 3)
  t.ok(rows[1]?.payload.workdays?.includes('2026-12-07') && !rows[1].payload.workdays.includes('2026-12-06'))
  t.equal(await openDueCycle(db, clock.now(), false), false, 'the schedule finds it open')
})

t.test('a project that comes to report while the cycle is open joins it; older news of it is ignored', async (t) => {
  await note({ ...projects.planned, stage: 'newlyStarted', version: 3 })
  await note({ ...projects.planned, stage: 'planning', name: '旧名', version: 2 })
  const { body } = await call(operator, routes.listObligations, `/api/v1/cycles/${PERIOD}/obligations?limit=200`)
  t.same(
    body.items.map((item: { projectName: string }) => item.projectName).sort(),
    ['别家', '第一', '第二', '谋划中'].sort(),
  )
})

t.test('lists are narrowed to the reach of the caller and walk page by page', async (t) => {
  const names = async (actor: Actor, query = '') => {
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await call(
        actor,
        routes.listObligations,
        `/api/v1/cycles/${PERIOD}/obligations?limit=1${query}${cursor}`,
      )
      found.push(...body.items.map((item: { projectName: string }) => item.projectName))
      if (body.nextCursor === null) return found.sort()
      cursor = `&cursor=${body.nextCursor}`
    }
  }
  t.same(await names(otherFiler), ['别家'])
  t.same(await names(districtReviewer), ['别家'])
  t.equal((await names(supervisor)).length, 4)
  t.same(await names(supervisor, '&state=approved'), [])
  t.same(await names(supervisor, '&late=true'), [])
  t.equal((await call(filer, routes.listObligations, `/api/v1/cycles/${PERIOD}/obligations?cursor=x`)).status, 400)
})

t.test('the draft is prefilled and everything but the entry is computed', async (t) => {
  await call(reviewer, routes.putAnnualPlan, `/api/v1/projects/${projects.first.projectId}/plans/2026`, {
    plannedYuan: 4 * YI,
  })
  const { body } = await call(filer, routes.getReport, reportUrl(projects.first.projectId))
  t.equal(body.state, 'expected')
  t.equal(body.version, 0)
  t.equal(body.computed.plannedYuan, 4 * YI)
  t.equal(body.computed.scheduledPercent, 91.67)
  t.equal(body.computed.light, 'red', 'nothing of 4 亿 by November')
  t.equal(body.computed.lightReasons[0].code, 'behind-schedule')
})

t.test('draft, filed, returned, filed again, approved: the roll-up and the events follow', async (t) => {
  const { projectId } = projects.first
  t.equal((await save(projectId)).body.state, 'draft')
  const filed = await submit(projectId)
  t.equal(filed.body.state, 'submitted')
  t.equal(filed.body.isLate, false)
  t.equal((await giveBack(projectId)).body.returnReasons[0].field, 'visualProgress')
  clock.set('2026-12-08T01:00:00Z')
  t.equal(
    (await save(projectId, entry({ completedYuan: 3 * YI, visualProgress: '主体封顶，砌筑过半' }))).body.state,
    'returned',
  )
  const again = await submit(projectId)
  t.equal(again.body.revision, 2)
  t.equal(again.body.isLate, false, 'the first submission was in time')
  const approved = await approve(projectId)
  t.equal(approved.body.state, 'approved')
  t.equal(approved.body.computed.yearToDateYuan, 3 * YI)
  t.equal(approved.body.computed.completionPercent, 75)
  const { rows } =
    await sql`select completed_yuan, completed_by_month[11] as november from project_years where project_id = ${projectId}`.execute(
      db,
    )
  t.same(rows, [{ completed_yuan: 3 * YI, november: 3 * YI }])
  const events = await sql<{ name: string }>`select name from outbox where name like 'report.%' order by id`.execute(db)
  t.same(
    events.rows.map(({ name }) => name),
    ['report.submitted.v1', 'report.returned.v1', 'report.submitted.v1', 'report.approved.v1'],
  )
  t.same(await reconcile(db), [])
})

t.test('what is wrong is refused by name, and nothing changes', async (t) => {
  const { projectId } = projects.second
  await save(projectId)
  const before = await everything()
  const refused = async (
    what: string,
    answer: Promise<{ status: number; body: { code: string; errors?: { field: string }[] } }>,
    status: number,
    code: string,
    field?: string,
  ) => {
    const { status: found, body } = await answer
    t.same({ status: found, code: body.code }, { status, code }, what)
    if (field !== undefined)
      t.ok(
        body.errors?.some((error) => error.field === field),
        `${what} names ${field}`,
      )
  }
  const bad = (value: unknown) => save(projectId, { ...entry(), completedYuan: value })
  for (const value of ['5', true, 1.5, 1e20, -1, [5]]) {
    await refused(`completedYuan ${JSON.stringify(value)}`, bad(value), 400, 'validation-failed', 'completedYuan')
  }
  await refused(
    'an unknown field',
    save(projectId, { ...entry(), yearToDateYuan: 1 }),
    400,
    'validation-failed',
    'yearToDateYuan',
  )
  await refused(
    'an invisible character',
    save(projectId, entry({ visualProgress: 'a\u200bb' })),
    400,
    'validation-failed',
    'visualProgress',
  )
  const at = (period: string) => `/api/v1/projects/${projectId}/reports/${period}`
  await refused(
    'the 13th month',
    call(filer, routes.saveReport, at('2026-13'), entry()),
    400,
    'validation-failed',
    'period',
  )
  await refused(
    'a month that is not open',
    call(filer, routes.saveReport, at('2026-10'), entry()),
    409,
    'period-not-open',
    'period',
  )
  await refused("another unit's project", save(projectId, entry(), otherFiler), 403, 'outside-scope', 'id')
  await refused('a reviewer filing', save(projectId, entry(), reviewer), 403, 'role-not-allowed')
  await refused('a filer approving', approve(projectId, filer), 403, 'role-not-allowed')
  await refused('another district approving', approve(projectId, districtReviewer), 403, 'outside-scope', 'id')
  await refused('approving a draft', approve(projectId), 409, 'report-not-submitted', 'state')
  await refused(
    'a stale version',
    save(projectId, entry(), filer, { 'if-match': '"0"' }),
    412,
    'version-mismatch',
    'If-Match',
  )
  await refused(
    'nothing to report',
    call(operator, routes.getReport, reportUrl(projects.followed.projectId)),
    409,
    'no-obligation',
    'id',
  )
  await refused('no such project', call(filer, routes.getReport, reportUrl(uuidv7())), 404, 'not-found', 'id')
  await refused(
    'a cycle of the future',
    call(operator, routes.openCycle, '/api/v1/cycles', { period: '2027-01' }),
    409,
    'period-not-open',
    'period',
  )
  await refused('editing an approved report', save(projects.first.projectId), 409, 'report-not-editable', 'state')
  await refused(
    'more than the total',
    save(projects.first.projectId, entry({ completedYuan: 1 })),
    409,
    'report-not-editable',
  )
  t.equal(await everything(), before, 'nothing changed')
})

t.test('a project is told with the 12 last reports that were filed, newest first', async (t) => {
  const project = projectNamed('十三个月')
  await note(project)
  const filed = { state: 'approved', period: '' }
  const months = [
    ...Array.from({ length: 12 }, (_, n) => `2025-${String(n + 1).padStart(2, '0')}`),
    '2026-01',
    '2026-02',
  ]
  for (const period of months) {
    const state = period === '2026-02' ? 'draft' : filed.state
    await sql`insert into monthly_reports (project_id, period, state, version, revision, completed_yuan, funds_received,
      visual_progress, difficulties, next_steps, is_late, return_reasons, is_simulated)
      values (${project.projectId}, ${period}, ${state}, 1, 1, 7, '[{"source":"self","yuan":2},{"source":"bankLoan","yuan":3}]', '砌筑',
      '', '', false, '[]', false)`.execute(db)
  }
  const url = `/api/v1/projects/${project.projectId}/progress`
  const { status, body } = await call(filer, routes.getProgress, url)
  t.equal(status, 200)
  t.same(
    body.reports.map(({ period }: { period: string }) => period),
    months.slice(1, 13).reverse(),
    'not the thirteenth, and not a draft',
  )
  t.match(body, { projectName: '十三个月', sinceStartYuan: 0, reports: [{ completedYuan: 7, fundsReceivedYuan: 5 }] })
  t.equal((await call(otherFiler, routes.getProgress, url)).body.code, 'outside-scope')
  t.equal((await call(filer, routes.getProgress, `/api/v1/projects/${uuidv7()}/progress`)).body.code, 'not-found')
  await sql`delete from monthly_reports where project_id = ${project.projectId}`.execute(db)
  await sql`delete from projects where id = ${project.projectId}`.execute(db)
})

t.test('an incomplete report and one above the total investment cannot be filed', async (t) => {
  const { projectId } = projects.planned
  await save(projectId, { visualProgress: '  ' })
  const incomplete = await submit(projectId)
  t.equal(incomplete.status, 422)
  t.same(
    incomplete.body.errors.map((error: { field: string }) => error.field),
    ['completedYuan', 'visualProgress'],
  )
  await save(projectId, entry({ completedYuan: 20 * YI + 1 }))
  const above = await submit(projectId)
  t.equal(above.body.code, 'exceeds-total-investment')
  t.equal(above.body.errors[0].field, 'completedYuan')
})

t.test('of two who save at once one wins and the other is told', async (t) => {
  const { projectId } = projects.second
  const { body } = await call(filer, routes.getReport, reportUrl(projectId))
  const seen = { 'if-match': `"${body.version}"` }
  const both = await Promise.all([1, 2].map((n) => save(projectId, entry({ completedYuan: n }), filer, seen)))
  t.same(both.map(({ status }) => status).sort(), [200, 412])
})

t.test('a report filed after the due instant is late; after the lock nothing can be filed', async (t) => {
  const filed = await submit(projects.second.projectId)
  t.equal(filed.body.isLate, true)
  t.equal((await approve(projects.second.projectId, { ...reviewer, personId: filer.personId })).body.code, 'own-report')
  const { body } = await call(operator, routes.getCycle, `/api/v1/cycles/${PERIOD}`)
  t.same(body.counts, { expected: 4, filed: 2, onTime: 1, excused: 0, late: 1, missing: 2, approved: 1 })
  t.equal(body.state, 'overdue')
  clock.set('2026-12-31T16:00:00Z')
  t.equal((await save(projects.planned.projectId)).body.code, 'period-locked')
  clock.set('2026-12-08T01:00:00Z')
})

t.test(
  'the summary adds up by hand, a project of two tiers counts in both, followed ones are not ranked',
  async (t) => {
    await call(reviewer, routes.putAnnualPlan, `/api/v1/projects/${projects.others.projectId}/plans/2026`, {
      plannedYuan: YI,
    })
    await call(reviewer, routes.putAnnualPlan, `/api/v1/projects/${projects.followed.projectId}/plans/2026`, {
      plannedYuan: YI,
    })
    const summary = async (groupBy: string, actor: Actor = supervisor) =>
      (await call(actor, routes.getSummary, `/api/v1/portfolio/summary?period=${PERIOD}&groupBy=${groupBy}`)).body
    const byRegion = await summary('region')
    t.match(byRegion.total, {
      projectCount: 5,
      plannedYuan: 6 * YI,
      completedYuan: 3 * YI,
      completionPercent: 50,
      expected: 4,
      filed: 2,
      onTime: 1,
    })
    t.match(byRegion.groups, [
      {
        key: '410800',
        rank: 1,
        plannedYuan: 5 * YI,
        completedYuan: 3 * YI,
        completionPercent: 60,
        scheduledPercent: 91.67,
        aheadPoints: -31.67,
      },
      {
        key: '410802',
        rank: 2,
        plannedYuan: YI,
        completedYuan: 0,
        completionPercent: 0,
        lights: { green: 0, yellow: 0, red: 1 },
      },
    ])
    const attention = byRegion.attention.find((one: { projectName: string }) => one.projectName === '别家')
    t.same(
      attention.reasons.map((reason: { code: string }) => reason.code),
      ['behind-schedule', 'report-missed'],
    )
    const byTier = await summary('tier')
    t.same(
      byTier.groups.map(({ key, projectCount }: { key: string; projectCount: number }) => [key, projectCount]),
      [
        ['city', 5],
        ['province', 1],
      ],
    )
    t.equal((await summary('unit', otherFiler)).total.projectCount, 1, 'a filer sees the own unit alone')
    t.equal(
      (await call(supervisor, routes.getSummary, '/api/v1/portfolio/summary?period=2026-09&groupBy=unit')).status,
      404,
    )
    t.equal(
      (await call(supervisor, routes.getSummary, `/api/v1/portfolio/summary?period=${PERIOD}&groupBy=colour`)).status,
      400,
    )
  },
)

t.test('a bulletin comes out once, after the due instant, and stays as it was', async (t) => {
  const url = `/api/v1/cycles/${PERIOD}/bulletin`
  clock.set('2026-12-07T09:59:00Z')
  t.equal((await call(supervisor, routes.publishBulletin, url)).body.code, 'period-not-due')
  clock.set('2026-12-11T08:00:00Z')
  t.equal((await call(supervisor, routes.putBulletinDraft, `${url}/draft`, bulletinEntry)).status, 200)
  const twice = await Promise.all([1, 2].map(() => call(supervisor, routes.publishBulletin, url)))
  t.same(twice.map(({ status }) => status).sort(), [200, 201])
  await approve(projects.second.projectId)
  const later = await call(filer, routes.getBulletin, url)
  t.same(later.body, twice[0]?.body, 'a later approval does not change it')
  t.equal(later.body.number, 1)
  const reports = await call(supervisor, routes.listReports, `/api/v1/reports?period=${PERIOD}&status=approved&limit=1`)
  t.equal(reports.body.items.length, 1)
  t.ok(reports.body.nextCursor)
})
