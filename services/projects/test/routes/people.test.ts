import { actorOf } from '@tiaodu/testing'
import { type ListedAppointment, type ListedPerson, routes, type Unit, type Version } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, unit, events } = await startService(t)
const { createPerson, listPeople, listUnits } = routes
const [bureau, office] = [await unit('市工信局'), await unit('市重点办 100%')]

const register = async (name: string, unitId: string, role: string) =>
  call(operator, createPerson, { body: { name, unitId, role, email: `${role}@example.com` } })
for (const role of ['filer', 'head']) await register(`王${role}`, bureau, role)
await register('李_四', office, 'filer')

const found = async (query: Record<string, string>, actor = operator): Promise<ListedPerson[]> =>
  (await call(actor, listPeople, { query })).body.items
const namesOf = (rows: { name: string }[]) => rows.map(({ name }) => name)

t.test('people are found by unit, role and any part of their name, each with the unit’s name', async (t) => {
  t.same(namesOf(await found({ unitId: bureau })), ['王filer', '王head'])
  t.same(namesOf(await found({ role: 'filer' })), ['李_四', '王filer'])
  t.same(namesOf(await found({ role: 'filer', unitId: bureau })), ['王filer'])
  t.same(namesOf(await found({ q: '王FI' })), ['王filer'])
  t.same(namesOf(await found({ q: '_' })), ['李_四'], 'a wildcard of SQL is a character like others')
  t.same(await found({ unitId: UNKNOWN }), [])
  t.match(await found({ q: '四' }), [{ unitId: office, unitName: '市重点办 100%', regionCode: '410800' }])
})

t.test('units are found by any part of their name', async (t) => {
  const units = async (q: string): Promise<Unit[]> => (await call(operator, listUnits, { query: { q } })).body.items
  t.same(namesOf(await units('工信')), ['市工信局'])
  t.same(namesOf(await units('%')), ['市重点办 100%'])
  t.same(await units('水利'), [])
})

t.test('filers and heads see the addresses of their own unit and no others', async (t) => {
  for (const role of ['filer', 'head'] as const) {
    const rows = await found({}, actorOf(role, { unitId: bureau }))
    t.same(
      rows.map(({ email }) => email),
      [null, 'filer@example.com', 'head@example.com'],
    )
  }
  t.same(
    (await found({}, actorOf('filer'))).filter(({ email }) => email !== null),
    [],
  )
  t.equal((await found({}, actorOf('reviewer')))[0]?.email, 'filer@example.com')
})

const { createAppointment, createProject, endAppointment, getPerson, listAppointments, listPersonVersions } = routes
const { updatePerson, updateProject } = routes

t.test('every change of a person is a version; the event about it carries ids alone', async (t) => {
  const { id } = (await register('赵六', bureau, 'filer')).body
  const { length } = await events()
  const patch = { name: '赵小六', mobile: '13800000000', reason: '更名' }
  const changed = await call(operator, updatePerson, { params: { id }, body: patch, ifMatch: '"1"' })
  t.match(changed, { status: 200, body: { name: '赵小六', mobile: '13800000000', version: 2, leftOn: null } })
  t.same((await events()).slice(length), [{ name: 'person.changed.v1', payload: { personId: id, version: 2 } }])
  const versions: Version[] = (await call(operator, listPersonVersions, { params: { id } })).body.items
  t.match(versions[0], { version: 2, reason: '更名', actorName: 'test operator' })
  t.same(versions[0]?.changes, [
    { field: 'name', from: '赵六', to: '赵小六' },
    { field: 'mobile', from: null, to: '13800000000' },
  ])
  const before = [await call(operator, getPerson, { params: { id } }), await events()]
  const cases: [Record<string, unknown>, string[]][] = [
    [{ mobile: '123' }, ['validation-failed', 'mobile']],
    [{ name: null }, ['validation-failed', 'name']],
    [{ unitId: UNKNOWN }, ['unknown-reference', 'unitId']],
    [{ leftOn: '2026-11-21' }, ['validation-failed', 'leftOn']],
    [{ leftOn: '2026-11-19' }, ['validation-failed', 'leftOn']],
    [{ role: 'contact' }, ['validation-failed', 'role']],
    [{ version: 9 }, ['validation-failed', 'version']],
  ]
  for (const [body, expected] of cases) {
    t.same(await refusal(operator, updatePerson, { params: { id }, body }), expected, JSON.stringify(body))
  }
  const late = { params: { id }, body: { name: '迟到' }, ifMatch: '"1"' }
  t.same(await refusal(operator, updatePerson, late), ['version-mismatch', 'If-Match'])
  t.same([await call(operator, getPerson, { params: { id } }), await events()], before)
  t.same(await refusal(operator, listPersonVersions, { params: { id: UNKNOWN } }), ['not-found', 'id'])
})

const appointmentsOf = async (query: Record<string, string>, actor = operator): Promise<ListedAppointment[]> =>
  (await call(actor, listAppointments, { query })).body.items

