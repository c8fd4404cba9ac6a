import { actorOf } from '@tiaodu/testing'
import { routes, type Unit, type Version } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { clock, call, refusal, unit, person, events } = await startService(t)
const { createProject, createUnit, getProject, getUnit, listPeerGroups, listUnits, listUnitVersions, updateUnit } =
  routes
const CREDIT_CODE = '91410802MA9F0X1W1H'

const named = async (query: Record<string, string> = {}): Promise<string[]> =>
  (await call(operator, listUnits, { query })).body.items.map(({ name }: Unit) => name)
const versionsOf = async (id: string): Promise<Version[]> =>
  (await call(operator, listUnitVersions, { params: { id } })).body.items

t.test('units are registered once per region and name, under a unit that exists, and others are told', async (t) => {
  const city = (await call(operator, createUnit, { body: { name: '市政府', regionCode: '410800', kind: 'city' } })).body
    .id
  const bureau = { name: '市水利局', regionCode: '410800', parentId: city, kind: 'department', peerGroup: '部门组' }
  const { length } = await events()
  const { status, body } = await call(operator, createUnit, { body: bureau })
  t.equal(status, 201)
  t.match(body, { ...bureau, regionName: '焦作市', parentSince: '2026-11-20', version: 1 })
  const payload = { unitId: body.id, version: 1, name: '市水利局', kind: 'department', regionCode: '410800' }
  t.same((await events()).slice(length), [
    { name: 'unit.changed.v1', payload: { ...payload, parentId: city, peerGroup: '部门组' } },
  ])
  t.same((await call(operator, getUnit, { params: { id: body.id } })).body, body)
})

t.test('what cannot be registered is refused by the name of its field, and nothing is kept', async (t) => {
  const city = await unit('另一个市政府')
  const creditCode = '12410800MB0N273129'
  await call(operator, createUnit, { body: { name: '持码单位', regionCode: '410800', creditCode } })
  const before = [await named(), await events()]
  const fields = { name: '甲局', regionCode: '410800' }
  const cases: [Record<string, unknown>, string[]][] = [
    [{ ...fields, name: '市政府' }, ['already-exists', 'name']],
    [{ ...fields, name: '' }, ['validation-failed', 'name']],
    [{ ...fields, name: '局'.repeat(101) }, ['validation-failed', 'name']],
    [{ ...fields, name: '局\u200b' }, ['validation-failed', 'name']],
    [{ ...fields, regionCode: '41080' }, ['validation-failed', 'regionCode']],
    [{ ...fields, parentId: UNKNOWN }, ['unknown-reference', 'parentId']],
    [{ ...fields, kind: 'village' }, ['validation-failed', 'kind']],
    [{ ...fields, kind: 'city', parentId: city }, ['validation-failed', 'parentId']],
    [{ ...fields, creditCode: '12410800MB0N27312Z' }, ['validation-failed', 'creditCode']],
    [{ ...fields, creditCode: '12410800MB0N273128' }, ['validation-failed', 'creditCode']],
    [{ ...fields, creditCode: '12410800' }, ['validation-failed', 'creditCode']],
    [{ ...fields, telephone: 'call me' }, ['validation-failed', 'telephone']],
    [{ ...fields, peerGroup: '组'.repeat(31) }, ['validation-failed', 'peerGroup']],
    [{ ...fields, creditCode }, ['already-exists', 'creditCode']],
    [{ ...fields, colour: 'red' }, ['validation-failed', 'colour']],
  ]
  for (const [body, expected] of cases) {
    t.same(await refusal(operator, createUnit, { body }), expected, JSON.stringify(body))
  }
  t.same(await refusal(actorOf('reviewer'), createUnit, { body: fields }), ['role-not-allowed'])
  t.same([await named(), await events()], before)
})

