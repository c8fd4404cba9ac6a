import { actorOf } from '@tiaodu/testing'
import { type Actor, type ErrorCode, type RouteContract, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import {
  filer,
  OTHER_UNIT,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
} from '../fixtures/cycle-service.ts'

const [LOCKED, APPROVED, OPEN] = ['2026-09', '2026-10', '2026-11'] as const
const WAN = 10_000
const { approveReport, askCorrection, fileReports, getReport, openCycle, putAnnualPlan, saveReport, submitReport } =
  routes

const service = await startCycleService(t, '2026-09-10T01:00:00Z')
const { call, clock, db, note } = service

/** The filer of the same unit who sits at the next desk, and the same person with another role. */
const colleague = actorOf('filer', { ...filer, personId: uuidv7() })
const filerWhoReviews = actorOf('reviewer', { personId: filer.personId })
const mine = projectNamed('本单位的', { totalInvestmentYuan: 100_000 * WAN })
const drafted = projectNamed('有草稿的')
const slipped = projectNamed('上月一亿的')
const filed = projectNamed('已上报的')
const moved = projectNamed('昨天划出的')
const projects = [mine, drafted, slipped, filed, moved]

const of = (project: { projectId: string }, period: string = OPEN) => ({ params: { id: project.projectId, period } })
const entryOf = (completedYuan: unknown) => ({ completedYuan, visualProgress: '主体施工' })
const save = (project: { projectId: string }, period: string, completedYuan: number, actor = filer) =>
  call(actor, saveReport, { ...of(project, period), body: entryOf(completedYuan) })
const approve = async (project: { projectId: string }, period: string, completedYuan: number) => {
  await save(project, period, completedYuan)
  await call(filer, submitReport, of(project, period))
  t.equal((await call(reviewer, approveReport, of(project, period))).body.state, 'approved')
}

// Everything that is stored: reports and their history (who did what), roll-ups and marks, outbox, and all the rest.
const { rows: tables } = await sql<{ name: string }>`
  select table_name as name from information_schema.tables
  where table_schema = current_schema and table_type = 'BASE TABLE' order by table_name`.execute(db)
const eachTable = sql.join(
  tables.map(
    ({ name }) => sql`
      select ${sql.lit(name)} as name, coalesce(string_agg(t::text, '|' order by t::text), '') as all from ${sql.table(name)} t`,
  ),
  sql` union all `,
)
async function stored(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; all: string }>`${eachTable}`.execute(db)
  return Object.fromEntries(rows.map(({ name, all }) => [name, all]))
}

t.before(async () => {
  for (const project of projects) await note(project)
  await call(operator, openCycle, { body: { period: LOCKED } })
  clock.set('2026-10-20T01:00:00Z')
  await call(operator, openCycle, { body: { period: APPROVED } })
  await approve(mine, APPROVED, 500 * WAN)
  await approve(slipped, APPROVED, WAN * WAN)
  clock.set('2026-11-19T01:00:00Z')
  await note({ ...moved, version: 2, responsibleUnitId: OTHER_UNIT, responsibleUnitName: '市交通局' })
  clock.set('2026-11-20T01:00:00Z')
  await call(operator, openCycle, { body: { period: OPEN } })
  await save(drafted, OPEN, 10 * WAN)
  await save(drafted, OPEN, 20 * WAN)
  await save(slipped, OPEN, WAN)
  await save(filed, OPEN, 30 * WAN)
  await call(filer, submitReport, of(filed))
})

type Parts = Parameters<typeof call>[2]
type Case = readonly [what: string, by: Actor, contract: RouteContract, parts: Parts, code: ErrorCode, field?: string]
const saving = (what: string, completedYuan: unknown, field = 'completedYuan'): Case => [
  what,
  filer,
  saveReport,
  { ...of(mine), body: entryOf(completedYuan) },
  'validation-failed',
  field,
]
const planOf = (body: object) => ({ params: { id: mine.projectId, year: 2026 }, body })
const shrinking = Array.from({ length: 12 }, (_, month) => (month === 6 ? 4 : month + 1) * 100 * WAN)
const correcting = (completedYuan: number) => ({
  ...of(mine, APPROVED),
  body: {
    entry: { completedYuan, fundsReceived: [], visualProgress: '', difficulties: '', nextSteps: '', explanations: [] },
    reason: '多报',
  },
})
const filing = (period: string, project: { projectId: string }, fields: object) => ({
  body: { period, reports: [{ projectId: project.projectId, ...fields }] },
  headers: { 'idempotency-key': uuidv7() },
})

