import { actorOf } from '@tiaodu/testing'
import { type LightExemption, type ProjectLight, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { createHandlers } from '../../src/consumers/investment.consumer.ts'
import { reconcile, reconcileWithin } from '../../src/operations/reconcile.ts'
import {
  filer,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
  supervisor,
} from '../fixtures/cycle-service.ts'

const service = await startCycleService(t, '2026-11-02T01:00:00Z')
const { db, clock, call, refusal, note } = service
const projects = {
  late: projectNamed('未开工', { stage: 'preliminary', plannedStartOn: '2026-09-10', actualStartOn: null }),
  slow: projectNamed('环评滞后', { stage: 'preliminary' }),
  fine: projectNamed('正常'),
  far: projectNamed('别区', { regionCode: '410802', regionName: '解放区' }),
}
for (const project of Object.values(projects)) await note(project)
for (const period of ['2026-10', '2026-11']) await call(operator, routes.openCycle, { body: { period } })
for (const { projectId } of [projects.fine, projects.far])
  await call(reviewer, routes.putAnnualPlan, { params: { id: projectId, year: 2026 }, body: { plannedYuan: 1_200 } })

const lights = async (query: Record<string, string> = {}, actor = supervisor) =>
  (await call(actor, routes.listLights, { query: { period: '2026-11', ...query } })).body.items as ProjectLight[]
const lightOf = async (projectId: string) => (await lights()).find((one) => one.projectId === projectId)
const short = (items: readonly ProjectLight[]) => items.map(({ projectName, light }) => [projectName, light])
const totals = async () =>
  (await call(supervisor, routes.getSummary, { query: { period: '2026-11', groupBy: 'region' } })).body.total.lights
const tell = async (name: 'steps.slipped.v1' | 'step.settled.v1', payload: object) => {
  const event = { id: uuidv7(), name, occurredAt: clock.now().toISOString(), payload } as never
  await db.transaction().execute((trx) => createHandlers(clock)[name](trx, event))
}
const stepId = uuidv7()

t.test('a start that is missed and a procedure that slipped light a project, with reasons and figures', async (t) => {
  const step = { stepId, kind: 'procedure', name: '环境影响评价', dueOn: '2026-10-20', unitId: null, personId: null }
  const milestone = { ...step, stepId: uuidv7(), kind: 'milestone', name: '主体封顶' }
  await tell('steps.slipped.v1', { projectId: projects.slow.projectId, steps: [step, milestone] })
  t.match(await lightOf(projects.late.projectId), {
    light: 'yellow',
    reasons: [{ code: 'start-missed', figures: { lateStartMonths: 2, redMonths: 3 } }],
    declared: null,
    isMismatched: false,
    isExempt: false,
  })
  t.match(await lightOf(projects.slow.projectId), {
    light: 'yellow',
    reasons: [{ code: 'procedures-slipped', figures: { slipped: 1, procedures: '环境影响评价', slippedMonths: 1 } }],
  })
  t.match(await lightOf(projects.fine.projectId), { light: 'red', reasons: [{ code: 'behind-schedule' }] })
  t.same(await totals(), { green: 0, yellow: 2, red: 2, exempt: 0, mismatched: 0 })
})

t.test('settled before the slip arrives or after it, the month it was settled in is no longer lit by it', async (t) => {
  await tell('step.settled.v1', { projectId: projects.slow.projectId, stepId, settledAt: clock.now().toISOString() })
  t.equal((await lightOf(projects.slow.projectId))?.light, null, 'nothing else to judge by')
  const { body } = await call(supervisor, routes.listProjectLights, { params: { id: projects.slow.projectId } })
  t.same(
    body.items.map(({ period, light }: ProjectLight) => [period, light]),
    [
      ['2026-11', null],
      ['2026-10', 'yellow'],
    ],
    'in October it had slipped',
  )
})

t.test('lights are filtered, and paged within reach', async (t) => {
  t.same(short(await lights({ light: 'none' })), [['环评滞后', null]])
  t.same(short(await lights({ light: 'red', regionCode: '410802' })), [['别区', 'red']])
  t.same(await lights({}, otherFiler), [], 'another unit')
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const query: Record<string, string> = { period: '2026-11', limit: '1', ...(cursor === null ? {} : { cursor }) }
    const { body } = await call(filer, routes.listLights, { query })
    seen.push(...body.items.map(({ projectId }: ProjectLight) => projectId))
    cursor = body.nextCursor
  } while (cursor !== null)
  t.same(
    seen,
    Object.values(projects)
      .map(({ projectId }) => projectId)
      .sort(),
  )
  t.same(await refusal(supervisor, routes.listLights, { query: { period: '2026-07' } }), ['not-found', 'period'])
})

