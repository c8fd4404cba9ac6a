import { routes } from '@tiaodu/types'
import t from 'tap'
import {
  filer,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
  supervisor,
} from '../fixtures/cycle-service.ts'

const { getAnnualPlan, getSummary, listAnnualPlanVersions, openCycle, putAnnualPlan } = routes
const YI = 100_000_000
const { call, clock, note, refusal } = await startCycleService(t, '2026-09-10T01:00:00Z')
const project = projectNamed('有计划的', { plannedStartOn: '2026-03-01', plannedCompletionOn: '2026-12-20' })
const params = { id: project.projectId, year: 2026 }
const put = (body: object, ifMatch?: string) =>
  call(reviewer, putAnnualPlan, { params, body, ...(ifMatch === undefined ? {} : { ifMatch }) })
const scheduled = async (period: string) =>
  (await call(supervisor, getSummary, { query: { period, groupBy: 'region' } })).body.total

t.before(async () => {
  await note(project)
  await call(operator, openCycle, { body: { period: '2026-09' } })
})

t.test('a plan says what is to be reached and when, with the dates of the project library', async (t) => {
  t.same(await refusal(filer, getAnnualPlan, { params }), ['not-found', 'year'])
  t.same(await refusal(filer, putAnnualPlan, { params, body: { plannedYuan: YI } }), ['role-not-allowed', undefined])
  const { body } = await put({ plannedYuan: 12 * YI, visualGoal: '主体封顶' }, '"0"')
  t.match(body, {
    ...{ plannedYuan: 12 * YI, visualGoal: '主体封顶', version: 1, reason: null, actorId: reviewer.personId },
    ...{ plannedStartOn: '2026-03-01', plannedCompletionOn: '2026-12-20', monthlyTargetsYuan: null },
  })
  t.same((await put({ plannedYuan: 12 * YI, visualGoal: '主体封顶' })).body, body, 'the same again changes nothing')
  t.same(await refusal(otherFiler, getAnnualPlan, { params }), ['outside-scope', 'id'])
})

t.test('what is scheduled by a day is told from the plan in force', async (t) => {
  const on = async (onDate?: string) =>
    (await call(filer, getAnnualPlan, { params, query: onDate === undefined ? {} : { onDate } })).body.scheduled
  t.same(await on(), { asOn: '2026-09-10', yuan: 8 * YI, percent: 66.67 })
  t.same(await on('2026-08-15'), { asOn: '2026-08-15', yuan: 7.5 * YI, percent: 62.5 })
  t.same(await refusal(filer, getAnnualPlan, { params, query: { onDate: '2026-02-30' } }), [
    'validation-failed',
    'onDate',
  ])
})

t.test('a change in mid-year has a reason and leaves what was locked as it was', async (t) => {
  t.match(await scheduled('2026-09'), { plannedYuan: 12 * YI })
  clock.set('2026-11-10T01:00:00Z')
  await call(operator, openCycle, { body: { period: '2026-10' } })
  await note({ ...project, version: 2, plannedCompletionOn: '2027-06-30' })
  const tenDayTargetsYuan = Array.from({ length: 36 }, (_, at) => Math.floor(((at + 1) * 6 * YI) / 36))
  const changed = { plannedYuan: 6 * YI, tenDayTargetsYuan, visualGoal: '主体封顶' }
  t.same(await refusal(reviewer, putAnnualPlan, { params, body: changed }), ['validation-failed', 'reason'])
  const body = { ...changed, reason: '市政府常务会议纪要〔2026〕18号' }
  t.same(await refusal(reviewer, putAnnualPlan, { params, body, ifMatch: '"7"' }), ['version-mismatch', 'If-Match'])
  t.match((await put(body, '"1"')).body, {
    ...{ version: 2, plannedYuan: 6 * YI, reason: body.reason, plannedCompletionOn: '2027-06-30' },
    monthlyTargetsYuan: Array.from({ length: 12 }, (_, month) => tenDayTargetsYuan[month * 3 + 2]),
  })
  t.match(await scheduled('2026-09'), { plannedYuan: 12 * YI }, 'September was locked')
  t.match(await scheduled('2026-10'), { plannedYuan: 6 * YI })
  const { items } = (await call(filer, listAnnualPlanVersions, { params })).body
  t.match(items, [
    { version: 2, at: '2026-11-10T01:00:00.000Z', actorName: reviewer.name },
    { version: 1, at: '2026-09-10T01:00:00.000Z', plannedCompletionOn: '2026-12-20' },
  ])
})
