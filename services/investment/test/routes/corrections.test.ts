import { type Actor, routes } from '@tiaodu/types'
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

const WAN = 10_000
const service = await startCycleService(t, '2026-10-20T01:00:00Z')
const { call, clock, db, note, refusal } = service
const project = projectNamed('示范项目', { totalInvestmentYuan: 1_000 * WAN })
const other = projectNamed('别家', { responsibleUnitId: OTHER_UNIT })
const id = project.projectId
const params = { id, period: '2026-10' }
const colleague = { ...filer, personId: uuidv7() } as Actor
const selfMade = { ...reviewer, personId: filer.personId } as Actor

const fileAndApprove = async (period: string, wan: number) => {
  const at = { params: { id, period } }
  await call(filer, routes.saveReport, {
    ...at,
    body: {
      completedYuan: wan * WAN,
      visualProgress: `${period}：主体施工`,
      fundsReceived: [{ source: 'bankLoan', yuan: 5 }],
    },
  })
  await call(filer, routes.submitReport, at)
  return await call(reviewer, routes.approveReport, at)
}

const ask = (entry: object, actor: Actor = filer, ifMatch = '"3"', of: object = params) => ({
  actor,
  parts: { params: of as Record<string, string>, body: { entry, reason: '统计口径有误' }, ifMatch },
})
const asked = (entry: object) => {
  const { actor, parts } = ask(entry)
  return call(actor, routes.askCorrection, parts)
}
const refusedAs = (entry: object, ...rest: [Actor?, string?, object?]) => {
  const { actor, parts } = ask(entry, ...rest)
  return refusal(actor, routes.askCorrection, parts)
}

/** Everything that a refused request must leave as it was. */
const everything = async () => {
  const { rows } = await sql<{ all: string }>`select json_build_array(
    (select json_agg(r order by project_id, period) from monthly_reports r), (select json_agg(c order by number) from corrections c),
    (select json_agg(y order by project_id) from project_years y), (select json_agg(e) from errata e),
    (select count(*) from outbox), (select count(*) from report_history))::text as all`.execute(db)
  return rows[0]?.all
}

t.before(async () => {
  for (const one of [project, other]) await note(one)
  await call(operator, routes.openCycle, { body: { period: '2026-10' } })
  await fileAndApprove('2026-10', 100)
  clock.set('2026-11-20T01:00:00Z')
  t.equal((await service.publish('2026-10')).status, 201)
  await call(operator, routes.openCycle, { body: { period: '2026-11' } })
})

t.test('what may not be asked is refused by name, and nothing changes', async (t) => {
  const before = await everything()
  t.same(await refusedAs({ completedYuan: 100 * WAN }), ['nothing-changed', 'entry'])
  t.same(await refusedAs({ completedYuan: 1_001 * WAN }), ['exceeds-total-investment', 'entry.completedYuan'])
  t.same(await refusedAs({ completedYuan: -1 }), ['cumulative-below-zero', 'entry.completedYuan'])
  t.same(await refusedAs({ completedYuan: 1.5 }), ['validation-failed', 'entry.completedYuan'])
  t.same(await refusedAs({ yearToDateYuan: 1 }), ['validation-failed', 'entry.yearToDateYuan'])
  t.same(await refusedAs({ completedYuan: 1 }, filer, '"2"'), ['version-mismatch', 'If-Match'])
  t.same(await refusedAs({ completedYuan: 1 }, filer, '"3"', { id, period: '2026-11' }), [
    'version-mismatch',
    'If-Match',
  ])
  t.same(await refusedAs({ completedYuan: 1 }, filer, '"0"', { id, period: '2026-11' }), [
    'report-not-approved',
    'state',
  ])
  t.same(await refusedAs({ completedYuan: 1 }, otherFiler), ['outside-scope', 'id'])
  t.same(await refusedAs({ completedYuan: 1 }, reviewer), ['role-not-allowed', undefined])
  t.same(await refusal(filer, routes.askCorrection, { params, body: { entry: { completedYuan: 1 }, reason: ' ' } }), [
    'validation-failed',
    'reason',
  ])
  t.equal(await everything(), before)
})

