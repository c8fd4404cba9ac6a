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
import { Alert, type EventPayload, type NewEvent, type Person, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import Schema from 'typebox/schema'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createNotificationsApp } from '../../src/app.ts'
import { createHandlers } from '../../src/consumers/notifications.consumer.ts'
import type { DB } from '../../src/generated/tables.ts'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'

const logger = createLogger('test', 'silent')
const WAYS = { channels: ['email'] as const, isSimulated: false }
const unitId = uuidv7()
const projectId = uuidv7()
const someone = (role: Person['role'], fields: Partial<Person> = {}): Person => ({
  ...{ id: uuidv7(), name: role, unitId, role, email: `${role}@example.cn`, mobile: null, leftOn: null },
  ...{ regionCode: '410800', isSimulated: false, version: 1 },
  ...fields,
})
const people = { filer: someone('filer'), head: someone('head'), doer: someone('reviewer', { unitId: uuidv7() }) }
const project: NewEvent = {
  name: 'project.changed.v1',
  payload: {
    ...{ projectId, version: 1, name: '九渡水库', regionCode: '410800', regionName: '焦作市', category: '水利' },
    ...{ tiers: ['city'], stage: 'preliminary', assessmentClass: 'assessed', totalInvestmentYuan: null },
    ...{ responsibleUnitId: unitId, responsibleUnitName: '水利局', filerId: people.filer.id, leaderId: null },
  },
}
const step = (name: string, dueOn: string, personId: string | null = null) => ({
  ...{ stepId: uuidv7(), kind: 'procedure' as const, name, dueOn, unitId: null, personId },
})
const slipped = (steps: EventPayload<'steps.slipped.v1'>['steps']): NewEvent => ({
  name: 'steps.slipped.v1',
  payload: { projectId, steps },
})

for (const { kind, redisUrl } of await testTransports(t)) {
  await t.test(`queues on ${kind}`, async (t) => {
    const database = await createServiceDatabase<DB>(t, 'notifications', migrations)
    const db = database.kysely
    const clock = createTestClock('2026-11-20T01:00:00Z')
    const transport = createTransport({ databaseUrl: database.url, redisUrl, logger })
    const byId = new Map(Object.values(people).map((person) => [person.id, person]))
    const getPerson = async (id: string) => byId.get(id) ?? Promise.reject(new Error('nobody'))
    const handlers = createHandlers({ clock, ways: WAYS, getPerson })
    const relay = createRelay({ db, transport, logger })
    const relaying = relay.start()
    const consumer = startConsumer({ name: 'notifications', db, transport, handlers, logger })
    const app = createNotificationsApp({ logger, tokens: testTokens, clock, seal: testSeal }, database)
    t.teardown(async () => {
      await Promise.all([relaying.stop(), consumer.close()])
      await Promise.all([relay.close(), app.close()])
    })
    const tell = async (...events: NewEvent[]) => {
      await db.transaction().execute((trx) => appendEvents(trx, events, clock.now()))
      await waitFor('every event in the inbox', async () => {
        const { rows } = await sql<{ open: number }>`
          select count(*) as open from outbox where id not in (select event_id from inbox)`.execute(db)
        return rows[0]?.open === 0
      })
    }
    const alerts = async () => {
      const headers = await signedIn(actorOf('supervisor', { regionCode: '410800' }))
      const { items } = (await app.inject({ url: routes.listAlerts.url, headers })).json()
      for (const alert of items) t.ok(Schema.Compile(Alert).Check(alert), 'as the contract says')
      return items as Alert[]
    }
    const mail = async () => {
      const { rows } = await sql<{ role: string; title: string; body: string; why: string; deliveries: number }>`
        select p.role, m.title, m.body, m.why, (select count(*)::int from deliveries d where d.message_id = m.id) as deliveries
        from messages m join people p on p.id = m.person_id order by p.role, m.id`.execute(db)
      return rows
    }
    const [siteOpinion, energy] = [step('用地预审', '2026-11-10'), step('节能审查', '2026-11-19', people.doer.id)]

    await t.test('each step has its alert, and whoever answers for it one message', async (t) => {
      const known = Object.values(people).map(
        ({ id }): NewEvent => ({
          name: 'person.changed.v1',
          payload: { personId: id, version: 1 },
        }),
      )
      await tell(project, ...known)
      await tell(slipped([siteOpinion, energy]))
      await sweepDeadlines(db, WAYS, clock.now())
      t.match(await mail(), [
        { role: 'filer', title: '推进计划滞后：九渡水库（2 项）', why: '您是上述项目的填报人', deliveries: 1 },
        { role: 'head', title: '推进计划滞后：九渡水库（2 项）' },
        { role: 'reviewer', title: '推进计划滞后：九渡水库（1 项）', why: '您是上述事项的办理人' },
      ])
      t.match((await mail())[0]?.body, /前期手续“用地预审”应于 2026-11-10 完成，已滞后 10 天/)
      await sweepDeadlines(db, WAYS, clock.now())
      t.equal((await mail()).length, 3, 'nobody is told twice')
      const open = await alerts()
      t.same(open.map(({ label }) => label).sort(), ['前期手续“用地预审”', '前期手续“节能审查”'].sort())
      t.match(open[0], { kind: 'step-slipped', period: null, state: 'open', rung: 'head', projectName: '九渡水库' })
    })

    await t.test('what is settled closes by itself, what slips again opens again', async (t) => {
      const { stepId } = energy
      await tell({ name: 'step.settled.v1', payload: { projectId, stepId, settledAt: '2026-11-20T02:00:00.000Z' } })
      const find = async () => (await alerts()).find(({ label }) => label === '前期手续“节能审查”')
      t.match(await find(), { state: 'closed', closedAt: '2026-11-20T02:00:00.000Z' })
      clock.set('2026-12-02T01:00:00Z')
      await tell(slipped([{ ...energy, dueOn: '2026-12-01' }]))
      t.match(await find(), {
        state: 'open',
        closedAt: null,
        dueAt: '2026-12-01T15:59:00.000Z',
        timeline: [{ what: 'opened' }, { what: 'escalated' }, { what: 'closed' }, { what: 'reopened' }],
      })
      t.equal((await alerts()).length, 2, 'one alert for a step')
    })
  })
}
