import { type CyclePreview, routes } from '@tiaodu/types'
import t from 'tap'
import { filer, operator, projectNamed, reviewer, startCycleService, supervisor } from '../fixtures/cycle-service.ts'

const { call, refusal, note, clock, events } = await startCycleService(t, '2026-11-20T01:00:00Z')
const { getCycleRule, putCycleRule, listCycleRules, previewCycles, openCycle, getCycle } = routes
const { getWorkCalendar, putWorkCalendar, listWorkCalendarVersions, listObligations } = routes

const RULE = {
  dueAnchor: 'nextMonthDay',
  dueDay: 5,
  dueTime: '18:00',
  holidayPolicy: 'postpone',
  areWeekendsOff: true,
  december: null,
  lockAfterDays: null,
  extendAtMostDays: 10,
  reopenAtMostDays: 15,
  preliminaryFrequency: 'monthly',
}
const put = (fields: object, reason = '市重点办通知', ifMatch?: string) =>
  call(operator, putCycleRule, { body: { ...RULE, ...fields, reason }, ...(ifMatch === undefined ? {} : { ifMatch }) })
const preview = async (period: string): Promise<CyclePreview> => {
  const { body } = await call(supervisor, previewCycles, { query: { year: period.slice(0, 4) } })
  return body.items.find((item: CyclePreview) => item.period === period)
}

t.test('the rule begins as the default, and every change is a version with who, when and why', async (t) => {
  t.match((await call(filer, getCycleRule)).body, { ...RULE, version: 1, reason: '出厂默认' })
  const changed = await put({ dueDay: 8, dueTime: '12:00' }, '改为8日', '"1"')
  t.match(changed.body, {
    version: 2,
    dueDay: 8,
    actorId: operator.personId,
    actorName: 'test operator',
    reason: '改为8日',
  })
  t.equal(changed.body.at, clock.now().toISOString())
  t.equal((await put({ dueDay: 8, dueTime: '12:00' }, '再说一遍')).body.version, 2, 'the same again changes nothing')
  t.same(await refusal(operator, putCycleRule, { body: { ...RULE, reason: '旧' }, ifMatch: '"1"' }), [
    'version-mismatch',
    'If-Match',
  ])
  const both = await Promise.all([9, 10].map((dueDay) => put({ dueDay }, '同时', '"2"')))
  t.same(both.map(({ status }) => status).sort(), [200, 412], 'of two at once one wins')
  t.equal((await put({}, '改回')).body.version, 4)
  const first = await call(supervisor, listCycleRules, { query: { limit: '3' } })
  t.same(
    first.body.items.map(({ version }: { version: number }) => version),
    [4, 3, 2],
  )
  const rest = await call(supervisor, listCycleRules, { query: { limit: '3', cursor: first.body.nextCursor } })
  t.same(
    rest.body.items.map(({ version }: { version: number }) => version),
    [1],
  )
})

t.test('a rule that cannot be kept is refused at its field, and nothing changes', async (t) => {
  const bad = (fields: object) => refusal(operator, putCycleRule, { body: { ...RULE, reason: '错', ...fields } })
  t.same(await bad({ dueAnchor: 'sameMonthDay', dueDay: 5 }), ['validation-failed', 'dueDay'])
  t.same(await bad({ dueDay: 32 }), ['validation-failed', 'dueDay'])
  t.same(await bad({ dueTime: '24:00' }), ['validation-failed', 'dueTime'])
  t.same(await bad({ december: { dueAnchor: 'workdayAfterMonth', dueDay: 16 } }), [
    'validation-failed',
    'december.dueDay',
  ])
  t.same(await bad({ extendAtMostDays: 61 }), ['validation-failed', 'extendAtMostDays'])
  t.same(await bad({ lockAfterDays: 0 }), ['validation-failed', 'lockAfterDays'])
  t.same(await bad({ reason: ' ' }), ['validation-failed', 'reason'])
  t.same(await bad({ holidayPolicy: 'skip' }), ['validation-failed', 'holidayPolicy'])
  t.equal((await call(filer, getCycleRule)).body.version, 4)
  for (const actor of [filer, reviewer, supervisor]) {
    t.equal((await refusal(actor, putCycleRule, { body: { ...RULE, reason: '越权' } }))[0], 'role-not-allowed')
    t.equal(
      (await refusal(actor, putWorkCalendar, { params: { year: 2027 }, body: { days: [], reason: '越权' } }))[0],
      'role-not-allowed',
    )
  }
})

t.test('the preview shows a year under the rule in force, and what of it may still move', async (t) => {
  t.same(await preview('2026-11'), {
    period: '2026-11',
    dueAt: '2026-12-07T10:00:00.000Z',
    lockAt: '2026-12-31T16:00:00.000Z',
    isCalendarProvisional: false,
    isOpened: false,
    reportsPreliminary: true,
  })
  t.match(await preview('2026-12'), { dueAt: '2027-01-05T10:00:00.000Z', isCalendarProvisional: true })
  await put({
    preliminaryFrequency: 'quarterly',
    december: { dueAnchor: 'sameMonthDay', dueDay: 25 },
    lockAfterDays: 5,
  })
  t.match(await preview('2026-12'), {
    dueAt: '2026-12-25T10:00:00.000Z',
    lockAt: '2026-12-30T16:00:00.000Z',
    isCalendarProvisional: false,
    reportsPreliminary: true,
  })
  t.match(await preview('2026-11'), { lockAt: '2026-12-12T16:00:00.000Z', reportsPreliminary: false })
  t.equal((await call(supervisor, previewCycles, { query: { year: '2026' } })).body.items.length, 12)
  t.same(await refusal(supervisor, previewCycles, { query: { year: '1999' } }), ['validation-failed', 'year'])
})