const CASES = (): Case[] => [
  [
    'a month that is not open',
    filer,
    saveReport,
    { ...of(mine, '2026-12'), body: entryOf(1) },
    'period-not-open',
    'period',
  ],
  ['reading a month that is not open', filer, getReport, of(mine, '2026-12'), 'period-not-open', 'period'],
  [
    'filing a month that is not open',
    filer,
    fileReports,
    filing('2026-12', mine, { entry: entryOf(1) }),
    'rows-refused',
    'reports.0.period',
  ],
  ['a month that is locked', filer, saveReport, { ...of(mine, LOCKED), body: entryOf(1) }, 'period-locked', 'period'],
  ['a month to come, opened', operator, openCycle, { body: { period: '2026-12' } }, 'period-not-open', 'period'],
  ['the 13th month', filer, saveReport, { ...of(mine, '2026-13'), body: entryOf(1) }, 'validation-failed', 'period'],
  ['the 13th month, opened', operator, openCycle, { body: { period: '2026-13' } }, 'validation-failed', 'period'],
  [
    'a plan of 13 months',
    reviewer,
    putAnnualPlan,
    planOf({ plannedYuan: 13, monthlyTargetsYuan: Array(13).fill(13) }),
    'validation-failed',
    'monthlyTargetsYuan',
  ],
  saving('negative money', -1),
  saving('money with a fraction', 0.5),
  saving('money beyond what there is', 10_000_000_000_000),
  saving('money as text', '100'),
  [
    'negative funds',
    filer,
    saveReport,
    { ...of(mine), body: { ...entryOf(1), fundsReceived: [{ source: 'ownFunds', yuan: -1 }] } },
    'validation-failed',
    'fundsReceived.0.yuan',
  ],
  ['a negative plan', reviewer, putAnnualPlan, planOf({ plannedYuan: -1 }), 'validation-failed', 'plannedYuan'],
  [
    'negative money among many',
    filer,
    fileReports,
    filing(OPEN, mine, { entry: entryOf(-1) }),
    'validation-failed',
    'reports.0.entry.completedYuan',
  ],
  ['亿 typed as 万', filer, submitReport, of(slipped), 'explanation-needed', 'explanations.unit-slip'],
  [
    '万 typed as 亿',
    filer,
    fileReports,
    filing(OPEN, mine, { entry: entryOf(5_000_000 * WAN) }),
    'rows-refused',
    'reports.0.completedYuan',
  ],
  [
    'a cumulative target that shrinks',
    reviewer,
    putAnnualPlan,
    planOf({ plannedYuan: 1_200 * WAN, monthlyTargetsYuan: shrinking }),
    'validation-failed',
    'monthlyTargetsYuan.6',
  ],
  [
    'a year to date that shrinks below nothing',
    filer,
    askCorrection,
    correcting(-1),
    'cumulative-below-zero',
    'entry.completedYuan',
  ],
  [
    'a draft that somebody else has saved meanwhile',
    colleague,
    saveReport,
    { ...of(drafted), body: entryOf(1), ifMatch: '"1"' },
    'version-mismatch',
    'If-Match',
  ],
  [
    'a first draft where there is one',
    colleague,
    saveReport,
    { ...of(drafted), body: entryOf(1), ifMatch: '"0"' },
    'version-mismatch',
    'If-Match',
  ],
  [
    'an old version, filed',
    colleague,
    submitReport,
    { ...of(drafted), ifMatch: '"1"' },
    'version-mismatch',
    'If-Match',
  ],
  [
    'a project that moved to another unit yesterday',
    filer,
    saveReport,
    { ...of(moved), body: entryOf(1) },
    'outside-scope',
    'id',
  ],
  ['reading what moved yesterday', filer, getReport, of(moved), 'outside-scope', 'id'],
  [
    'filing what moved yesterday',
    filer,
    fileReports,
    filing(OPEN, moved, { entry: entryOf(1) }),
    'rows-refused',
    'reports.0',
  ],
  ['a filer approving', filer, approveReport, of(filed), 'role-not-allowed'],
  ['a filer of the same unit approving', colleague, approveReport, of(filed), 'role-not-allowed'],
  ['whoever filed it approving as a reviewer', filerWhoReviews, approveReport, of(filed), 'own-report'],
  [
    'what was filed, saved again',
    filer,
    saveReport,
    { ...of(filed), body: entryOf(1) },
    'report-not-editable',
    'state',
  ],
]

t.test('wrong input is refused with its own code and field, and changes nothing that is stored', async (t) => {
  const before = await stored()
  t.ok(
    before.monthly_reports_2026 && before.report_history && before.outbox && before.project_years,
    'there is something',
  )
  for (const [what, by, contract, parts, code, field] of CASES()) {
    t.same(await service.refusal(by, contract, parts), [code, field], what)
    t.same(await stored(), before, `${what}: nothing changed`)
  }
})

t.test('of two filers who save at once one is let through, whole, and the other is told', async (t) => {
  for (const [version, project] of [
    [0, mine],
    [2, drafted],
  ] as const) {
    const { outbox, report_history, project_years } = await stored()
    const both = [111, 222].map((yuan, at) =>
      call(at === 0 ? filer : colleague, saveReport, {
        ...of(project),
        ifMatch: `"${version}"`,
        body: { completedYuan: yuan, visualProgress: `第 ${yuan}` },
      }),
    )
    const answers = await Promise.all(both)
    t.same(answers.map(({ status }) => status).sort(), [200, 412])
    const won = answers.find(({ status }) => status === 200)
    t.match(answers.find(({ status }) => status === 412)?.body, {
      code: 'version-mismatch',
      errors: [{ field: 'If-Match' }],
    })
    const { body } = await call(filer, getReport, of(project))
    t.match(body, { version: version + 1, entry: won?.body.entry })
    t.equal(body.entry.visualProgress, `第 ${body.entry.completedYuan}`, 'money and words of the same hand')
    const { outbox: after, report_history: acts, project_years: years } = await stored()
    t.same([after, acts, years], [outbox, report_history, project_years], 'nothing is told of a draft')
  }
})

t.test('who answers for it now files what its old unit could not', async (t) => {
  await save(moved, OPEN, 40 * WAN, otherFiler)
  t.match((await call(otherFiler, submitReport, of(moved))).body, { state: 'submitted' })
  t.match((await call(reviewer, approveReport, of(moved))).body, { state: 'approved' })
})
