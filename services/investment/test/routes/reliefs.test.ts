import { type Actor, type Relief, type RouteContract, routes } from '@tiaodu/types'
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
const service = await startCycleService(t, '2026-11-20T01:00:00Z')
const { call, clock, db, note, refusal, events } = service
const [late, never, stormy, punctual] = ['晚报的', '没报的', '受灾的', '按时的'].map((name) => projectNamed(name))
const other = projectNamed('别家', { responsibleUnitId: OTHER_UNIT, regionCode: '410802', regionName: '解放区' })
const idOf = (project = late) => project?.projectId ?? ''
const of = (project = late, period = PERIOD) => ({ id: idOf(project), period })
const selfMade = { ...reviewer, personId: filer.personId } as Actor
const elsewhere = { ...reviewer, regionCode: '410802' } as Actor

const extend = (untilOn: string, { actor = filer as Actor, project = late } = {}) =>
  call(actor, routes.askExtension, { params: of(project), body: { untilOn, reason: '审计资料未齐' } })
const reopen = (untilOn: string, { actor = filer as Actor, project = never } = {}) =>
  call(actor, routes.askReopening, { params: of(project), body: { untilOn, reason: '补报上月' } })
const why = { cause: 'forceMajeure', reason: '暴雨停工', evidence: ['焦气发〔2026〕8号'] }
const excuse = (project = stormy, actor: Actor = supervisor, body: object = why) =>
  call(actor, routes.recordExcuse, { params: of(project), body })
const settle = (
  contract: RouteContract,
  number: number,
  { actor = reviewer as Actor, project = late, reason = '' } = {},
) => call(actor, contract, { params: { ...of(project), number }, ...(reason === '' ? {} : { body: { reason } }) })
const told = ({ body }: { body: { code?: string; errors?: { field: string }[] } }) => [
  body.code,
  body.errors?.[0]?.field,
]

const file = (project = late, actor: Actor = filer) =>
  call(actor, routes.fileReports, {
    body: {
      period: PERIOD,
      reports: [{ projectId: idOf(project), entry: { completedYuan: 1, visualProgress: '主体' } }],
    },
    headers: { 'idempotency-key': uuidv7() },
  })
const owed = async (project = late) => {
  const { body } = await call(supervisor, routes.listObligations, {
    params: { period: PERIOD },
    query: { limit: '200' },
  })
  return body.items.find(({ projectId }: { projectId: string }) => projectId === idOf(project))
}
const ledger = async (actor: Actor = supervisor, groupBy = 'region') =>
  (await call(actor, routes.getLedger, { params: { period: PERIOD }, query: { groupBy } })).body

/** Everything that a refused request must leave as it was. */
const everything = async () => {
  const { rows } = await sql<{ all: string }>`select json_build_array(
    (select json_agg(o order by id) from obligations o), (select json_agg(r order by project_id, number) from reliefs r),
    (select json_agg(m order by project_id) from monthly_reports m), (select count(*) from rollup_marks),
    (select count(*) from outbox))::text as all`.execute(db)
  return rows[0]?.all
}

t.before(async () => {
  for (const project of [late, never, stormy, punctual, other]) if (project) await note(project)
  await call(operator, routes.openCycle, { body: { period: PERIOD } })
  await file(punctual)
})

t.test('what may not be asked is refused by name, and nothing changes', async (t) => {
  const before = await everything()
  t.same(told(await extend('2026-12-07')), ['validation-failed', 'untilOn'], 'the day on which it is due anyway')
  t.same(told(await extend('2026-12-18')), ['validation-failed', 'untilOn'], 'eleven days when the rule lets ten')
  t.same(told(await extend('2026-02-30')), ['validation-failed', 'untilOn'])
  t.same(told(await extend('2026-12-10', { project: punctual as never })), ['relief-forbidden', 'state'])
  t.same(told(await extend('2026-12-10', { actor: otherFiler })), ['outside-scope', 'id'])
  t.same(told(await extend('2026-12-10', { actor: reviewer })), ['role-not-allowed', undefined])
  t.same(
    await refusal(filer, routes.askExtension, {
      params: of(late, '2026-10'),
      body: { untilOn: '2026-12-10', reason: '无' },
    }),
    ['period-not-open', 'period'],
  )
  t.same(await refusal(filer, routes.askExtension, { params: of(), body: { untilOn: '2026-12-10', reason: ' ' } }), [
    'validation-failed',
    'reason',
  ])
  t.same(told(await reopen('2026-12-10')), ['period-not-locked', 'period'])
  t.same(told(await excuse(stormy, filer)), ['role-not-allowed', undefined], 'nobody excuses themselves')
  t.same(told(await excuse(stormy, elsewhere)), ['outside-scope', 'id'])
  t.same(told(await excuse(punctual)), ['relief-forbidden', 'state'])
  t.same(told(await excuse(stormy, supervisor, { ...why, evidence: [] })), ['validation-failed', 'evidence'])
  t.equal(await everything(), before)
})