const of = (projectId: string, period = '2026-11') => ({ params: { id: projectId, period } })
const declare = (projectId: string, light: string, ifMatch?: string) => ({
  ...of(projectId),
  body: { light, statement: '主体结构按期推进' },
  ...(ifMatch === undefined ? {} : { ifMatch }),
})

t.test(
  'the unit declares a light with a sentence; a mismatch shows in lists and summaries, nothing is computed from it',
  async (t) => {
    const { projectId } = projects.fine
    t.match(await call(filer, routes.declareLight, declare(projectId, 'green')), { status: 200, body: { version: 1 } })
    t.match(await lights({ isMismatched: 'true' }), [
      { projectId, light: 'red', declared: { light: 'green', statement: '主体结构按期推进' }, isMismatched: true },
    ])
    t.match(await totals(), { red: 2, mismatched: 1 })
    t.same(await refusal(filer, routes.declareLight, declare(projectId, 'red', '"0"')), [
      'version-mismatch',
      'If-Match',
    ])
    t.match(
      await call(
        actorOf('head', { personId: uuidv7(), unitId: filer.unitId }),
        routes.declareLight,
        declare(projectId, 'red', '"1"'),
      ),
      {
        body: { light: 'red', version: 2 },
      },
    )
    t.match(await totals(), { red: 2, mismatched: 0 })
    t.same(await refusal(otherFiler, routes.declareLight, declare(projectId, 'red')), ['outside-scope', 'id'])
    t.same((await refusal(supervisor, routes.declareLight, declare(projectId, 'red')))[0], 'role-not-allowed')
    t.same(await refusal(filer, routes.declareLight, { ...declare(projectId, 'red'), ...of(projectId, '2026-12') }), [
      'period-not-open',
      'period',
    ])
    clock.set('2026-12-01T01:00:00Z')
    t.same(
      (await refusal(filer, routes.declareLight, { ...declare(projectId, 'red'), ...of(projectId, '2026-10') }))[0],
      'period-locked',
    )
  },
)

const EXEMPTION = {
  ground: 'forceMajeure',
  reason: '汛情停工',
  evidence: '防指〔2026〕3号',
  fromPeriod: '2026-11',
  untilPeriod: '2027-01',
}
const exempt = (fields: object = {}) => ({ params: { id: projects.far.projectId }, body: { ...EXEMPTION, ...fields } })

t.test(
  'an exempt project shows its light, who exempted it and why, and counts as neither yellow nor red',
  async (t) => {
    const { status, body } = await call(supervisor, routes.recordExemption, exempt())
    t.equal(status, 201)
    t.match(await lights({ isExempt: 'true' }), [
      { light: 'red', isExempt: true, exemption: { id: body.id, reason: '汛情停工', actorName: supervisor.name } },
    ])
    t.match(await totals(), { red: 1, exempt: 1 })
    const { attention } = (
      await call(supervisor, routes.getSummary, { query: { period: '2026-11', groupBy: 'region' } })
    ).body
    t.notOk(attention.some(({ projectId }: { projectId: string }) => projectId === projects.far.projectId))
    t.same(await refusal(reviewer, routes.recordExemption, exempt({ fromPeriod: '2027-01' })), [
      'already-exists',
      'fromPeriod',
    ])
    t.same(await refusal(reviewer, routes.recordExemption, exempt({ fromPeriod: '2026-10' })), [
      'period-locked',
      'fromPeriod',
    ])
    t.same((await refusal(filer, routes.recordExemption, exempt()))[0], 'role-not-allowed')
  },
)

t.test('an exemption is ended with a month and a reason, or withdrawn while no month of it is locked', async (t) => {
  const params = { id: projects.far.projectId }
  const list = async () => (await call(reviewer, routes.listExemptions, { params })).body.items as LightExemption[]
  const [first] = await list()
  const at = (exemptionId: string | undefined) => ({ params: { ...params, exemptionId: exemptionId as string } })
  const end = { ...at(first?.id), body: { untilPeriod: '2026-12', reason: '已复工' } }
  t.same(await refusal(reviewer, routes.endExemption, { ...end, ifMatch: '"9"' }), ['version-mismatch', 'If-Match'])
  t.match(await call(reviewer, routes.endExemption, end), {
    status: 200,
    body: { state: 'ended', untilPeriod: '2026-12', closedReason: '已复工' },
  })
  t.equal((await refusal(reviewer, routes.endExemption, end))[0], 'exemption-closed')
  t.match(await totals(), { exempt: 1 }, 'November is still within it')
  const { body } = await call(
    reviewer,
    routes.recordExemption,
    exempt({ fromPeriod: '2027-02', untilPeriod: '2027-03' }),
  )
  t.match(await call(reviewer, routes.withdrawExemption, { ...at(body.id), body: { reason: '误记' } }), {
    body: { state: 'withdrawn' },
  })
  t.same(
    (await list()).map(({ state }) => state),
    ['withdrawn', 'ended'],
  )
  t.same(await refusal(reviewer, routes.endExemption, { ...end, ...at(uuidv7()) }), ['not-found', 'exemptionId'])
})

