import { type Report, routes } from '@tiaodu/types'
import t from 'tap'
import {
  filer,
  OTHER_UNIT,
  operator,
  otherFiler,
  projectNamed,
  reviewer,
  startCycleService,
} from '../fixtures/cycle-service.ts'

const PERIOD = '2026-11'
const service = await startCycleService(t, '2026-11-20T01:00:00Z')
const { call, clock, note, refusal } = service
const projects = Array.from({ length: 3 }, (_, n) => projectNamed(`项目${n}`))
const ids = projects.map(({ projectId }) => projectId)
const list = async (actor = reviewer, query: Record<string, string> = {}) =>
  (await call(actor, routes.listMonthReports, { params: { period: PERIOD }, query })).body as {
    items: Report[]
    nextCursor: string | null
  }
const idsOf = ({ items }: { items: Report[] }) => items.map(({ projectId }) => projectId).sort()

t.before(async () => {
  for (const project of [...projects, projectNamed('别家', { responsibleUnitId: OTHER_UNIT })]) await note(project)
  await call(operator, routes.openCycle, { body: { period: PERIOD } })
  const entry = { completedYuan: 5_000_000, visualProgress: '主体封顶' }
  await call(filer, routes.fileReports, {
    body: { period: PERIOD, reports: [{ projectId: ids[0], entry }] },
    headers: { 'idempotency-key': 'month-reports' },
  })
})

t.test('every report of a month is told as it is told alone, what is not saved yet with its prefill', async (t) => {
  const { items } = await list()
  t.equal(items.length, 4)
  for (const item of items) {
    const alone = await call(reviewer, routes.getReport, { params: { id: item.projectId, period: PERIOD } })
    t.same(item, alone.body)
  }
})

t.test('each sees the reports within reach, by state, unit and punctuality', async (t) => {
  t.same(idsOf(await list(filer)), [...ids].sort())
  t.equal((await list(otherFiler)).items.length, 1)
  t.same(idsOf(await list(reviewer, { state: 'submitted' })), [ids[0]])
  t.equal((await list(reviewer, { unitId: OTHER_UNIT })).items.length, 1)
  t.equal((await list(reviewer, { late: 'true' })).items.length, 0)
  clock.set('2026-12-20T01:00:00Z')
  t.equal((await list(reviewer, { late: 'true' })).items.length, 3, 'all but the one that was filed in time')
})

t.test('the queue of a reviewer is what waits for them', async (t) => {
  t.same(idsOf(await list(reviewer, { awaitingMe: 'true' })), [ids[0]])
  t.same(idsOf(await list(filer, { awaitingMe: 'true' })), [], 'who does not review has none')
})

t.test('the pages hold each report once', async (t) => {
  const seen: Report[] = []
  for (let query: Record<string, string> | undefined = { limit: '1' }; query; ) {
    const { items, nextCursor } = await list(filer, query)
    seen.push(...items)
    query = nextCursor === null ? undefined : { limit: '1', cursor: nextCursor }
  }
  t.same(idsOf({ items: seen }), [...ids].sort())
})

t.test('a month whose cycle was never opened is not found', async (t) => {
  const asked = [reviewer, routes.listMonthReports, { params: { period: '2026-12' } }] as const
  t.same(await refusal(...asked), ['not-found', 'period'])
})