t.test('an extension asked before the due instant moves it once somebody else grants it', async (t) => {
  const asked = await extend('2026-12-10')
  t.equal(asked.status, 201)
  t.match(asked.body, {
    number: 1,
    kind: 'extension',
    state: 'asked',
    untilAt: '2026-12-10T10:00:00.000Z',
    projectName: '晚报的',
  })
  t.same(told(await extend('2026-12-11')), ['already-exists', 'state'])
  t.equal((await owed()).dueAt, '2026-12-07T10:00:00.000Z', 'asking moves nothing')
  t.same(told(await settle(routes.grantRelief, 1, { actor: filer })), ['role-not-allowed', undefined])
  t.same(told(await settle(routes.grantRelief, 1, { actor: selfMade })), ['own-request', undefined])
  t.same(told(await settle(routes.grantRelief, 1, { actor: elsewhere })), ['outside-scope', 'id'])
  t.same(told(await settle(routes.grantRelief, 2)), ['not-found', 'number'])
  t.match((await settle(routes.refuseRelief, 1, { reason: '理由不足' })).body, {
    state: 'refused',
    decisionReason: '理由不足',
  })
  t.same(told(await settle(routes.grantRelief, 1)), ['relief-decided', 'state'])
  t.equal((await extend('2026-12-09')).body.number, 2)
  t.equal((await settle(routes.withdrawRelief, 2, { actor: filer })).body.state, 'withdrawn')
  await extend('2026-12-11')
  clock.set('2026-12-08T01:00:00Z')
  t.same(told(await extend('2026-12-12', { project: never as never })), ['period-past-due', 'period'])
  const both = await Promise.all([1, 2].map(() => settle(routes.grantRelief, 3, { actor: supervisor })))
  t.same(both.map(({ status }) => status).sort(), [200, 409], 'of two who decide at once one does')
  t.match(await owed(), { dueAt: '2026-12-11T10:00:00.000Z', isExtended: true, timeliness: 'pending', isLate: false })
  t.match(await events('obligation.changed.v1'), [
    { what: 'extended', revision: 1, dueAt: '2026-12-11T10:00:00.000Z', isExcused: false },
  ])
  clock.set('2026-12-11T09:59:00Z')
  t.match((await file()).body.reports, [{ isLate: false }], 'asked in time, and filed within the new due instant')
  t.equal((await owed()).timeliness, 'onTime')
})

t.test('an excuse takes what is late or missing out of the rates, and is told with who, when and why', async (t) => {
  await foldRollups(db, clock.now())
  t.match((await ledger()).total, { expected: 5, filed: 2, onTime: 2, excused: 0, late: 0, missing: 3 })
  const recorded = await excuse()
  t.equal(recorded.status, 201)
  t.match(recorded.body, {
    kind: 'excuse',
    state: 'granted',
    ...why,
    decidedBy: supervisor.personId,
    decidedAt: clock.now().toISOString(),
  })
  t.same(told(await excuse()), ['already-exists', 'cause'])
  t.match(await owed(stormy), { excuse: 'forceMajeure', timeliness: 'excused', isLate: true })
  const { total, groups } = await ledger()
  t.match(total, { expected: 5, filed: 2, onTime: 2, excused: 1, late: 0, missing: 2 })
  t.same(total.rates, {
    reporting: { numerator: 2, denominator: 5, percent: 40 },
    onTime: { numerator: 2, denominator: 5, percent: 40 },
    reportingExcused: { numerator: 2, denominator: 4, percent: 50 },
    onTimeExcused: { numerator: 2, denominator: 4, percent: 50 },
  })
  t.match(groups, [
    { key: '410800', expected: 4 },
    { key: '410802', expected: 1, missing: 1 },
  ])
  t.match((await ledger(otherFiler, 'unit')).total, { expected: 1, missing: 1 }, 'a filer sees the own unit alone')
  const { body } = await call(supervisor, routes.getCycle, { params: { period: PERIOD } })
  t.match(body, { counts: { expected: 5, excused: 1, missing: 2 }, rates: { onTimeExcused: { percent: 50 } } })

  await file(stormy)
  t.match(
    (await ledger()).total,
    { filed: 3, excused: 1, late: 0, missing: 2 },
    'filed late all the same it stays excused',
  )
  t.match((await ledger()).total.rates.reportingExcused, { numerator: 2, denominator: 4 })
  const { number } = recorded.body as Relief
  t.same(told(await settle(routes.revokeRelief, number, { project: stormy, actor: filer, reason: '越权' })), [
    'role-not-allowed',
    undefined,
  ])
  t.match((await settle(routes.revokeRelief, number, { project: stormy, reason: '材料不实' })).body, {
    state: 'revoked',
    decidedBy: supervisor.personId,
    revokedBy: reviewer.personId,
    revocationReason: '材料不实',
  })
  t.match((await ledger()).total, { excused: 0, late: 1, missing: 2 })
  await excuse()
  t.same(
    (await events('obligation.changed.v1')).slice(1).map(({ what, revision }) => [what, revision]),
    [
      ['excused', 1],
      ['excuseRevoked', 2],
      ['excused', 3],
    ],
  )
  t.same(await reconcile(db), [])
})

