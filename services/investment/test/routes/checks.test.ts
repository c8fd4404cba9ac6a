import { createLogger } from '@tiaodu/service'
import { actorOf, createServiceDatabase, createTestClock, signedIn, testTokens } from '@tiaodu/testing'
import {
  type Actor,
  type EventPayload,
  type Finding,
  type ReportEntry,
  type RouteContract,
  routes,
} from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createInvestmentApp } from '../../src/app.ts'
import { createHandlers } from '../../src/consumers/investment.consumer.ts'
import type { DB } from '../../src/generated/tables.ts'
import { noteProject } from '../../src/operations/note-project.ts'

const UNIT = uuidv7()
const PERIOD = '2026-11'
const YI = 100_000_000

const database = await createServiceDatabase<DB>(t, 'investment', migrations)
const db = database.kysely
const clock = createTestClock('2026-11-20T01:00:00Z')
const app = createInvestmentApp({ logger: createLogger('test', 'silent'), tokens: testTokens, clock }, database)
t.teardown(() => app.close())
const filer = actorOf('filer', { personId: uuidv7(), unitId: UNIT })
const reviewer = actorOf('reviewer', { personId: uuidv7() })
const operator = actorOf('operator', { personId: uuidv7() })

async function call(actor: Actor, contract: RouteContract, url: string, body?: unknown) {
  const answer = await app.inject({
    method: contract.method,
    url,
    headers: await signedIn(actor),
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const schema = contract.schema.response[answer.statusCode]
  if (answer.statusCode < 300 && (schema === undefined || !Schema.Compile(schema).Check(answer.json()))) {
    throw new Error(`${contract.operationId} answered against its contract: ${answer.body}`)
  }
  return { status: answer.statusCode, body: answer.json() }
}

/** A project that has to report, with what was approved for it in the months before. */
async function projectWith(
  fields: Partial<EventPayload<'project.changed.v1'>> = {},
  months: Record<string, { yuan: number; text?: string; state?: string }> = {},
): Promise<string> {
  const projectId = uuidv7()
  const project: EventPayload<'project.changed.v1'> = {
    projectId,
    version: 1,
    name: `项目 ${projectId}`,
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
  await db.transaction().execute((trx) => noteProject(trx, project, clock.now()))
  for (const [period, { yuan, text = '基础施工', state = 'approved' }] of Object.entries(months)) {
    await sql`insert into monthly_reports (project_id, period, state, version, revision, completed_yuan, funds_received,
      visual_progress, difficulties, next_steps, is_late, return_reasons, is_simulated)
      values (${projectId}, ${period}, ${state}, 1, 1, ${yuan}, ${JSON.stringify([{ source: 'ownFunds', yuan }])}::jsonb,
      ${text}, '', '', false, '[]', false)`.execute(db)
  }
  return projectId
}

const urlOf = (id: string, action = '') => `/api/v1/projects/${id}/reports/${PERIOD}${action}`
const read = async (id: string, actor = filer) => (await call(actor, routes.getReport, urlOf(id))).body
const save = async (id: string, fields: Partial<ReportEntry> = {}) => {
  const entry = { completedYuan: YI, visualProgress: '主体封顶', ...fields }
  return (await call(filer, routes.saveReport, urlOf(id), entry)).body
}
const submit = (id: string) => call(filer, routes.submitReport, urlOf(id, '/submit'))
const codes = ({ findings }: { findings: Finding[] }) => findings.map(({ code }) => code)
const stored = async () => {
  const { rows } = await sql<{ all: string }>`select json_build_array((select json_agg(r order by project_id, period)
    from monthly_reports r), (select count(*) from outbox), (select count(*) from report_history))::text as all`.execute(
    db,
  )
  return rows[0]?.all
}

await call(operator, routes.openCycle, '/api/v1/cycles', { period: PERIOD })

t.test(
  'a draft is told with what the checks find in it, with the numbers and a sentence in both languages',
  async (t) => {
    const id = await projectWith({}, { '2026-10': { yuan: YI / 10_000, text: '主体 封顶' } })
    t.same((await read(id)).findings, [], 'nothing is entered, nothing is found')
    const saved = await save(id)
    t.same(codes(saved), ['unit-slip', 'progress-unchanged'])
    t.match(saved.findings[0], {
      severity: 'warn',
      field: 'completedYuan',
      figures: { completedYuan: YI, referenceYuan: YI / 10_000 },
      zh: /10,000 万元.*1 万元/,
      en: /100,000,000 yuan against 10,000 yuan/,
    })
    t.same((await read(id)).findings, saved.findings)
    t.same(codes(await save(id, { completedYuan: YI / 10_000, visualProgress: '封顶' })), [], 'mended, it is gone')
  },
)

t.test(
  'a warning without a sentence is refused by name and changes nothing; with one it is filed and kept',
  async (t) => {
    const id = await projectWith({ stage: 'preliminary' }, { '2026-10': { yuan: YI, text: '主体封顶' } })
    await save(id, { explanations: [{ code: 'before-start', text: '征地补偿费用' }] })
    const before = await stored()
    const refused = await submit(id)
    t.equal(refused.status, 422)
    t.equal(refused.body.code, 'explanation-needed')
    t.same(
      refused.body.errors.map(({ field }: { field: string }) => field),
      ['explanations.progress-unchanged'],
      'only the one that is missing',
    )
    t.match(refused.body.detail, '形象进度未变')
    t.equal(await stored(), before)

    const explanations = [
      { code: 'before-start' as const, text: '征地补偿费用' },
      { code: 'progress-unchanged' as const, text: '同一部位的后续工程量' },
    ]
    await save(id, { explanations })
    const filed = await submit(id)
    t.equal(filed.body.state, 'submitted')
    const seen = await read(id, reviewer)
    t.same(seen.entry.explanations, explanations, 'the reviewer reads the sentences')
    t.same(codes(seen), ['before-start', 'progress-unchanged'], 'beside what they are about')
    const { rows } = await sql<{
      entry: ReportEntry
    }>`select entry from report_history where project_id = ${id}`.execute(db)
    t.same(rows[0]?.entry.explanations, explanations, 'and they stay in the history')
    t.equal((await call(reviewer, routes.approveReport, urlOf(id, '/approve'))).body.state, 'approved')
  },
)

t.test('what blocks cannot be explained away, neither when filing nor when approving', async (t) => {
  const id = await projectWith({ totalInvestmentYuan: YI })
  const explanations = [{ code: 'exceeds-total-investment' as const, text: '就是这么多' }]
  const saved = await save(id, { completedYuan: YI + 1, explanations })
  t.match(saved.findings, [{ code: 'exceeds-total-investment', severity: 'block' }])
  const refused = await submit(id)
  t.equal(refused.status, 422)
  t.equal(refused.body.code, 'exceeds-total-investment')
  t.match(refused.body.errors, [{ field: 'completedYuan', reason: /10,000.0001 万元.*10,000 万元/ }])

  await save(id)
  t.equal((await submit(id)).status, 200)
  await sql`update projects set total_investment_yuan = ${YI - 1} where id = ${id}`.execute(db)
  const approval = await call(reviewer, routes.approveReport, urlOf(id, '/approve'))
  t.equal(approval.body.code, 'exceeds-total-investment', 'a total that fell in between')
})

t.test(
  'an approved revision (调概) lets a project cost more than its total; the first approval does not',
  async (t) => {
    const id = await projectWith({ totalInvestmentYuan: YI })
    const record = (number: number, totalInvestmentYuan: number, projectId = id) =>
      db.transaction().execute((trx) => {
        const payload = {
          projectId,
          number,
          document: `批复${number}`,
          approvedOn: '2026-10-01',
          totalInvestmentYuan,
        }
        const about = { id: uuidv7(), name: 'baseline.recorded.v1' as const, occurredAt: '2026-10-01T00:00:00.000Z' }
        return createHandlers(clock)['baseline.recorded.v1'](trx, { ...about, payload })
      })
    const approved = await projectWith({ totalInvestmentYuan: YI })
    await save(approved)
    await submit(approved)
    await call(reviewer, routes.approveReport, urlOf(approved, '/approve'))
    const correct = async () => {
      const asked = { entry: { completedYuan: 2 * YI }, reason: '漏报' }
      return (await call(filer, routes.askCorrection, urlOf(approved, '/corrections'), asked)).body
    }
    t.equal((await correct()).code, 'exceeds-total-investment')
    await record(2, 2 * YI, approved)
    t.equal((await correct()).state, 'asked', 'a correction may go as far')
    const blocks = async (completedYuan: number) =>
      codes(await save(id, { completedYuan })).includes('exceeds-total-investment')
    await record(1, 3 * YI)
    t.equal(await blocks(YI + 1), true, 'the first approval')
    await record(2, 2 * YI)
    t.same([await blocks(2 * YI), await blocks(2 * YI + 1)], [false, true], 'the revision')
    await record(4, YI / 2)
    t.same([await blocks(YI), await blocks(YI + 1)], [false, true], 'one below the total takes nothing away')
    await record(3, 9 * YI)
    t.equal(await blocks(YI + 1), true, 'an older one that arrives late')
  },
)

t.test('the 12 months before count, filed or approved; drafts and older ones do not', async (t) => {
  const months = Object.fromEntries(
    ['2025-11', '2025-12', '2026-01'].map((period) => [period, { yuan: 1_000_000, text: '老' }]),
  )
  const figures = async (more: Parameters<typeof projectWith>[1]) => {
    const id = await projectWith({}, { ...months, ...more })
    const saved = await save(id, { completedYuan: 6_000_000, fundsReceived: [{ source: 'ownFunds', yuan: 6_000_000 }] })
    return saved.findings.find(({ code }: Finding) => code === 'above-mean')?.figures
  }
  t.match(await figures({}), { meanYuan: 1_000_000, months: 3 })
  t.match(await figures({ '2026-10': { yuan: 2_000_000, state: 'submitted' } }), { meanYuan: 1_250_000, months: 4 })
  t.match(await figures({ '2026-10': { yuan: 9 * YI, state: 'draft' } }), { months: 3 })
  t.match(await figures({ '2025-10': { yuan: 9 * YI } }), { months: 3 }, 'the 13th month back is out')
})

t.test('sentences are held against their contract', async (t) => {
  const id = await projectWith()
  const bad = async (explanations: unknown) =>
    (await call(filer, routes.saveReport, urlOf(id), { explanations })).body.errors?.[0]?.field
  t.equal(await bad([{ code: 'nobody-knows', text: '说明' }]), 'explanations.0.code')
  t.equal(await bad([{ code: 'outlier', text: '  ' }]), 'explanations.0.text')
  t.equal(await bad([{ code: 'outlier' }]), 'explanations.0.text')
})
