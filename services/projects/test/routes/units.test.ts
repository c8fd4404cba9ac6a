import { actorOf } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import t from 'tap'
import { operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, unit, person, events } = await startService(t)
const { createPerson, createUnit, getPerson, listUnits } = routes

t.test('units are registered once per region and name, under a unit that exists', async (t) => {
  const city = await unit('市政府')
  const bureau = { name: '市水利局', regionCode: '410800', regionName: '焦作市', parentId: city }
  t.match(await call(operator, createUnit, { body: bureau }), { status: 201, body: { parentId: city, version: 1 } })
  t.same(await refusal(operator, createUnit, { body: bureau }), ['already-exists', 'name'])
  const orphan = { ...bureau, name: '孤儿', parentId: UNKNOWN }
  t.same(await refusal(operator, createUnit, { body: orphan }), ['unknown-reference', 'parentId'])
  t.same(await refusal(actorOf('reviewer'), createUnit, { body: orphan }), ['role-not-allowed'])
  const { body } = await call(operator, listUnits, { query: { limit: '1' } })
  const rest = await call(operator, listUnits, { query: { limit: '1', cursor: body.nextCursor } })
  t.same(
    [...body.items, ...rest.body.items].map(({ name }: { name: string }) => name).sort(),
    ['市政府', '市水利局'].sort(),
  )
  t.equal(rest.body.nextCursor, null)
  t.same(await refusal(operator, listUnits, { query: { cursor: 'abc' } }), ['validation-failed', 'cursor'])
})

t.test('a person stands in a unit; the event about them carries nothing personal', async (t) => {
  const unitId = await unit('市工信局')
  const { length } = await events()
  const id = await person(unitId, 'filer')
  t.match((await call(operator, getPerson, { params: { id } })).body, { name: '张三', unitId, regionCode: '410800' })
  t.same((await events()).slice(length), [{ name: 'person.changed.v1', payload: { personId: id, version: 1 } }])
  const body = { name: '李四', unitId, role: 'filer', email: null }
  t.same(await refusal(operator, createPerson, { body: { ...body, unitId: UNKNOWN } }), ['unknown-reference', 'unitId'])
  t.same(await refusal(operator, createPerson, { body: { ...body, email: 'nowhere' } }), ['validation-failed', 'email'])
  t.same(await refusal(operator, createPerson, { body: { ...body, role: 'king' } }), ['validation-failed', 'role'])
  t.same(await refusal(operator, getPerson, { params: { id: UNKNOWN } }), ['not-found', 'id'])
  t.same(await refusal(actorOf('filer'), getPerson, { params: { id } }), ['role-not-allowed'])
})
