import { actorOf } from '@tiaodu/testing'
import { type Actor, type AlertGroup, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'
import { openAlerts } from '../../src/repositories/alerts.repository.ts'
import { startNotifications } from '../fixtures/service.ts'

const { call, clock, database } = await startNotifications(t)
const db = database.kysely
const [unitId, otherUnit, office] = [uuidv7(), uuidv7(), uuidv7()]
const people = { filer: uuidv7(), head: uuidv7(), leader: uuidv7(), supervisor: uuidv7() }
const unitOf = { filer: unitId, head: unitId, leader: office, supervisor: office }
const actor = (role: keyof typeof people): Actor =>
  actorOf(role, { personId: people[role], unitId: unitOf[role], name: `${role}甲` })
const [filer, head, leader, supervisor] = [actor('filer'), actor('head'), actor('leader'), actor('supervisor')]
const stranger = actorOf('head', { personId: uuidv7(), unitId: otherUnit })

t.before(async () => {
  await sql`insert into units values (${unitId}, 1, '水利局')`.execute(db)
  for (const [role, id] of Object.entries(people))
    await sql`insert into people (id, version, name, unit_id, role, region_code, email)
      values (${id}, 1, ${role}, ${unitOf[role as keyof typeof people]}, ${role}, '410800', ${`${role}@example.cn`})`.execute(
      db,
    )
})

/** An alert of a new project that was opened, and told to filer and head, at the clock's time. */
const open = async () => {
  const projectId = uuidv7()
  await sql`insert into projects (id, version, name, region_code, unit_id, filer_id, leader_id)
    values (${projectId}, 1, '九渡水库', '410802', ${unitId}, ${people.filer}, ${people.leader})`.execute(db)
  const fact = {
    ...{ kind: 'difficulty-overdue' as const, subjectId: uuidv7(), projectId, period: null, label: '现场条件' },
    ...{ dueAt: clock.now(), doerId: null, doerUnitId: null },
  }
  await db.transaction().execute((trx) => openAlerts(trx, [fact], clock.now()))
  await sweep()
  const { rows } = await sql<{ id: string }>`select id from alerts where project_id = ${projectId}`.execute(db)
  await heard()
  return { id: rows[0]?.id ?? '' }
}
const sweep = (at = clock.now().toISOString()) => {
  clock.set(at)
  return sweepDeadlines(db, { channels: ['email'], isSimulated: false }, clock.now())
}
/** Who was told since the last time, and what. */
const heard = async () => {
  const { rows } = await sql<{ role: string; body: string }>`
    select p.role, m.body from messages m join people p on p.id = m.person_id order by p.role`.execute(db)
  await sql`delete from deliveries`.execute(db)
  await sql`delete from messages`.execute(db)
  return rows
}
const acknowledge = (id: string, promisedOn: string, by = head) =>
  call(by, routes.acknowledgeAlert, { params: { id }, body: { promisedOn, note: '三户已谈妥' } })
const snooze = (id: string, untilOn: string, by = leader) =>
  call(by, routes.snoozeAlert, { params: { id }, body: { untilOn, note: '等待汛期结束' } })
const close = (id: string) =>
  sql`update alerts set state = 'closed', closed_at = ${clock.now()}, next_at = null where id = ${id}`.execute(db)

t.test('nobody is chased until the promised day has passed; a promise that is broken is told a rung up', async (t) => {
  clock.set('2026-12-01T01:00:00.000Z')
  const { id } = await open()
  const { status, body } = await acknowledge(id, '2026-12-11')
  t.equal(status, 200)
  t.match(body, { promisedOn: '2026-12-11', rung: 'head', state: 'open' })
  t.match(body.timeline.at(-1), { what: 'acknowledged', actorName: 'head甲', note: '2026-12-11：三户已谈妥' })
  await sweep('2026-12-08T01:00:00.000Z')
  t.same(await heard(), [], 'five workdays later the leader would have heard')
  await sweep('2026-12-14T00:59:00.000Z')
  t.same(await heard(), [], 'the promise holds until the morning of the next workday')
  await sweep('2026-12-14T01:00:00.000Z')
  const told = await heard()
  t.same(
    told.map(({ role }) => role),
    ['head', 'leader'],
  )
  t.match(told[0]?.body, /承诺的日期已过/)
  const { body: after } = await call(head, routes.getAlert, { params: { id } })
  t.match(after, { promisedOn: null, rung: 'leader' })
  t.same(
    after.timeline.map(({ what }: { what: string }) => what),
    ['opened', 'escalated', 'acknowledged', 'promiseBroken', 'escalated'],
  )
  await sweep('2026-12-14T02:00:00.000Z')
  t.same(await heard(), [], 'once')
  await close(id)
})

t.test('a promise that is kept is never told of', async (t) => {
  clock.set('2026-12-01T01:00:00.000Z')
  const { id } = await open()
  await acknowledge(id, '2026-12-11', filer)
  await close(id)
  await sweep('2026-12-21T01:00:00.000Z')
  t.same(await heard(), [])
  t.match(await acknowledge(id, '2026-12-25'), { status: 409, body: { code: 'alert-closed' } })
})

t.test('put off with a reason until the morning of a day; then it goes on where it stood', async (t) => {
  clock.set('2026-12-01T01:00:00.000Z')
  const { id } = await open()
  t.match((await snooze(id, '2026-12-15')).body, { snoozedUntil: '2026-12-15T01:00:00.000Z' })
  await sweep('2026-12-15T00:59:00.000Z')
  t.same(await heard(), [])
  await sweep('2026-12-15T01:00:00.000Z')
  t.match(await heard(), [{ role: 'leader' }, { role: 'supervisor' }], 'what fell due meanwhile is told, together')
  const { body } = await call(supervisor, routes.getAlert, { params: { id } })
  t.match(body, { snoozedUntil: null, rung: 'supervisor' })
  t.same(
    body.timeline.map(({ what }: { what: string }) => what),
    ['opened', 'escalated', 'snoozed', 'woken', 'escalated', 'escalated'],
  )
  await close(id)
})

t.test('a day that is no promise, and whoever may not speak for the alert, is refused', async (t) => {
  clock.set('2026-12-01T01:00:00.000Z')
  const { id } = await open()
  for (const day of ['2026-12-01', '2026-11-30', '2027-03-02'])
    t.match(await acknowledge(id, day), { status: 400, body: { errors: [{ field: 'promisedOn' }] } }, day)
  t.equal((await acknowledge(id, '2027-03-01')).status, 200, '90 days from now')
  for (const day of ['2026-12-01', '2027-01-01'])
    t.match(await snooze(id, day), { status: 400, body: { errors: [{ field: 'untilOn' }] } }, day)
  t.match(await snooze(id, '2026-12-10', head), { status: 403, body: { code: 'role-not-allowed' } })
  t.match(await acknowledge(id, '2026-12-10', stranger), { status: 403, body: { code: 'outside-scope' } })
  t.match(await acknowledge(uuidv7(), '2026-12-10'), { status: 404 })
  t.equal((await acknowledge(id, '2026-12-10', actorOf('operator'))).status, 403)
})

t.test('an alert proposes an order; groups count what is promised and put off', async (t) => {
  const { body } = await call(supervisor, routes.listAlertGroups, { query: { by: 'unit' } })
  const [group] = body.items as AlertGroup[]
  t.match(group, { name: '水利局', openCount: 1, promised: 1, snoozed: 0 })
  const { items } = (await call(supervisor, routes.listAlerts, { query: { state: 'open' } })).body
  const params = { id: items[0].id }
  const proposal = await call(supervisor, routes.proposeOrder, { params })
  t.match(proposal.body, { title: '九渡水库：困难和问题超期', leadUnitId: unitId, alertId: params.id, days: 15 })
  t.match(await call(supervisor, routes.createOrder, { body: proposal.body }), {
    status: 201,
    body: { state: 'draft', projectName: '九渡水库', flows: [{ unitName: '水利局', part: 'lead' }] },
  })
  await close(params.id)
  t.match(await call(supervisor, routes.proposeOrder, { params }), { status: 409, body: { code: 'alert-closed' } })
})
