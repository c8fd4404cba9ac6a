import { createApp, createLogger, mount } from '@tiaodu/service'
import { actorOf, testSeal, testTokens } from '@tiaodu/testing'
import { type Actor, type Difficulty, routes } from '@tiaodu/types'
import ICAL from 'ical.js'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { createNotificationsApp } from '../../src/app.ts'
import { createElsewhere } from '../../src/channels/elsewhere.channel.ts'
import { noteCycle, noteObligations } from '../../src/operations/note-cycle.ts'
import { noteSubmission } from '../../src/operations/note-report.ts'
import { openAlerts } from '../../src/repositories/alerts.repository.ts'
import { startNotifications } from '../fixtures/service.ts'

const { app, call, clock, database } = await startNotifications(t)
const logger = createLogger('test', 'silent')
const db = database.kysely
const [unitId, otherUnit, office] = [uuidv7(), uuidv7(), uuidv7()]
const person = (role: 'filer' | 'head' | 'leader' | 'supervisor', unit: string): Actor =>
  actorOf(role, { personId: uuidv7(), unitId: unit, name: role })
const filer = person('filer', unitId)
const colleague = person('filer', unitId)
const head = person('head', unitId)
const leader = person('leader', office)
const supervisor = person('supervisor', office)
const DUE_AT = '2026-12-07T10:00:00.000Z'
const projects = Array.from({ length: 12 }, (_, n) => ({ id: uuidv7(), name: `项目${String(n + 1).padStart(2, '0')}` }))
const obligations = projects.map(({ id }) => ({ obligationId: uuidv7(), projectId: id, unitId, dueAt: DUE_AT }))

t.before(async () => {
  for (const [id, name] of [
    [unitId, '水利局'],
    [otherUnit, '交通局'],
  ])
    await sql`insert into units values (${id}, 1, ${name})`.execute(db)
  for (const one of [filer, colleague, head, leader, supervisor])
    await sql`insert into people (id, version, name, unit_id, role, region_code)
      values (${one.personId}, 1, ${one.name}, ${one.unitId}, ${one.role}, '410800')`.execute(db)
  for (const { id, name } of projects)
    await sql`insert into projects (id, version, name, region_code, unit_id, filer_id, leader_id)
      values (${id}, 1, ${name}, '410800', ${unitId}, ${filer.personId}, ${leader.personId})`.execute(db)
  const cycle = { cycleId: uuidv7(), period: '2026-11' }
  const about = { ...cycle, openedAt: DUE_AT, dueAt: DUE_AT, lockAt: '2026-12-31T16:00:00.000Z', workdays: [] }
  await db.transaction().execute(async (trx) => {
    await noteCycle(trx, { ...about, obligationCount: obligations.length })
    await noteObligations(trx, { ...cycle, obligations })
  })
})

const subscribe = async (actor: Actor): Promise<string> => (await call(actor, routes.renewCalendarAddress)).body.path
const fetchFeed = (path: string) => app.inject({ url: path })
/** The entries of a feed as an independent parser reads them. */
const read = async (path: string) => {
  const { body } = await fetchFeed(path)
  return new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, description, startDate, sequence } = new ICAL.Event(component)
    const alarms = component
      .getAllSubcomponents('valarm')
      .map((alarm) => String(alarm.getFirstPropertyValue('trigger')))
    const at = startDate.isDate ? startDate.toString() : startDate.toJSDate().toISOString()
    return { uid, summary, description, sequence, at, alarms }
  })
}
const step = {
  ...{ id: uuidv7(), kind: 'procedure' as const, code: null, position: 1, name: '环评', dueOn: null, unitId: null },
  ...{ personId: null, progressPercent: 0, note: null, evidence: null, doneOn: null, isNeeded: true },
  ...{ status: 'open' as const, slippedDays: 0, version: 1, projectId: uuidv7(), projectName: '甲桥' },
  ...{ regionName: '焦作市', unitName: '水利局' },
}
const difficulty: Difficulty = {
  ...{ id: uuidv7(), projectId: uuidv7(), projectName: '甲桥', regionCode: '410800', regionName: '焦作市' },
  ...{ unitId: otherUnit, unitName: '交通局', period: '2026-10', reportedText: '拆迁', description: '三户未签' },
  ...{ category: 'site' as const, subcategory: 'demolition' as const, coordinationLevel: 2 },
  ...{ unitInChargeId: unitId, dueOn: '2026-11-28' },
  ...{
    unitInChargeName: '水利局',
    state: 'registered' as const,
    outcome: null,
    registeredAt: DUE_AT,
    resolvedAt: null,
  },
  ...{ ageDays: 1, overdueDays: 0, version: 1, isSimulated: false },
}
const order = {
  ...{ title: '征地；拆迁,“限期”完成', demand: '限期完成', urgency: 'express', days: 5 },
  ...{ leadUnitId: unitId, cooperatingUnitIds: [otherUnit] },
}