t.test('a missed report that is excused lights no lamp', async (t) => {
  const attention = async () =>
    (await call(supervisor, routes.getSummary, { query: { period: PERIOD, groupBy: 'region' } })).body.attention.map(
      ({ projectName }: { projectName: string }) => projectName,
    )
  t.same((await attention()).sort(), ['别家', '没报的'])
  await excuse(other)
  t.same(await attention(), ['没报的'])
})

t.test('a locked period is opened once more for one project, until its instant', async (t) => {
  clock.set('2027-01-04T01:00:00Z')
  t.same(told(await file(never)), ['rows-refused', 'reports.0.period'])
  t.same(told(await reopen('2027-01-20')), ['validation-failed', 'untilOn'], 'sixteen days when the rule lets fifteen')
  t.same(told(await reopen('2027-01-03')), ['validation-failed', 'untilOn'])
  t.same(told(await reopen('2027-01-06', { project: late })), ['relief-forbidden', 'state'], 'it was filed')
  const { body } = await reopen('2027-01-06')
  t.match(body, { number: 1, kind: 'reopening', untilAt: '2027-01-06T16:00:00.000Z' })
  t.same(told(await file(never)), ['rows-refused', 'reports.0.period'], 'asking opens nothing')
  t.same(told(await settle(routes.grantRelief, 1, { project: never, actor: selfMade })), ['own-request', undefined])
  t.equal((await settle(routes.grantRelief, 1, { project: never })).body.state, 'granted')
  t.equal((await call(filer, routes.getReport, { params: of(never) })).body.lockAt, '2027-01-06T16:00:00.000Z')
  t.same(told(await call(filer, routes.saveReport, { params: of(other as never), body: {} })), ['outside-scope', 'id'])
  t.same(
    told(await call(otherFiler, routes.saveReport, { params: of(other as never), body: {} })),
    ['period-locked', 'period'],
    'nobody else is let in',
  )
  t.equal((await settle(routes.revokeRelief, 1, { project: never, reason: '先不开' })).body.state, 'revoked')
  t.same(told(await file(never)), ['rows-refused', 'reports.0.period'])
  await reopen('2027-01-06')
  await settle(routes.grantRelief, 2, { project: never })
  clock.set('2027-01-06T15:59:00Z')
  const draft = await call(filer, routes.saveReport, {
    params: of(never),
    body: { completedYuan: 1, visualProgress: '主体' },
  })
  t.equal(draft.body.state, 'draft')
  clock.set('2027-01-06T16:00:00Z')
  t.same(
    told(await call(filer, routes.submitReport, { params: of(never) })),
    ['period-locked', 'period'],
    'it has ended',
  )
  t.same(told(await settle(routes.revokeRelief, 2, { project: never, reason: '晚了' })), [
    'relief-forbidden',
    'untilAt',
  ])
  await reopen('2027-01-07')
  clock.set('2027-01-08T16:00:00Z')
  t.same(
    told(await settle(routes.grantRelief, 3, { project: never })),
    ['relief-forbidden', 'untilAt'],
    'decided too late',
  )
  await settle(routes.refuseRelief, 3, { project: never, reason: '已过' })
  await reopen('2027-01-10')
  await settle(routes.grantRelief, 4, { project: never })
  t.equal((await call(filer, routes.submitReport, { params: of(never) })).body.isLate, true)
  t.equal((await owed(never)).timeliness, 'late')
  t.same(
    (await events('obligation.changed.v1')).slice(-3).map(({ what }) => what),
    ['reopeningRevoked', 'reopened', 'reopened'],
  )
})

t.test('an extension that was not decided before the lock can only be refused', async (t) => {
  await call(operator, routes.openCycle, { body: { period: '2027-01' } })
  const params = of(late, '2027-01')
  await call(filer, routes.askExtension, { params, body: { untilOn: '2027-02-10', reason: '等资料' } })
  clock.set('2027-03-01T01:00:00Z')
  t.same(told(await call(reviewer, routes.grantRelief, { params: { ...params, number: 1 } })), [
    'period-locked',
    'period',
  ])
})

t.test('a list for whoever decides, page by page and within reach', async (t) => {
  const numbers = async (actor: Actor, query: Record<string, string>) =>
    (await call(actor, routes.listReliefs, { query })).body.items.map(
      ({ projectName, kind }: Relief) => `${projectName} ${kind}`,
    )
  t.same(await numbers(reviewer, { state: 'asked' }), ['晚报的 extension'])
  t.same(await numbers(elsewhere, {}), ['别家 excuse'])
  t.same(await numbers(otherFiler, { kind: 'excuse' }), ['别家 excuse'])
  const first = await call(reviewer, routes.listReliefs, { query: { limit: '4', period: PERIOD } })
  const rest = await call(reviewer, routes.listReliefs, {
    query: { limit: '200', period: PERIOD, cursor: first.body.nextCursor },
  })
  t.equal(first.body.items.length + rest.body.items.length, 3 + 3 + 4)
})