t.test('a cycle opens by the rule in force at that instant, and is frozen', async (t) => {
  await note(projectNamed('在建的'))
  await note(projectNamed('前期的', { stage: 'preliminary' }))
  await note(projectNamed('签约的', { stage: 'signed' }))
  const opened = await call(operator, openCycle, { body: { period: '2026-11' } })
  t.match(opened.body, { ruleVersion: 5, dueAt: '2026-12-07T10:00:00.000Z', lockAt: '2026-12-12T16:00:00.000Z' })
  t.equal(opened.body.counts.expected, 1, 'November is not the last month of its quarter')
  const workdays = (await events('cycle.opened.v1'))[0]?.workdays as string[]
  t.ok(workdays.includes('2026-12-10'), 'the workdays reach beyond the early lock')
  await put({})
  await note(projectNamed('又一个前期的', { stage: 'preliminary' }))
  const { body } = await call(supervisor, getCycle, { params: { period: '2026-11' } })
  t.match(body, { ruleVersion: 5, lockAt: '2026-12-12T16:00:00.000Z', counts: { expected: 1 } })
  t.match(await preview('2026-11'), { lockAt: '2026-12-12T16:00:00.000Z', isOpened: true, reportsPreliminary: false })
  clock.set('2026-12-01T01:00:00Z')
  await put({ preliminaryFrequency: 'quarterly' })
  const december = await call(operator, openCycle, { body: { period: '2026-12' } })
  t.equal(december.body.counts.expected, 4, 'December is')
  const listed = await call(supervisor, listObligations, { params: { period: '2026-12' } })
  t.equal(listed.body.items.length, 4)
})

t.test(
  'a year is provisional until it is published; what rests on it is told anew until its cycle opens',
  async (t) => {
    const calendar = await call(filer, getWorkCalendar, { params: { year: 2027 } })
    t.match(calendar.body, { year: 2027, version: 1, isProvisional: true, days: [] })
    t.equal(
      (await call(supervisor, getCycle, { params: { period: '2026-12' } })).body.dueAt,
      '2027-01-05T10:00:00.000Z',
    )
    t.match(await preview('2027-01'), { dueAt: '2027-02-05T10:00:00.000Z', isCalendarProvisional: true })

    const days = ['2027-01-01', '2027-01-05', '2027-02-05', '2027-02-08', '2027-02-09'].map((onDate) => ({
      onDate,
      isWorkday: false,
    }))
    const body = { days: [...days, { onDate: '2027-02-14', isWorkday: true }], reason: '国办发明电' }
    const published = await call(operator, putWorkCalendar, { params: { year: 2027 }, body, ifMatch: '"1"' })
    t.match(published.body, { version: 2, isProvisional: false })
    t.equal(published.body.days.length, 6)
    t.match(await preview('2027-01'), { dueAt: '2027-02-10T10:00:00.000Z', isCalendarProvisional: false })
    t.match(
      await preview('2026-12'),
      { dueAt: '2027-01-05T10:00:00.000Z', isOpened: true, isCalendarProvisional: true },
      'a cycle that is open keeps its instants',
    )

    clock.set('2027-01-04T01:00:00Z')
    const opened = await call(operator, openCycle, { body: { period: '2027-01' } })
    t.match(opened.body, { dueAt: '2027-02-10T10:00:00.000Z', isCalendarProvisional: false })
    const corrected = { days: body.days.filter(({ onDate }) => onDate !== '2027-02-09'), reason: '更正' }
    t.equal((await call(operator, putWorkCalendar, { params: { year: 2027 }, body: corrected })).body.version, 3)
    t.equal((await preview('2027-01')).dueAt, '2027-02-10T10:00:00.000Z', 'frozen')
    const again = await call(operator, putWorkCalendar, { params: { year: 2027 }, body: corrected })
    t.equal(again.body.version, 3, 'the same again changes nothing')
    t.same(await refusal(operator, putWorkCalendar, { params: { year: 2027 }, body, ifMatch: '"2"' }), [
      'version-mismatch',
      'If-Match',
    ])
    t.same(
      await refusal(operator, putWorkCalendar, {
        params: { year: 2027 },
        body: { days: [{ onDate: '2027-03-06', isWorkday: false }], reason: '星期六' },
      }),
      ['validation-failed', 'days.0.isWorkday'],
    )
    const versions = await call(filer, listWorkCalendarVersions, { params: { year: 2027 }, query: {} })
    t.match(versions.body.items, [
      { version: 3, reason: '更正', changes: [{ field: '2027-02-09', from: false, to: true }] },
      { version: 2, actorId: operator.personId, reason: '国办发明电' },
    ])
    t.equal(versions.body.items[1].changes.length, 6)
  },
)

t.test('a published year of the system can be read and corrected too', async (t) => {
  const { body } = await call(filer, getWorkCalendar, { params: { year: 2026 } })
  t.match(body, { version: 1, isProvisional: false })
  t.ok(
    body.days.some(
      ({ onDate, isWorkday }: { onDate: string; isWorkday: boolean }) => onDate === '2026-10-10' && isWorkday,
    ),
  )
  t.same(await refusal(filer, getWorkCalendar, { params: { year: 1999 } }), ['validation-failed', 'year'])
})