t.test('each person has one secret address, which shows their deadlines to whoever has it', async (t) => {
  t.same((await call(filer, routes.getCalendarAddress)).body, { address: null })
  const path = await subscribe(filer)
  t.match(path, /^\/api\/v1\/calendars\/[\w-]{43}\.ics$/)
  t.match((await call(filer, routes.getCalendarAddress)).body, { address: { path, lastReadAt: null } })
  const { statusCode, headers } = await fetchFeed(path)
  t.match([statusCode, headers['content-type']], [200, 'text/calendar; charset=utf-8'])
  t.match(headers['cache-control'], /private/)
  t.match((await call(filer, routes.getCalendarAddress)).body, { address: { lastReadAt: clock.now().toISOString() } })
  const [report, ...rest] = await read(path)
  t.same(rest, [])
  t.match(report, { at: DUE_AT, summary: '2026-11 月报截止（12 个项目）', alarms: ['-P1D', '-PT3H'] })
  t.match(report?.description, /· 项目01\n.*· 项目10\n……另有 2 个项目$/s)
  for (const actor of [head, leader])
    t.match(await read(await subscribe(actor)), [{ summary: '2026-11 月报截止（12 个项目）' }], actor.role)
  t.same(await read(await subscribe(colleague)), [], 'another filer of the unit has others to file')
  t.same(await read(await subscribe(supervisor)), [])
  const { rows } = await sql<{ text: string }>`select row_to_json(f)::text as text from calendar_feeds f`.execute(db)
  const secret = path.split('/').at(-1)?.slice(0, -4) ?? ''
  for (const { text } of rows) t.notOk(text.includes(secret), 'the table alone gives no address')
})

t.test('a new address ends the one before; who stops the feed, or leaves, has none', async (t) => {
  const first = await subscribe(filer)
  const second = await subscribe(filer)
  t.equal((await fetchFeed(first)).statusCode, 404)
  t.equal((await fetchFeed(second)).statusCode, 200)
  t.equal((await call(filer, routes.closeCalendarFeed)).status, 204)
  t.equal((await fetchFeed(second)).statusCode, 404)
  const theirs = await subscribe(colleague)
  await sql`update people set has_left = true where id = ${colleague.personId}`.execute(db)
  t.equal((await fetchFeed(theirs)).statusCode, 404)
  for (const file of ['x.ics', `${'a'.repeat(43)}`, `${'a'.repeat(43)}.ics`])
    t.ok([400, 404].includes((await fetchFeed(`/api/v1/calendars/${file}`)).statusCode), file)
  t.equal((await call(actorOf('operator'), routes.renewCalendarAddress)).status, 404, 'an account that is nobody')
})

t.test('what is filed is no deadline any more; an entry keeps its UID', async (t) => {
  const path = await subscribe(filer)
  const [before] = await read(path)
  const { obligationId, projectId } = obligations[0] as (typeof obligations)[number]
  const report = { obligationId, projectId, unitId, period: '2026-11', dueAt: DUE_AT, revision: 1 }
  await db.transaction().execute((trx) => noteSubmission(trx, { ...report, submittedAt: DUE_AT, isLate: false }))
  const [after] = await read(path)
  t.equal(after?.summary, '2026-11 月报截止（11 个项目）')
  t.equal(after?.uid, before?.uid)
})

t.test('orders are there for their units and for who raised them, and move with an extension', async (t) => {
  const unit = await subscribe(head)
  const raiser = await subscribe(supervisor)
  const drafted = (await call(supervisor, routes.createOrder, { body: order })).body
  const orders = async (path: string) => (await read(path)).filter(({ uid }) => uid.startsWith('order-'))
  t.same(await orders(unit), [], 'a draft is nobody’s deadline')
  const params = { id: drafted.id }
  const issued = (await call(supervisor, routes.moveOrder, { params, body: { action: 'issue' } })).body
  const part = issued.flows.find((flow: { unitId: string }) => flow.unitId === unitId)
  t.match(await orders(unit), [
    { uid: `order-sign-${part.id}@tiaodu`, at: '2026-12-02T01:00:00.000Z', alarms: ['-PT2H'], summary: /签收/ },
    {
      uid: `order-due-${part.id}@tiaodu`,
      at: '2026-12-06T10:00:00.000Z',
      alarms: ['-P1D'],
      summary: /征地；拆迁,“限期”完成$/,
    },
  ])
  t.equal((await orders(raiser)).length, 4, 'both units')
  const handle = (body: object) => call(head, routes.handleOrder, { params: { ...params, flowId: part.id }, body })
  await handle({ action: 'sign' })
  const [due] = await orders(unit)
  t.match(due, { uid: `order-due-${part.id}@tiaodu` }, 'what is signed for need not be')
  await handle({ action: 'askExtension', note: '雨季', newDueOn: '2026-12-20', progress: '八成' })
  for (const reviewer of [leader, supervisor])
    await call(reviewer, routes.reviewOrder, {
      params: { ...params, flowId: part.id },
      body: { action: 'grantExtension' },
    })
  const [moved] = await orders(unit)
  t.match(moved, { uid: due?.uid, at: '2026-12-20T10:00:00.000Z' })
  t.ok((moved?.sequence ?? 0) > (due?.sequence ?? 0), 'a calendar knows which one is newer')
})

