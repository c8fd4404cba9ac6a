import { createLogger, reachOf } from '@tiaodu/service'
import { actorOf, createServiceDatabase, createTestClock, waitFor } from '@tiaodu/testing'
import { type Actor, addDays, type NewOrder, type Person, toDateOn } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import type { FlowRequest } from '../../src/domain/order-flow.ts'
import type { DB } from '../../src/generated/tables.ts'
import { createOrder, moveFlow, moveOrder } from '../../src/operations/keep-orders.ts'
import { noteCycle, noteObligations } from '../../src/operations/note-cycle.ts'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'
import { startSweeping } from '../../src/sweeps.ts'
import { officialWorkdays } from '../fixtures/calendar.ts'
import { at } from '../fixtures/policies.ts'

const { kysely: db } = await createServiceDatabase<DB>(t, 'notifications', migrations)
const WAYS = { channels: ['email'] as const, isSimulated: false }
const WORKDAYS = officialWorkdays()
const [UNIT, OTHER, OFFICE] = [uuidv7(), uuidv7(), uuidv7()]

type Role = Person['role']
/** Somebody by a short name: role, and a unit that is not the project's. */
type Someone = readonly [name: string, role: Role, unit?: string]
const CHAIN: readonly Someone[] = [
  ['filer', 'filer'],
  ['head', 'head'],
  ['leader', 'leader', OFFICE],
  ['supervisor', 'supervisor', OFFICE],
  ['operator', 'operator', OFFICE],
]
const without = (...names: string[]) => CHAIN.filter(([name]) => !names.includes(name))
const ids = new Map<string, string>()
const idOf = (name: string) => {
  const id = ids.get(name) ?? uuidv7()
  ids.set(name, id)
  return id
}
const appoint = async ([name, role, unit = UNIT]: Someone) => {
  await sql`insert into people (id, version, name, unit_id, role, region_code) values (${idOf(name)}, 1, ${name}, ${unit}, ${role}, '410800')
    on conflict (id) do update set unit_id = excluded.unit_id`.execute(db)
}

const TABLES = [
  ...['order_moments', 'order_flows', 'orders', 'alert_steps', 'alerts', 'deliveries', 'messages'],
  ...['obligations', 'cycles', 'projects', 'people', 'units', 'sweeps'],
]

/** One report of one project, its filer and leader named, whoever of them there is. */
async function begin(people: readonly Someone[], due: string, lock = addDays(due.slice(0, 10), 60)): Promise<void> {
  for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(db)
  await sql`insert into units values (${UNIT}, 1, '水利局')`.execute(db)
  for (const one of people) await appoint(one)
  const projectId = uuidv7()
  await sql`insert into projects (id, version, name, region_code, unit_id, filer_id, leader_id)
    values (${projectId}, 1, '九渡水库', '410802', ${UNIT}, ${idOf('filer')}, ${idOf('leader')})`.execute(db)
  const [dueAt, lockAt] = [at(due).toISOString(), (lock.length > 10 ? at(lock) : at(`${lock}T00:00`)).toISOString()]
  const first = addDays(due.slice(0, 10), -30)
  const about = { cycleId: uuidv7(), period: due.slice(0, 7) }
  await db.transaction().execute(async (trx) => {
    const workdays = WORKDAYS.filter((day) => day >= first && day <= toDateOn(new Date(lockAt)))
    await noteCycle(trx, { ...about, openedAt: dueAt, dueAt, lockAt, obligationCount: 1, workdays })
    await noteObligations(trx, { ...about, obligations: [{ obligationId: uuidv7(), projectId, unitId: UNIT, dueAt }] })
  })
}