t.test('a person holds several roles in several units; the main one moves with the person', async (t) => {
  const { id } = (await register('孙七', bureau, 'head')).body
  const params = { id }
  const body = { unitId: office, role: 'leader', fromOn: '2026-11-20', reason: '分管' }
  t.match(await call(operator, createAppointment, { params, body }), { status: 201, body: { isMain: false } })
  t.same(await refusal(operator, createAppointment, { params, body }), ['already-exists', 'role'])
  for (const [fields, expected] of [
    [{ unitId: UNKNOWN }, ['unknown-reference', 'unitId']],
    [{ role: 'king' }, ['validation-failed', 'role']],
    [{ fromOn: '2026-11-21', role: 'filer' }, ['validation-failed', 'fromOn']],
  ] as const) {
    t.same(await refusal(operator, createAppointment, { params, body: { ...body, ...fields } }), expected)
  }
  t.match((await call(operator, updatePerson, { params, body: { unitId: office, role: 'filer' } })).body, {
    unitId: office,
    role: 'filer',
    version: 3,
  })
  t.match(await appointmentsOf({ personId: id }), [
    { role: 'filer', unitId: office, isMain: true, untilOn: null },
    { role: 'leader', unitId: office, unitName: '市重点办 100%', isMain: false, personName: '孙七' },
  ])
  t.match(await appointmentsOf({ personId: id, withEnded: 'true', role: 'head' }), [
    { unitId: bureau, isMain: true, untilOn: '2026-11-20' },
  ])
})

t.test('a contact is whom all may turn to; the appointment ends with a date', async (t) => {
  const { id } = (await register('周八', bureau, 'filer')).body
  const body = { unitId: bureau, role: 'contact', fromOn: '2026-11-20' }
  const appointment = (await call(operator, createAppointment, { params: { id }, body })).body
  const stranger = actorOf('filer', { unitId: office })
  t.match(await appointmentsOf({ unitId: bureau, role: 'contact' }, stranger), [
    { personName: '周八', email: 'filer@example.com' },
  ])
  t.match(await appointmentsOf({ personId: id, role: 'filer' }, stranger), [{ personName: '周八', email: null }])
  const params = { id, appointmentId: appointment.id }
  t.same(await refusal(operator, endAppointment, { params, body: { untilOn: '2026-11-19' } }), [
    'validation-failed',
    'untilOn',
  ])
  t.match(await call(operator, endAppointment, { params, body: { untilOn: '2026-11-20' } }), {
    status: 200,
    body: { id: appointment.id, untilOn: '2026-11-20' },
  })
  t.same(await appointmentsOf({ unitId: bureau, role: 'contact' }), [])
  const [main] = await appointmentsOf({ personId: id })
  for (const [appointmentId, expected] of [
    [appointment.id, ['validation-failed', 'appointmentId']],
    [main?.id ?? '', ['validation-failed', 'appointmentId']],
    [UNKNOWN, ['not-found', 'appointmentId']],
  ]) {
    const asked = { params: { id, appointmentId }, body: { untilOn: '2026-11-20' } }
    t.same(await refusal(operator, endAppointment, asked), expected)
  }
})

t.test('who left is in no list, is appointed to nothing, and answers for no further project', async (t) => {
  const { id } = (await register('吴九', bureau, 'filer')).body
  const leader = (await register('郑十', office, 'leader')).body.id
  const named = { responsibleUnitId: bureau, filerId: id, leaderId: leader }
  const project = (await call(operator, createProject, { body: newProject('水库', named) })).body
  for (const person of [id, leader]) {
    await call(operator, updatePerson, { params: { id: person }, body: { leftOn: '2026-11-20', reason: '退休' } })
  }
  t.same(await found({ q: '吴九' }), [])
  t.match(await found({ q: '吴九', withLeft: 'true' }), [{ leftOn: '2026-11-20' }])
  t.same(await appointmentsOf({ personId: id }), [])
  const body = { unitId: bureau, role: 'contact', fromOn: '2026-11-20' }
  t.same(await refusal(operator, createAppointment, { params: { id }, body }), ['validation-failed', 'id'])
  t.same(await refusal(operator, updatePerson, { params: { id }, body: { unitId: office } }), [
    'validation-failed',
    'unitId',
  ])
  const other = newProject('另一水库', { responsibleUnitId: bureau })
  t.same(await refusal(operator, createProject, { body: { ...other, filerId: id } }), ['unknown-reference', 'filerId'])
  t.same(await refusal(operator, createProject, { body: { ...other, leaderId: leader } }), [
    'unknown-reference',
    'leaderId',
  ])
  const params = { id: project.id }
  t.equal((await call(operator, updateProject, { params, body: { note: '照常' } })).status, 200, 'the rest can change')
  t.same(await refusal(operator, updateProject, { params, body: { responsibleUnitId: office } }), [
    'unknown-reference',
    'filerId',
  ])
})