const RULE = {
  fromPeriod: '2026-11',
  behind: { yellowPoints: 92, redPoints: 95 },
  start: { yellowMonths: 1, redMonths: 2 },
  reports: null,
  procedures: null,
  reason: '市重点办〔2026〕12号',
}

t.test('thresholds change from a month on that is not locked, as a version with a reason', async (t) => {
  t.same(await refusal(operator, routes.putLightRule, { body: { ...RULE, fromPeriod: '2026-10' } }), [
    'period-locked',
    'fromPeriod',
  ])
  t.same(
    await refusal(operator, routes.putLightRule, { body: { ...RULE, behind: { yellowPoints: 9, redPoints: 5 } } }),
    ['validation-failed', 'behind.redPoints'],
  )
  t.same(await refusal(operator, routes.putLightRule, { body: RULE, ifMatch: '"7"' }), ['version-mismatch', 'If-Match'])
  t.match(await call(supervisor, routes.putLightRule, { body: RULE, ifMatch: '"1"' }), { body: { version: 2 } })
  t.same(short(await lights({ light: 'red' })), [['未开工', 'red']])
  t.match(await lightOf(projects.fine.projectId), { light: 'green', reasons: [{ code: 'on-schedule' }] })
  const { body } = await call(filer, routes.listLightRules)
  t.match(body.items, [
    { version: 2, reason: RULE.reason, fromPeriod: '2026-11' },
    { version: 1, behind: { redPoints: 30 } },
  ])
  const { body: october } = await call(supervisor, routes.listLights, { query: { period: '2026-10', light: 'red' } })
  t.ok(october.items.length > 0, 'October is judged as it was')
})

t.test('a report is lit as its month is', async (t) => {
  const { body } = await call(filer, routes.getReport, { params: { id: projects.late.projectId, period: '2026-11' } })
  t.match(body.computed, { light: 'red', lightReasons: [{ code: 'start-missed', figures: { lateStartMonths: 2 } }] })
})

t.test('reconcile proves lights, what they are judged by, and every cell', async (t) => {
  t.same(await reconcile(db), [])
  const { projectId } = projects.late
  const wrong = async (change: ReturnType<typeof sql>) => {
    const abort = new Error('only to see')
    let found: unknown
    await db
      .transaction()
      .execute(async (trx) => {
        await change.execute(trx)
        found = (await reconcileWithin(trx)).map(({ of, figure, rolledUp, summed }) => [of, figure, rolledUp, summed])
        throw abort
      })
      .catch((error) => {
        if (error !== abort) throw error
      })
    return found
  }
  const at = sql`where project_id = ${projectId} and period = '2026-11'`
  t.same(await wrong(sql`update standings set light_reasons = '[]' ${at}`), [])
  t.same(await wrong(sql`update standings set late_start_months = 0 ${at}`), [
    ['standing', 'lateStartMonths', '0', '2'],
    ['standing', 'light', 'red', null],
  ])
  t.same(await wrong(sql`delete from declared_lights`), [['standing', 'declaredLight', 'red', null]])
  t.same(await wrong(sql`update light_exemptions set state = 'withdrawn'`), [['standing', 'isExempt', 'true', 'false']])
  t.same(
    await wrong(
      sql`update obligations set first_submitted_at = due_at where project_id = ${projectId} and period = '2026-10'`,
    ),
    [
      ['standing', 'missedReports', '1', '0'],
      ['standing', 'missedReports', '1', '0'],
    ],
    'in October and on to November',
  )
  t.same(await wrong(sql`delete from step_settlements`), [['standing', 'slippedProcedures', '0 for 0', '1 for 1']])
  t.match(
    await wrong(
      sql`update cells set red = red + 1 where dimension = 'stage' and key = 'preliminary' and period = '2026-11'`,
    ),
    [['cell', 'red', 2, 1]],
  )
})
