import { startMailbox } from '@tiaodu/embedded'
import { createRelay, createTransport, startConsumer } from '@tiaodu/messaging'
import { appendEvents } from '@tiaodu/messaging/outbox'
import { createLogger } from '@tiaodu/service'
import {
  actorOf,
  createServiceDatabase,
  createTestClock,
  signedIn,
  testSeal,
  testTokens,
  testTransports,
  waitFor,
} from '@tiaodu/testing'
import { type Actor, type NewEvent, type Person, type RouteContract, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createNotificationsApp } from '../../src/app.ts'
import { createEmailChannel } from '../../src/channels/email.channel.ts'
import { createHandlers } from '../../src/consumers/notifications.consumer.ts'
import type { DB } from '../../src/generated/tables.ts'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'
import { startDelivering } from '../../src/sweeps.ts'

const logger = createLogger('test', 'silent')
const WAYS = { channels: ['email'] as const, isSimulated: false }
const NOTHING = { reminded: 0, opened: 0, alerts: 0, messages: 0 }
const PERIOD = '2026-11'
const DUE_AT = '2026-12-07T10:00:00.000Z'
const LOCK_AT = '2026-12-31T16:00:00.000Z'
const WORKDAYS = ['01', '02', '03', '04', '07', '08', '09', '10', '11', '14', '15'].map((day) => `2026-12-${day}`)
const at = (text: string) => new Date(`2026-12-${text}:00+08:00`)

const unit = uuidv7()
const office = uuidv7()
const someone = (role: Person['role'], unitId = unit, fields: Partial<Person> = {}): Person => ({
  id: uuidv7(),
  name: role,
  unitId,
  role,
  email: `${role}@example.cn`,
  mobile: null,
  leftOn: null,
  regionCode: '410800',
  isSimulated: false,
  version: 1,
  ...fields,
})
const people = {
  filer: someone('filer'),
  head: someone('head'),
  leader: someone('leader', office),
  supervisor: someone('supervisor', office),
  operator: someone('operator', office, { email: null }),
}

const project = (name: string): NewEvent & { name: 'project.changed.v1' } => ({
  name: 'project.changed.v1',
  payload: {
    projectId: uuidv7(),
    version: 1,
    name,
    regionCode: '410800',
    regionName: '焦作市',
    category: '交通',
    tiers: ['city'],
    stage: 'building',
    assessmentClass: 'assessed',
    totalInvestmentYuan: null,
    responsibleUnitId: unit,
    responsibleUnitName: '一局',
    filerId: people.filer.id,
    leaderId: people.leader.id,
  },
})