/** Who has been told what since the last time. */
async function heard(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select p.name || ' ' || m.kind as line from messages m join people p on p.id = m.person_id order by 1`.execute(db)
  await sql`delete from deliveries`.execute(db)
  await sql`delete from messages`.execute(db)
  return rows.map(({ line }) => line)
}
const sweep = async (time: string) => {
  await sweepDeadlines(db, WAYS, at(time))
  return heard()
}

interface Case {
  readonly what: string
  readonly people?: readonly Someone[]
  readonly due: string
  readonly lock?: string
  /** Nobody has looked the day before. */
  readonly isFresh?: true
  /** In order: a sweep at this time tells these. */
  readonly sweeps: readonly (readonly [time: string, ...told: string[]])[]
  /** Who comes or goes just before the sweep at a time. */
  readonly moves?: Readonly<Record<string, Someone>>
}
const OVERDUE = ['filer overdue', 'head overdue'] as const

// biome-ignore format: a table reads by rows
const TABLE: readonly Case[] = [
  { what: 'before, at and after each instant', due: '2026-03-05T18:00', sweeps: [
    ['2026-03-02T08:59'], ['2026-03-02T09:00', 'filer reminder'], ['2026-03-02T09:01'],
    ['2026-03-04T08:59'], ['2026-03-04T09:00', 'filer reminder'], ['2026-03-04T09:01'],
    ['2026-03-05T08:59'], ['2026-03-05T09:00', 'filer reminder'], ['2026-03-05T09:01'],
    ['2026-03-05T17:59'], ['2026-03-05T18:00', ...OVERDUE], ['2026-03-05T18:01'],
    ['2026-03-06T08:59'], ['2026-03-06T09:00', 'leader overdue'], ['2026-03-06T09:01'],
    ['2026-03-10T08:59'], ['2026-03-10T09:00', 'supervisor overdue'], ['2026-03-10T09:01'], ['2026-04-10T09:00']] },
  { what: 'a closed period: from the lock on nobody is chased', due: '2026-03-05T18:00', lock: '2026-03-07T00:00', sweeps: [
    ['2026-03-05T18:00', ...OVERDUE], ['2026-03-06T09:00', 'leader overdue'], ['2026-03-10T09:00'], ['2026-03-20T09:00']] },
  { what: 'a period that was locked before anybody looked', due: '2026-03-05T18:00', lock: '2026-03-07T00:00', isFresh: true, sweeps: [
    ['2026-03-07T00:00'], ['2026-03-08T09:00']] },
  { what: 'a weekend', due: '2026-06-05T18:00', sweeps: [
    ['2026-06-05T18:00', ...OVERDUE], ['2026-06-06T09:00'], ['2026-06-07T09:00'], ['2026-06-08T09:00', 'leader overdue'],
    ['2026-06-09T09:00'], ['2026-06-10T09:00', 'supervisor overdue']] },
  { what: 'Spring Festival 2025, 28 January to 4 February; the Saturday after is a workday', due: '2025-01-27T18:00', sweeps: [
    ['2025-01-23T09:00', 'filer reminder'], ['2025-01-25T09:00'], ['2025-01-26T09:00', 'filer reminder'],
    ['2025-01-27T18:00', ...OVERDUE], ['2025-01-28T09:00'], ['2025-02-04T23:59'], ['2025-02-05T09:00', 'leader overdue'],
    ['2025-02-07T09:00', 'supervisor overdue']] },
  { what: 'Labour Day 2025, 1 to 5 May; Sunday 27 April is a workday', due: '2025-04-28T18:00', sweeps: [
    ['2025-04-24T09:00', 'filer reminder'], ['2025-04-26T09:00'], ['2025-04-27T09:00', 'filer reminder'],
    ['2025-04-28T18:00', ...OVERDUE], ['2025-04-29T09:00', 'leader overdue'], ['2025-05-01T09:00'], ['2025-05-05T09:00'],
    ['2025-05-06T09:00', 'supervisor overdue']] },
  { what: 'National Day 2025, 1 to 8 October; Sunday 28 September and Saturday 11 October are workdays', due: '2025-09-30T18:00', sweeps: [
    ['2025-09-26T09:00', 'filer reminder'], ['2025-09-27T09:00'], ['2025-09-29T09:00', 'filer reminder'],
    ['2025-09-30T18:00', ...OVERDUE], ['2025-10-01T09:00'], ['2025-10-08T09:00'], ['2025-10-09T09:00', 'leader overdue'],
    ['2025-10-10T09:00'], ['2025-10-11T08:59'], ['2025-10-11T09:00', 'supervisor overdue']] },
  { what: 'Spring Festival 2026, 15 to 23 February; Saturdays 14 and 28 February are workdays', due: '2026-02-13T18:00', sweeps: [
    ['2026-02-13T18:00', ...OVERDUE], ['2026-02-14T08:59'], ['2026-02-14T09:00', 'leader overdue'], ['2026-02-16T09:00'],
    ['2026-02-24T09:00'], ['2026-02-25T09:00', 'supervisor overdue']] },
  { what: 'Qingming 2026, 4 to 6 April', due: '2026-04-03T18:00', sweeps: [
    ['2026-04-03T18:00', ...OVERDUE], ['2026-04-06T09:00'], ['2026-04-07T09:00', 'leader overdue'], ['2026-04-09T09:00', 'supervisor overdue']] },
  { what: 'National Day 2026, 1 to 7 October; Saturday 10 October is a workday', due: '2026-09-30T18:00', sweeps: [
    ['2026-09-30T18:00', ...OVERDUE], ['2026-10-07T09:00'], ['2026-10-08T09:00', 'leader overdue'], ['2026-10-10T09:00', 'supervisor overdue']] },
  { what: 'a person who changes unit: the unit’s other filer hears from then on', due: '2026-03-05T18:00',
    people: [...CHAIN, ['heir', 'filer']], moves: { '2026-03-05T09:00': ['filer', 'filer', OTHER] }, sweeps: [
    ['2026-03-04T09:00', 'filer reminder'], ['2026-03-05T09:00', 'heir reminder'], ['2026-03-05T18:00', 'head overdue', 'heir overdue']] },
  { what: 'a person who changes unit and leaves nobody: the next rung hears, and the operator of the gap', due: '2026-03-05T18:00',
    moves: { '2026-03-05T09:00': ['filer', 'filer', OTHER] }, sweeps: [
    ['2026-03-04T09:00', 'filer reminder'], ['2026-03-05T09:00', 'head reminder', 'operator contactMissing'],
    ['2026-03-05T18:00', 'head overdue', 'operator contactMissing']] },
  { what: 'two people who share a role', due: '2026-03-05T18:00',
    people: [...CHAIN, ['deputy', 'head'], ['second', 'supervisor', OFFICE]], sweeps: [
    ['2026-03-05T18:00', 'deputy overdue', ...OVERDUE], ['2026-03-06T09:00', 'leader overdue'],
    ['2026-03-10T09:00', 'second overdue', 'supervisor overdue']] },
  { what: 'a unit without contact: the leader hears, and the operator is told', due: '2026-03-05T18:00', people: without('filer', 'head'), sweeps: [
    ['2026-03-02T09:00', 'leader reminder', 'operator contactMissing'],
    ['2026-03-05T18:00', 'leader overdue', 'operator contactMissing'], ['2026-03-06T09:00', 'leader overdue']] },
  { what: 'neither a contact nor a leader: the supervisor', due: '2026-03-05T18:00', people: without('filer', 'head', 'leader'), sweeps: [
    ['2026-03-05T18:00', 'operator contactMissing', 'supervisor overdue']] },
  { what: 'nobody at all: the operator', due: '2026-03-05T18:00', people: without('filer', 'head', 'leader', 'supervisor'), sweeps: [
    ['2026-03-05T18:00', 'operator contactMissing']] },
]

for (const { what, people = CHAIN, due, lock, isFresh = false, sweeps, moves = {} } of TABLE) {
  t.test(what, async (t) => {
    await begin(people, due, lock)
    // What was told before the first row is not asked about.
    const [first] = sweeps[0] ?? ['']
    if (!isFresh) await sweep(addDays(first.slice(0, 10), -1) + first.slice(10))
    for (const [time, ...told] of sweeps) {
      const move = moves[time]
      if (move !== undefined) await appoint(move)
      t.same(await sweep(time), [...told].sort(), time)
    }
  })
}

t.test('a due instant that an extension has moved: nothing at the old one, everything at the new one', async (t) => {
  await begin(CHAIN, '2026-06-05T18:00')
  const actor = (name: string, role: Role, unitId = OFFICE) => actorOf(role, { personId: idOf(name), name, unitId })
  const [head, leader, supervisor] = [
    actor('head', 'head', UNIT),
    actor('leader', 'leader'),
    actor('supervisor', 'supervisor'),
  ]
  const by = (who: Actor, time: string) => ({
    ...{ actor: who, now: at(time), reach: reachOf(who), expectedVersion: undefined, ways: WAYS },
  })
  const entered: NewOrder = {
    title: '征地',
    demand: '限期完成',
    urgency: 'express',
    days: 5,
    leadUnitId: UNIT,
    cooperatingUnitIds: [],
  }
  const { id } = await createOrder(db, entered, by(supervisor, '2026-03-02T10:00'))
  const issued = await moveOrder(db, id, { action: 'issue' }, by(supervisor, '2026-03-02T10:00'))
  const flowId = issued.flows[0]?.id ?? ''
  const act = async (who: Actor, time: string, request: FlowRequest) => {
    await moveFlow(db, id, flowId, request, by(who, time))
    await heard()
  }
  await heard()
  t.same(await sweep('2026-03-03T09:59'), [])
  t.same(await sweep('2026-03-03T10:00'), ['filer order', 'head order', 'supervisor order'], 'not signed for')
  await act(head, '2026-03-03T11:00', { action: 'sign' })
  await act(head, '2026-03-05T11:00', {
    action: 'askExtension',
    note: '雨季',
    newDueOn: '2026-03-12',
    progress: '八成',
  })
  t.same(
    await sweep('2026-03-06T09:00'),
    ['filer order', 'head order'],
    'it was asked for only: due on Saturday, a workday before',
  )
  await act(leader, '2026-03-06T10:00', { action: 'grantExtension' })
  await act(supervisor, '2026-03-06T11:00', { action: 'grantExtension' })
  t.same(await sweep('2026-03-07T18:00'), [], 'the old due instant')
  t.same(await sweep('2026-03-09T09:00'), [])
  t.same(await sweep('2026-03-11T08:59'), [])
  t.same(await sweep('2026-03-11T09:00'), ['filer order', 'head order'], 'a workday before the new one')
  t.same(await sweep('2026-03-12T17:59'), [])
  t.same(await sweep('2026-03-12T18:00'), ['filer order', 'head order'])
  t.same(await sweep('2026-03-13T09:00'), ['supervisor order'])
  t.same(await sweep('2026-03-20T09:00'), [], 'once each')
})

t.test('stopped over three due steps and started: one digest that says so, not three', async (t) => {
  await begin(CHAIN, '2026-03-05T18:00')
  const clock = createTestClock(at('2026-03-05T17:00').toISOString())
  const logger = createLogger('test', 'silent')
  const start = () => startSweeping({ db, clock, ways: WAYS, logger, everySeconds: 1 })
  const swept = (time: string) =>
    waitFor(`a sweep at ${time}`, async () => {
      const { rows } = await sql<{ through: Date }>`select swept_through as through from sweeps`.execute(db)
      return (rows[0]?.through ?? new Date(0)) >= at(time)
    })
  const before = start()
  await swept('2026-03-05T17:00')
  await before.stop()
  t.same(await heard(), ['filer reminder'])
  clock.set(at('2026-03-11T10:00').toISOString())
  const after = start()
  await swept('2026-03-11T10:00')
  const { rows } = await sql<{ name: string; body: string }>`
    select p.name, m.body from messages m join people p on p.id = m.person_id order by p.name`.execute(db)
  t.same(
    rows.map(({ name }) => name),
    ['filer', 'head', 'leader', 'supervisor'],
  )
  for (const { name, body } of rows) t.match(body, /此前应发而未发的 3 次通知，不再另发/, name)
  clock.set(at('2026-03-11T11:00').toISOString())
  await swept('2026-03-11T11:00')
  await after.stop()
  const { rows: all } = await sql<{ count: number }>`select count(*)::int as count from messages`.execute(db)
  t.equal(all[0]?.count, 4, 'and nothing follows')
})