t.test('a promise is a whole day; what has passed says so and reminds nobody', async (t) => {
  const path = await subscribe(head)
  const fact = {
    ...{ kind: 'difficulty-overdue' as const, subjectId: uuidv7(), projectId: projects[0]?.id ?? '', period: null },
    ...{ label: '现场条件', dueAt: clock.now(), doerId: null, doerUnitId: null },
  }
  await db.transaction().execute((trx) => openAlerts(trx, [fact], clock.now()))
  const { items } = (await call(head, routes.listAlerts)).body
  const body = { promisedOn: '2026-12-11', note: '三户已谈妥' }
  await call(head, routes.acknowledgeAlert, { params: { id: items[0].id }, body })
  const promise = (await read(path)).find(({ uid }) => uid.startsWith('promise-'))
  t.match(promise, {
    at: '2026-12-11',
    summary: '承诺办结：项目01',
    description: '困难和问题超期 现场条件',
    alarms: ['-PT15H'],
  })
  clock.set('2026-12-08T01:00:00.000Z')
  const report = (await read(path)).find(({ uid }) => uid.startsWith('report-'))
  t.match(report, { summary: /^【逾期】2026-11 月报截止/, alarms: [] })
  clock.set('2027-03-01T01:00:00.000Z')
  t.notOk(
    (await read(path)).some(({ uid }) => uid.startsWith('report-')),
    'sixty days later it is history',
  )
})

t.test(
  'steps of the push plan and difficulties of the unit are asked of the services that keep them, as the person',
  async (t) => {
    const asked: string[] = []
    const projects = createApp({ logger, tokens: testTokens, clock })
    const investment = createApp({ logger, tokens: testTokens, clock })
    const page = { nextCursor: null }
    mount(projects, routes.listDueSteps, async ({ actor, query }) => {
      asked.push(`${actor.name} ${query.unitId}`)
      const old = { ...step, id: uuidv7(), dueOn: '2026-08-01' }
      return { ...page, items: [old, { ...step, dueOn: '2026-12-15' }] }
    })
    mount(investment, routes.listDifficulties, async ({ actor, query }) => {
      asked.push(`${actor.name} ${query.unitInChargeId} ${query.isOpen}`)
      return { ...page, items: [{ ...difficulty, dueOn: '2026-11-28' }] }
    })
    const [projectsUrl, investmentUrl] = await Promise.all(
      [projects, investment].map((one) => one.listen({ port: 0, host: '127.0.0.1' })),
    )
    t.teardown(() => projects.close())
    const askElsewhere = createElsewhere({
      projectsUrl: projectsUrl ?? '',
      investmentUrl: investmentUrl ?? '',
      tokens: testTokens,
    })
    const whole = createNotificationsApp({ logger, tokens: testTokens, clock, seal: testSeal, askElsewhere }, database)
    t.teardown(() => whole.close())
    clock.set('2026-12-01T01:00:00.000Z')
    const paths = [await subscribe(head), await subscribe(leader)] as const
    const feed = async (path: string) => (await whole.inject({ url: path })).body
    const days = (text: string) =>
      new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').flatMap((component) => {
        const { uid, summary, startDate } = new ICAL.Event(component)
        return /^(step|difficulty)-/.test(uid) ? [[startDate.toString(), summary]] : []
      })
    t.same(
      days(await feed(paths[0])),
      [
        ['2026-11-28', '【逾期】困难和问题：甲桥'],
        ['2026-12-15', '前期手续“环评”：甲桥'],
      ],
      'a slip of August is history',
    )
    t.same(asked.sort(), [`head ${unitId}`, `head ${unitId} true`])
    t.same(days(await feed(paths[1])), [], 'a leader has none of their own')
    await investment.close()
    const answer = await whole.inject({ url: paths[0] })
    t.match([answer.statusCode, answer.json().code], [503, 'unavailable'], 'rather than half a calendar')
  },
)