for (const { kind, redisUrl } of await testTransports(t)) {
  await t.test(`queues on ${kind}`, async (t) => {
    const database = await createServiceDatabase<DB>(t, 'notifications', migrations)
    const db = database.kysely
    const clock = createTestClock(at('01T08:00').toISOString())
    const transport = createTransport({ databaseUrl: database.url, redisUrl, logger })
    const byId = new Map(Object.values(people).map((person) => [person.id, person]))
    const handlers = createHandlers({
      clock,
      ways: WAYS,
      getPerson: async (id) => byId.get(id) ?? Promise.reject(new Error('nobody')),
    })
    const relay = createRelay({ db, transport, logger })
    const relaying = relay.start()
    const consumer = startConsumer({ name: 'notifications', db, transport, handlers, logger })
    t.teardown(async () => {
      await Promise.all([relaying.stop(), consumer.close()])
      await relay.close()
    })

    /** Sends events through outbox, relay, queue and inbox, and waits until each has had its effect. */
    const tell = async (...events: NewEvent[]) => {
      await db.transaction().execute((trx) => appendEvents(trx, events, clock.now()))
      await waitFor('every event in the inbox', async () => {
        const { rows } = await sql<{
          open: number
        }>`select count(*) as open from outbox where id not in (select event_id from inbox)`.execute(db)
        return rows[0]?.open === 0
      })
    }
    const sweep = (text: string) => {
      clock.set(at(text).toISOString())
      return sweepDeadlines(db, WAYS, clock.now())
    }
    const messages = async (kindOf: string) => {
      const { rows } = await sql<{ role: string; projects: number; body: string }>`
        select p.role, cardinality(m.project_ids) as projects, m.body from messages m join people p on p.id = m.person_id
        where m.kind = ${kindOf} order by p.role, m.created_at`.execute(db)
      return rows
    }
    const alert = async () => {
      const { rows } = await sql<{ state: string; rung: string; steps: string[] }>`
        select state, rung, (select array_agg(what || coalesce(':' || rung, '') order by id) from alert_steps where alert_id = a.id) as steps
        from alerts a where project_id = ${first.payload.projectId}`.execute(db)
      return rows[0]
    }

    const [first, second] = [project('甲桥'), project('乙路')]
    const cycleId = uuidv7()
    const obligations = [first, second].map(({ payload }) => ({
      obligationId: uuidv7(),
      projectId: payload.projectId,
      unitId: unit,
      dueAt: DUE_AT,
    }))
    const opened: NewEvent = {
      name: 'cycle.opened.v1',
      payload: {
        cycleId,
        period: PERIOD,
        openedAt: at('01T08:00').toISOString(),
        dueAt: DUE_AT,
        lockAt: LOCK_AT,
        obligationCount: 2,
        workdays: WORKDAYS,
      },
    }
    const issued = (index: number): NewEvent => {
      const one = obligations[index]
      return {
        name: 'obligations.issued.v1',
        payload: { cycleId, period: PERIOD, obligations: one === undefined ? [] : [one] },
      }
    }
    const about = (index: number, revision: number) => ({
      obligationId: obligations[index]?.obligationId ?? '',
      projectId: obligations[index]?.projectId ?? '',
      unitId: unit,
      period: PERIOD,
      dueAt: DUE_AT,
      revision,
    })
    const submitted = (index: number, revision: number, text: string): NewEvent => ({
      name: 'report.submitted.v1',
      payload: { ...about(index, revision), submittedAt: at(text).toISOString(), isLate: at(text) > new Date(DUE_AT) },
    })
    const returned = (index: number, revision: number, text: string): NewEvent => ({
      name: 'report.returned.v1',
      payload: {
        ...about(index, revision),
        returnedAt: at(text).toISOString(),
        reasons: [{ field: 'visualProgress', reason: '写明部位' }],
      },
    })

    await t.test('nothing is sent before all obligations of a cycle have arrived, in whatever order', async (t) => {
      await tell(
        issued(0),
        first,
        second,
        ...Object.values(people).map(
          ({ id }): NewEvent => ({ name: 'person.changed.v1', payload: { personId: id, version: 1 } }),
        ),
      )
      await tell(opened)
      t.same(await sweep('02T09:00'), NOTHING, 'one obligation is still under way')
      await tell(issued(1))
      t.same(await sweep('02T09:00'), { ...NOTHING, reminded: 2, messages: 1 })
      t.same(await sweep('02T09:01'), NOTHING, 'sweeping again does nothing')
      t.match(await messages('reminder'), [{ role: 'filer', projects: 2 }], 'one digest for two projects')
    })

    await t.test('two sweeps at once send once', async (t) => {
      clock.set(at('04T09:00').toISOString())
      const results = await Promise.all([1, 2, 3].map(() => sweepDeadlines(db, WAYS, clock.now())))
      t.same(results.map((result) => result.messages).sort(), [0, 0, 1])
    })

    await t.test('a filed report is not chased; the other becomes overdue and climbs a rung at a time', async (t) => {
      await tell(submitted(1, 1, '04T10:00'))
      await sweep('07T09:00')
      await sweep('07T18:00')
      t.match(await messages('overdue'), [
        { role: 'filer', projects: 1 },
        { role: 'head', projects: 1 },
      ])
      t.same(await alert(), { state: 'open', rung: 'head', steps: ['opened', 'escalated:head'] })
      await sweep('08T09:00')
      await sweep('10T09:00')
      t.same(
        (await messages('overdue')).map(({ role }) => role),
        ['filer', 'head', 'leader', 'supervisor'],
      )
      t.same(await alert(), {
        state: 'open',
        rung: 'supervisor',
        steps: ['opened', 'escalated:head', 'escalated:leader', 'escalated:supervisor'],
      })
      t.same(await sweep('14T09:00'), NOTHING, 'after the last step nobody is told again')
    })

    await t.test(
      'a late report closes its alert by itself; a returned one is told at once and chased anew',
      async (t) => {
        clock.set(at('10T11:00').toISOString())
        await tell(submitted(0, 1, '10T10:00'))
        t.match(await alert(), { state: 'closed' })
        await tell(returned(0, 1, '10T11:00'))
        t.match(await messages('returned'), [{ role: 'filer', body: /形象进度：写明部位/ }])
        t.same(await sweep('10T18:00'), NOTHING, 'the unit has until the next workday morning')
        t.match(await sweep('11T09:00'), { opened: 1, alerts: 1, messages: 2 })
        t.match(await alert(), { state: 'open', rung: 'head' }, 'from the lowest rung again')
        t.same((await alert())?.steps.slice(-2), ['reopened', 'escalated:head'])
        await tell(submitted(0, 2, '11T10:00'))
        t.match(await alert(), { state: 'closed' })
      },
    )

    await t.test('events that overtake each other leave the same state', async (t) => {
      await tell(returned(1, 1, '08T10:00'))
      await tell(submitted(1, 3, '09T10:00'))
      await tell(returned(1, 2, '08T12:00'), submitted(1, 2, '08T11:00'))
      const { rows } = await sql`select is_open from obligations where id = ${obligations[1]?.obligationId}`.execute(db)
      t.same(rows, [{ is_open: false }], 'revision 3 is filed')
    })

    await t.test('e-mail reaches a real server once per message, also when the server was down first', async (t) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from deliveries`.execute(db)
      const expected = rows[0]?.count ?? 0
      t.ok(expected > 5)
      const probe = await startMailbox({})
      const { port } = probe
      await probe.close()
      const email = createEmailChannel({ smtpUrl: `smtp://127.0.0.1:${port}`, from: '调度 <tiaodu@localhost>' })
      const delivering = startDelivering({ db, transport, logger, channels: { email }, seal: testSeal })
      t.teardown(async () => {
        await delivering.close()
        email.close()
      })
      await waitFor('a failed attempt', async () => {
        const { rows: failed } =
          await sql`select answer from deliveries where state = 'failed' and answer like '%ECONNREFUSED%'`.execute(db)
        return failed.length > 0
      })
      const mailbox = await startMailbox({ port })
      t.teardown(() => mailbox.close())
      await waitFor('every mail', async () => mailbox.messages().length === expected, 40_000)
      t.equal(mailbox.duplicates(), 0)
      const reminder = mailbox.messages().find(({ subject }) => subject.startsWith('填报提醒'))
      t.same(reminder?.to, ['filer@example.cn'])
      t.match(reminder?.text, /甲桥（一局）/)
      t.match(reminder?.html, /因此收到本邮件/)
      t.match(reminder?.messageId, /@tiaodu>$/)
      await waitFor('every delivery noted as sent', async () => {
        const { rows: open } = await sql`select state from deliveries where state <> 'sent'`.execute(db)
        return open.length === 0
      })

      await sql`update deliveries set state = 'sending', sent_at = null
        where id = (select id from deliveries limit 1)`.execute(db)
      await waitFor('what a killed worker had claimed to be sent again', async () => mailbox.duplicates() === 1, 30_000)
      t.equal(mailbox.messages().length, expected, 'its Message-ID tells that it is a repeat')
    })

    await t.test('after a sleep over several steps there is one digest that says so', async (t) => {
      const late = project('丙厂')
      const next = { cycleId: uuidv7(), period: '2026-10' }
      const one = { obligationId: uuidv7(), projectId: late.payload.projectId, unitId: unit, dueAt: DUE_AT }
      await tell(
        late,
        {
          name: 'cycle.opened.v1',
          payload: {
            ...next,
            openedAt: DUE_AT,
            dueAt: DUE_AT,
            lockAt: LOCK_AT,
            obligationCount: 1,
            workdays: WORKDAYS,
          },
        },
        { name: 'obligations.issued.v1', payload: { ...next, obligations: [one] } },
      )
      const before = (await messages('overdue')).length
      await sweep('15T09:00')
      const sent = (await messages('overdue')).filter(({ body }) => body.includes('丙厂'))
      t.same(
        sent.map(({ role }) => role),
        ['filer', 'head', 'leader', 'supervisor'],
      )
      t.ok(sent.every(({ body }) => body.includes('3 次通知')))
      t.equal((await messages('overdue')).length, before + 4)
    })

    await t.test('a renamed unit and a person who left are known at once, whatever was said before', async (t) => {
      const renamed = (version: number, name: string): NewEvent => ({
        name: 'unit.changed.v1',
        payload: {
          unitId: unit,
          version,
          name,
          kind: 'department',
          regionCode: '410800',
          parentId: null,
          peerGroup: null,
        },
      })
      await tell(renamed(3, '新一局'))
      await tell(renamed(2, '旧一局'), project('丁桥'))
      const { rows } = await sql<{ name: string }>`select name from units where id = ${unit}`.execute(db)
      t.same(rows, [{ name: '新一局' }])
      const changed = ({ id, version }: Person): NewEvent => ({
        name: 'person.changed.v1',
        payload: { personId: id, version },
      })
      const gone = { ...people.head, version: 2, leftOn: '2026-12-15' }
      byId.set(gone.id, gone)
      await tell(changed(gone))
      byId.set(gone.id, people.head)
      await tell(changed(people.head))
      const next = { cycleId: uuidv7(), period: '2026-09' }
      const late = project('戊渠')
      const one = { obligationId: uuidv7(), projectId: late.payload.projectId, unitId: unit, dueAt: DUE_AT }
      const cycle = {
        ...next,
        openedAt: DUE_AT,
        dueAt: DUE_AT,
        lockAt: LOCK_AT,
        obligationCount: 1,
        workdays: WORKDAYS,
      }
      await tell(
        late,
        { name: 'cycle.opened.v1', payload: cycle },
        { name: 'obligations.issued.v1', payload: { ...next, obligations: [one] } },
      )
      await sweep('15T09:30')
      const sent = (await messages('overdue')).filter(({ body }) => body.includes('戊渠（新一局）'))
      t.same(
        sent.map(({ role }) => role),
        ['filer', 'leader', 'supervisor'],
        'the head who left is told nothing',
      )
    })

    await t.test('routes: own inbox, reach and roles', async (t) => {
      const app = createNotificationsApp({ logger, tokens: testTokens, clock, seal: testSeal }, database)
      t.teardown(() => app.close())
      const call = async (actor: Actor, contract: RouteContract, url: string) => {
        const answer = await app.inject({ method: contract.method, url, headers: await signedIn(actor) })
        const schema = contract.schema.response[answer.statusCode]
        if (answer.statusCode < 300)
          t.ok(schema && Schema.Compile(schema).Check(answer.json()), `${url} answers its contract`)
        return { status: answer.statusCode, body: answer.json() }
      }
      const filer = actorOf('filer', { personId: people.filer.id, unitId: unit })
      const stranger = actorOf('filer', { personId: uuidv7(), unitId: uuidv7() })
      const inbox = await call(filer, routes.listInbox, '/api/v1/inbox?limit=2')
      t.equal(inbox.body.items.length, 2)
      t.ok(inbox.body.unreadCount > 2)
      const second = await call(filer, routes.listInbox, `/api/v1/inbox?limit=2&cursor=${inbox.body.nextCursor}`)
      t.notSame(second.body.items[0].id, inbox.body.items[1].id)
      const { id } = inbox.body.items[0]
      t.equal(
        (await call(stranger, routes.readInboxItem, `/api/v1/inbox/${id}/read`)).status,
        404,
        "another's message is not there",
      )
      t.ok((await call(filer, routes.readInboxItem, `/api/v1/inbox/${id}/read`)).body.readAt)
      t.equal((await call(filer, routes.listInbox, '/api/v1/inbox')).body.unreadCount, inbox.body.unreadCount - 1)
      const alerts = await call(actorOf('supervisor'), routes.listAlerts, '/api/v1/alerts?state=open')
      t.same(
        alerts.body.items.map(({ projectName }: { projectName: string }) => projectName),
        ['戊渠', '丙厂'],
      )
      t.equal(alerts.body.items[0].unitName, '新一局')
      t.equal(alerts.body.openCount, 2)
      const countOf = async (query: string) =>
        (await call(actorOf('supervisor'), routes.listAlerts, `/api/v1/alerts?${query}`)).body.openCount
      t.equal(await countOf('kind=report-overdue&state=closed'), 2, 'the open ones, whichever are listed')
      t.equal(await countOf('kind=step-slipped&state=open'), 0, 'the count is of the kind that is asked for')
      const [{ id: alertId }] = alerts.body.items
      const one = await call(filer, routes.getAlert, `/api/v1/alerts/${alertId}`)
      t.match(one.body.timeline, [{ what: 'opened' }, { what: 'escalated', rung: 'head', policyId: 'overdue-0' }])
      t.equal((await call(stranger, routes.getAlert, `/api/v1/alerts/${alertId}`)).status, 403)
      t.equal((await call(stranger, routes.getAlert, `/api/v1/alerts/${uuidv7()}`)).status, 404)
      const groups = await call(actorOf('supervisor'), routes.listAlertGroups, '/api/v1/alerts/groups?by=unit')
      t.match(groups.body.items, [{ name: '新一局', openCount: 2, promised: 0, rung: 'supervisor' }])
      t.match((await call(filer, routes.listAlertGroups, '/api/v1/alerts/groups?by=filer')).body.items, [
        { name: 'filer' },
      ])
      t.same((await call(stranger, routes.listAlerts, '/api/v1/alerts')).body.items, [])
      t.equal((await call(filer, routes.listDeliveries, '/api/v1/deliveries')).status, 403)
      t.equal(
        (await call(actorOf('operator'), routes.listDeliveries, '/api/v1/deliveries?limit=3')).body.items.length,
        3,
      )
      t.equal((await call(filer, routes.listInbox, '/api/v1/inbox?cursor=zz')).status, 400)
    })
  })
}
