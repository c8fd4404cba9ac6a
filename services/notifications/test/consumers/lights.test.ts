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
const [unitId, otherUnit, projectId] = [uuidv7(), uuidv7(), uuidv7()]
const someone = (role: Person['role'], unit = unitId): Person => ({
  ...{ id: uuidv7(), name: role, unitId: unit, role, email: `${role}@example.cn`, mobile: null, leftOn: null },
  ...{ regionCode: '410800', isSimulated: false, version: 1 },
})
const people = { filer: someone('filer'), head: someone('head'), coordinator: someone('head', otherUnit) }
const project: NewEvent = {
  name: 'project.changed.v1',
  payload: {
    ...{ projectId, version: 1, name: '九渡水库', regionCode: '410800', regionName: '焦作市', category: '水利' },
    ...{ tiers: ['city'], stage: 'building', assessmentClass: 'assessed', totalInvestmentYuan: null },
    ...{ responsibleUnitId: unitId, responsibleUnitName: '水利局', filerId: people.filer.id, leaderId: null },
  },
}
const reason = (code: string, zh: string) => ({ code, zh, en: zh })
const BEHIND = reason('behind-schedule', '落后序时进度 20 个百分点')
const MISSED = reason('start-missed', '应于 2026-08 开工，已逾 3 个月')
const GAP = reason('funds-gap', '1500 万元资金未到位')

for (const { kind, redisUrl } of await testTransports(t)) {
  await t.test(`queues on ${kind}`, async (t) => {
    const database = await createServiceDatabase<DB>(t, 'notifications', migrations)
    const db = database.kysely
    const clock = createTestClock('2026-11-20T01:00:00.000Z')
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
    const lights = (revision: number, ...reasons: EventPayload<'lights.changed.v1'>['projects'][number]['reasons']) =>
      tell({
        name: 'lights.changed.v1',
        payload: {
          ...{ period: '2026-10', changedAt: clock.now().toISOString() },
          projects: [{ projectId, revision, light: reasons.length === 0 ? 'green' : 'yellow', reasons }],
        },
      })
    const alerts = async () => {
      const headers = await signedIn(actorOf('supervisor'))
      const { items } = (await app.inject({ url: routes.listAlerts.url, headers })).json()
      for (const alert of items) t.ok(Schema.Compile(Alert).Check(alert), 'as the contract says')
      return items as Alert[]
    }
    const alert = async (wanted: string) => (await alerts()).find((one) => one.kind === wanted)
    const heard = async () => {
      const { rows } = await sql<{ person: string; title: string; body: string }>`
        select p.role || case when p.unit_id = ${otherUnit} then ' of the other unit' else '' end as person, m.title, m.body
        from messages m join people p on p.id = m.person_id order by 1, m.created_at`.execute(db)
      await sql`delete from deliveries`.execute(db)
      await sql`delete from messages`.execute(db)
      return rows
    }
    const sweep = (at: string) => {
      clock.set(at)
      return sweepDeadlines(db, WAYS, clock.now())
    }

    await t.test('each reason of a light has its alert; a greater one keeps a lesser one quiet', async (t) => {
      const known = Object.values(people).map(
        ({ id }): NewEvent => ({ name: 'person.changed.v1', payload: { personId: id, version: 1 } }),
      )
      await tell(project, ...known)
      await lights(1, BEHIND, MISSED, GAP, reason('report-missed', '缺报 1 个月'))
      await sweep('2026-11-20T01:00:00.000Z')
      t.same((await alerts()).map((one) => [one.kind, one.isInhibited]).sort(), [
        ['behind-schedule', true],
        ['funds-gap', false],
        ['start-missed', false],
      ])
      t.match(await alert('start-missed'), {
        ...{ period: '2026-10', label: MISSED.zh, state: 'open', rung: 'head', dueAt: '2026-10-31T15:59:00.000Z' },
        timeline: [{ what: 'opened' }, { what: 'escalated', rung: 'head', policyId: 'start-0' }],
      })
      t.match(await alert('behind-schedule'), { timeline: [{ what: 'opened' }, { what: 'inhibited' }] })
      const told = await heard()
      t.same(
        told.map(({ person }) => person),
        ['filer', 'head'],
        'one digest for each',
      )
      t.match(told[0]?.body, /应于 2026-08 开工/)
      t.notMatch(told[0]?.body, /落后序时进度/)
    })

    await t.test('an alert closes with its reason, and the one that it kept quiet is told then', async (t) => {
      await lights(2, BEHIND, GAP)
      t.match(await alert('start-missed'), { state: 'closed' })
      await sweep('2026-11-20T02:00:00.000Z')
      t.match(await alert('behind-schedule'), {
        isInhibited: false,
        timeline: [{ what: 'opened' }, { what: 'inhibited' }, { what: 'released' }, { what: 'escalated' }],
      })
      t.match(await heard(), [{ person: 'filer', body: /落后序时进度 20/ }, { person: 'head' }])
    })

    await t.test('of two words about a project the newer one counts, in whatever order they arrive', async (t) => {
      await lights(4, reason('behind-schedule', '落后序时进度 35 个百分点'))
      await lights(3, MISSED)
      t.same(
        (await alerts()).filter(({ state }) => state === 'open').map((one) => [one.kind, one.label]),
        [['behind-schedule', '落后序时进度 35 个百分点']],
      )
      await sweep('2026-11-20T03:00:00.000Z')
      t.same(await heard(), [], 'other figures of the same fact are no news')
      await lights(5)
      t.same(
        (await alerts()).filter(({ state }) => state === 'open'),
        [],
      )
    })

    await t.test(
      'a difficulty opens, closes when it gets a day to come, and opens again when that has passed',
      async (t) => {
        const difficulty = (dueOn: string) => ({
          ...{
            difficultyId,
            projectId,
            unitInChargeId: otherUnit,
            category: 'site' as const,
            coordinationLevel: 2,
            dueOn,
          },
        })
        const difficultyId = uuidv7()
        await tell({ name: 'difficulty.slipped.v1', payload: difficulty('2026-11-18') })
        await sweep('2026-11-20T04:00:00.000Z')
        t.match(await alert('difficulty-overdue'), { state: 'open', label: '现场条件，协调层级 2 级' })
        t.same(
          (await heard()).map(({ person }) => person),
          ['filer', 'head', 'head of the other unit'],
        )
        const rescheduledAt = '2026-11-20T04:30:00.000Z'
        await tell({ name: 'difficulty.rescheduled.v1', payload: { ...difficulty('2026-11-25'), rescheduledAt } })
        t.match(await alert('difficulty-overdue'), { state: 'closed', closedAt: rescheduledAt })
        clock.set('2026-11-26T01:00:00.000Z')
        await tell({ name: 'difficulty.slipped.v1', payload: difficulty('2026-11-25') })
        t.match(await alert('difficulty-overdue'), { state: 'open', dueAt: '2026-11-25T15:59:00.000Z' })
        const resolvedAt = '2026-11-26T02:00:00.000Z'
        await tell({ name: 'difficulty.resolved.v1', payload: { ...difficulty('2026-11-25'), resolvedAt } })
        t.match(await alert('difficulty-overdue'), {
          ...{ state: 'closed', closedAt: resolvedAt },
          timeline: [
            { what: 'opened' },
            { what: 'escalated' },
            { what: 'closed' },
            { what: 'reopened' },
            { what: 'closed' },
          ],
        })
      },
    )
  })
}