t.test('every change of a unit is a version with who, when, why, from and to; others are told', async (t) => {
  const id = await unit('市工业局')
  const { length } = await events()
  clock.set('2026-11-21T02:00:00Z')
  const patch = { name: '市工业和信息化局', peerGroup: '部门组', creditCode: CREDIT_CODE, reason: '机构改革' }
  const changed = await call(operator, updateUnit, { params: { id }, body: patch, ifMatch: '"1"' })
  t.match(changed, { status: 200, body: { name: '市工业和信息化局', version: 2, creditCode: CREDIT_CODE } })
  const [last, first] = await versionsOf(id)
  t.match(last, { version: 2, at: '2026-11-21T02:00:00.000Z', actorName: 'test operator', reason: '机构改革' })
  t.same(last?.changes, [
    { field: 'name', from: '市工业局', to: '市工业和信息化局' },
    { field: 'creditCode', from: null, to: CREDIT_CODE },
    { field: 'peerGroup', from: null, to: '部门组' },
  ])
  t.match(first, { version: 1, reason: null, actorName: 'test operator' })
  t.match((await events()).slice(length), [
    { name: 'unit.changed.v1', payload: { unitId: id, version: 2, name: '市工业和信息化局', peerGroup: '部门组' } },
  ])
  t.same(await refusal(operator, updateUnit, { params: { id }, body: { name: '迟到' }, ifMatch: '"1"' }), [
    'version-mismatch',
    'If-Match',
  ])
  await call(operator, updateUnit, { params: { id }, body: { peerGroup: '部门组', reason: '什么也没有变' } })
  t.equal((await versionsOf(id)).length, 2, 'what changes nothing is no version')
  t.same(await refusal(operator, listUnitVersions, { params: { id: UNKNOWN } }), ['not-found', 'id'])
  t.same(await refusal(operator, updateUnit, { params: { id: UNKNOWN }, body: patch }), ['not-found', 'id'])
  t.same(await refusal(operator, getUnit, { params: { id: UNKNOWN } }), ['not-found', 'id'])
})

t.test('a kind that stands wrong with its parent or its children is refused', async (t) => {
  const top = (await call(operator, createUnit, { body: { name: '区', regionCode: '410802', kind: 'district' } })).body
  const low = { name: '区局', regionCode: '410802', kind: 'department', parentId: top.id }
  const { id } = (await call(operator, createUnit, { body: low })).body
  t.same(await refusal(operator, updateUnit, { params: { id: top.id }, body: { kind: 'responsibleUnit' } }), [
    'validation-failed',
    'kind',
  ])
  t.same(await refusal(operator, updateUnit, { params: { id }, body: { kind: 'city' } }), ['validation-failed', 'kind'])
  t.equal((await call(operator, updateUnit, { params: { id }, body: { kind: 'responsibleUnit' } })).status, 200)
})

t.test('the groups that units are ranked in are listed, and filter units', async (t) => {
  const body = { name: '山阳区政府', regionCode: '410811', peerGroup: '城区组' }
  await call(operator, createUnit, { body })
  t.same((await call(operator, listPeerGroups)).body.items, [
    { name: '部门组', unitCount: 2 },
    { name: '城区组', unitCount: 1 },
  ])
  t.same(await named({ peerGroup: '城区组' }), ['山阳区政府'])
  t.same(await named({ regionCode: '410811' }), ['山阳区政府'])
  t.same(await named({ kind: 'district' }), ['区'])
})

t.test('people follow the region of their unit, and whoever keeps them is told', async (t) => {
  const unitId = await unit('改区局')
  const personId = await person(unitId, 'filer')
  const { length } = await events()
  await call(operator, updateUnit, { params: { id: unitId }, body: { regionCode: '410811' } })
  t.match((await call(operator, routes.getPerson, { params: { id: personId } })).body, { regionCode: '410811' })
  t.match((await events()).slice(length), [
    { name: 'unit.changed.v1', payload: { regionCode: '410811' } },
    { name: 'person.changed.v1', payload: { personId, version: 1 } },
  ])
})

t.test('a project shows its unit by the name that the unit has now', async (t) => {
  const responsibleUnitId = await unit('旧名局')
  const { id } = (await call(operator, createProject, { body: newProject('水库', { responsibleUnitId }) })).body
  await call(operator, updateUnit, { params: { id: responsibleUnitId }, body: { name: '新名局' } })
  t.equal((await call(operator, getProject, { params: { id } })).body.responsibleUnitName, '新名局')
})