t.test('a correction is asked for, refused with a reason, asked again and taken back', async (t) => {
  const first = await asked({ completedYuan: 80 * WAN })
  t.equal(first.status, 201)
  t.match(first.body, {
    number: 1,
    state: 'asked',
    projectName: '示范项目',
    changes: [{ field: 'completedYuan', before: 100 * WAN, after: 80 * WAN }],
  })
  t.same(await refusedAs({ completedYuan: 1 }), ['already-exists', 'state'])
  const of = { params: { ...params, number: 1 } }
  t.same(await refusal(filer, routes.approveCorrection, of), ['role-not-allowed', undefined])
  t.same(await refusal(selfMade, routes.approveCorrection, of), ['own-report', undefined])
  t.same(await refusal(reviewer, routes.approveCorrection, { params: { ...params, number: 2 } }), [
    'not-found',
    'number',
  ])
  t.match((await call(reviewer, routes.refuseCorrection, { ...of, body: { reason: '请附依据' } })).body, {
    state: 'refused',
    decisionReason: '请附依据',
    decidedBy: reviewer.personId,
  })
  t.same(await refusal(reviewer, routes.approveCorrection, of), ['correction-decided', 'state'])
  t.equal((await asked({ visualProgress: '改' })).body.number, 2)
  t.equal(
    (await call(colleague, routes.withdrawCorrection, { params: { ...params, number: 2 } })).body.state,
    'withdrawn',
  )
  const { body } = await call(filer, routes.getReport, { params })
  t.match(body, { version: 3, entry: { completedYuan: 100 * WAN } }, 'the report is as it was')
})

t.test('approved, it changes report, sums and history, and what was published is given an erratum', async (t) => {
  const published = (await call(supervisor, routes.getBulletin, { params: { period: '2026-10' } })).body
  t.same(published.errata, [])
  await asked({ completedYuan: 60 * WAN, fundsReceived: [] })
  const queue = await call(reviewer, routes.listCorrections, { query: { state: 'asked' } })
  t.same(
    queue.body.items.map(({ number }: { number: number }) => number),
    [3],
  )
  const of = { params: { ...params, number: 3 } }
  const [one, two] = await Promise.all([
    call(reviewer, routes.approveCorrection, of),
    call(reviewer, routes.approveCorrection, of),
  ])
  t.same([one.status, two.status].sort(), [200, 409], 'two at once: one of them')

  const { body } = await call(filer, routes.getReport, { params })
  t.match(body, { state: 'approved', version: 4, entry: { completedYuan: 60 * WAN, fundsReceived: [] } })
  const { rows } = await sql`select completed_yuan, completed_by_month[10] as october from project_years`.execute(db)
  t.same(rows, [{ completed_yuan: 60 * WAN, october: 60 * WAN }])
  const summary = await call(supervisor, routes.getSummary, { query: { period: '2026-11', groupBy: 'region' } })
  t.equal(summary.body.total.completedYuan, 60 * WAN, 'later months follow')
  await foldRollups(db, clock.now())
  t.same(await reconcile(db), [])
  t.match(await service.events('report.corrected.v1'), [{ number: 3, beforeYuan: 100 * WAN, afterYuan: 60 * WAN }])

  const after = (await call(supervisor, routes.getBulletin, { params: { period: '2026-10' } })).body
  t.same({ ...after, errata: [] }, published, 'the bulletin says what it said, under the same hash')
  t.match(after.errata, [
    {
      number: 1,
      kind: 'correction',
      projectName: '示范项目',
      period: '2026-10',
      reason: '统计口径有误',
      changes: [{ field: 'completedYuan' }, {}],
    },
  ])
  t.match(await service.events('bulletin.corrected.v1'), [{ period: '2026-10', number: 1 }])
  const acts = (await call(filer, routes.listReportActs, { params })).body.items
  t.same(
    acts.map(({ action }: { action: string }) => action),
    ['submitted', 'approved', 'corrected'],
  )
  t.match(acts[2], {
    actorId: reviewer.personId,
    changes: [{ field: 'completedYuan', before: 100 * WAN, after: 60 * WAN }, {}],
  })
})

t.test('a month may go below zero by correction as long as the year does not', async (t) => {
  await fileAndApprove('2026-11', 10)
  const { actor, parts } = ask({ completedYuan: -20 * WAN }, filer, '"3"', { id, period: '2026-11' })
  t.equal((await call(actor, routes.askCorrection, parts)).status, 201)
  const done = await call(reviewer, routes.approveCorrection, { params: { id, period: '2026-11', number: 1 } })
  t.equal(done.body.state, 'approved')
  t.equal(
    (await call(filer, routes.getReport, { params: { id, period: '2026-11' } })).body.computed.yearToDateYuan,
    40 * WAN,
  )
  t.same(
    (await call(supervisor, routes.getBulletin, { params: { period: '2026-10' } })).body.errata.length,
    1,
    'October’s bulletin did not count November',
  )
  const { body } = await call(otherFiler, routes.listCorrections, {})
  t.same(body.items, [], 'another unit sees none of it')
  const pages = async (cursor?: string): Promise<number[]> => {
    const page = (await call(filer, routes.listCorrections, { query: { limit: '1', ...(cursor ? { cursor } : {}) } }))
      .body
    const own = page.items.map(({ number }: { number: number }) => number)
    return page.nextCursor === null ? own : [...own, ...(await pages(page.nextCursor))]
  }
  t.equal((await pages()).length, 4)
  await foldRollups(db, clock.now())
  t.same(await reconcile(db), [])
})
