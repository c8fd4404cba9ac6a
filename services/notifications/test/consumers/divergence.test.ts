import { actorOf } from '@tiaodu/testing'
import { type EventPayload, type Person, routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { createHandlers } from '../../src/consumers/notifications.consumer.ts'
import { savePerson } from '../../src/repositories/directory.repository.ts'
import { operator, startNotifications } from '../fixtures/service.ts'

const { call, clock, database } = await startNotifications(t)
const db = database.kysely
const nobody = async () => Promise.reject(new Error('nobody'))
const handlers = createHandlers({ clock, ways: { channels: ['email'], isSimulated: false }, getPerson: nobody })

const register = async (name: string, role: Person['role'], regionCode: string) => {
  const person: Person = {
    ...{ id: uuidv7(), name, role, regionCode, unitId: uuidv7(), email: `${uuidv7()}@example.cn`, mobile: null },
    ...{ leftOn: null, isSimulated: false, version: 1 },
  }
  await savePerson(db, person)
}
await register('市操作', 'operator', '410800')
await register('区操作', 'operator', '410802')
await register('邻市操作', 'operator', '410900')
await register('督查', 'supervisor', '411000')

/** Who is told of a divergence and what of it is queued, by name. */
async function told(more: Partial<EventPayload<'rollups.diverged.v1'>>) {
  await sql`delete from deliveries`.execute(db)
  await sql`delete from messages`.execute(db)
  const payload = { reconciliationId: uuidv7(), reconciledOn: '2026-11-20', differenceCount: 2, ...more }
  const event = { id: uuidv7(), name: 'rollups.diverged.v1' as const, occurredAt: clock.now().toISOString(), payload }
  await db.transaction().execute((trx) => handlers['rollups.diverged.v1'](trx, event))
  const { rows } = await sql<{ name: string; mails: number }>`
    select p.name, (select count(*)::int from deliveries d where d.message_id = m.id and d.channel = 'email') as mails
    from messages m join people p on p.id = m.person_id `.execute(db)
  return rows.map(({ name, mails }) => `${name} ${mails}`).sort()
}

t.test('operators whose region covers one that is concerned hear of it once, by mail too', async (t) => {
  t.same(await told({ regionCodes: ['410802', '410803'] }), ['区操作 1', '市操作 1'])
  const { rows } = await sql`select kind, title, why, grounds from messages limit 1`.execute(db)
  t.match(rows, [
    {
      kind: 'rollupsDiverged',
      title: '对账不符：2 处汇总与明细之和不等（2026-11-20）',
      why: '您是系统管理员',
      grounds: [{ policyId: 'diverged', fact: 'rollups-diverged', role: 'operator', count: 2 }],
    },
  ])
  t.same(await told({ regionCodes: ['410803'] }), ['市操作 1'], 'not the district beside it')
  t.same(await told({ regionCodes: ['411000'] }), ['督查 1'], 'where there is no operator the supervisors hear of it')
  t.same(await told({}), ['区操作 1', '市操作 1', '邻市操作 1'], 'an event of before does not say where')
})

t.test('who hears of it, and how, is a policy', async (t) => {
  const { body } = await call(operator, routes.listPolicies)
  const {
    id,
    version,
    at: _at,
    actorId: _id,
    actorName: _name,
    ...fields
  } = body.items.find(({ fact }: { fact: string }) => fact === 'rollups-diverged')
  const put = (changes: object, ifMatch: number) =>
    call(actorOf('supervisor', { personId: uuidv7() }), routes.putPolicy, {
      params: { id },
      body: { ...fields, reason: '试行', ...changes },
      headers: { 'if-match': `"${ifMatch}"` },
    })
  t.match(await put({ mode: 'digest' }, version), { status: 400, body: { errors: [{ field: 'mode' }] } })
  t.equal((await put({ tells: ['supervisor', 'operator'], channels: [] }, version)).status, 200)
  t.same(await told({ regionCodes: ['411000', '410900'] }), ['督查 0', '邻市操作 0'])
  t.equal((await put({ isActive: false }, version + 1)).status, 200)
  t.same(await told({ regionCodes: ['410800'] }), [])
})
