import { actorOf } from '@tiaodu/testing'
import { MAX_SAVED_VIEWS, routes } from '@tiaodu/types'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, database } = await startService(t)
const { createSavedView, deleteSavedView, listSavedViews, updateSavedView } = routes
const filer = actorOf('filer', { personId: uuidv7() })
const leader = actorOf('leader', { personId: uuidv7() })
const body = {
  name: '在建的水利项目',
  filters: { stage: 'building,finishing', category: '水利', totalFromYuan: '100000000' },
}
const namesFor = async (actor = filer) =>
  (await call(actor, listSavedViews)).body.items.map(({ name }: { name: string }) => name)

t.test('a view is its keeper’s own; what an operator shares everybody sees and nobody else changes', async (t) => {
  const own = await call(filer, createSavedView, { body })
  t.match(own, { status: 201, body: { ...body, isShared: false, version: 1 } })
  const shared = await call(operator, createSavedView, { body: { ...body, name: '全市在建', isShared: true } })
  t.same(await namesFor(filer), ['全市在建', '在建的水利项目'], 'the shared ones first')
  t.same(await namesFor(leader), ['全市在建'])
  t.same(await refusal(filer, createSavedView, { body: { ...body, isShared: true } }), ['role-not-allowed'])
  const params = { id: own.body.id }
  t.same(await refusal(leader, updateSavedView, { params, body: { name: '我的' } }), ['not-found', 'id'])
  t.same(await refusal(leader, deleteSavedView, { params }), ['not-found', 'id'])
  t.same(await refusal(filer, deleteSavedView, { params: { id: shared.body.id } }), ['role-not-allowed'])
  t.same(await refusal(filer, deleteSavedView, { params: { id: UNKNOWN } }), ['not-found', 'id'])

  t.match(await call(filer, updateSavedView, { params, ifMatch: '"1"', body: { filters: { q: '水库' } } }), {
    body: { name: body.name, filters: { q: '水库' }, version: 2 },
  })
  t.same(await refusal(filer, updateSavedView, { params, ifMatch: '"1"', body: { name: '晚了' } }), [
    'version-mismatch',
    'If-Match',
  ])
  t.same(await refusal(filer, createSavedView, { body }), ['already-exists', 'name'])
})

t.test('only what the list takes can be kept', async (t) => {
  const refuses = (filters: Record<string, unknown>) =>
    refusal(leader, createSavedView, { body: { name: '坏', filters } })
  t.same(await refuses({ stage: 'flying' }), ['validation-failed', 'filters.stage'])
  t.same(await refuses({ totalFromYuan: 'a lot' }), ['validation-failed', 'filters.totalFromYuan'])
  t.same(await refuses({ plannedStartFrom: '2026-02-30' }), ['validation-failed', 'filters.plannedStartFrom'])
  t.same(await refuses({ colour: 'red' }), ['validation-failed', 'filters.colour'])
  t.same(await refuses({}), ['validation-failed', 'filters'])
  t.same(await refusal(leader, createSavedView, { body: { ...body, name: 'a\u200bb' } }), ['validation-failed', 'name'])
  t.same(await namesFor(leader), ['全市在建'])
})

t.test('a view is forgotten; there are not more of them than anybody finds again', async (t) => {
  for (let n = 0; n < MAX_SAVED_VIEWS; n++)
    t.equal((await call(leader, createSavedView, { body: { ...body, name: `视图${n}` } })).status, 201)
  t.same(await refusal(leader, createSavedView, { body: { ...body, name: '又一个' } }), ['limit-reached', 'name'])
  const [seventh] = await database.kysely.selectFrom('saved_views').select('id').where('name', '=', '视图7').execute()
  t.equal((await call(leader, deleteSavedView, { params: { id: seventh?.id ?? '' } })).status, 204)
  t.equal((await namesFor(leader)).length, MAX_SAVED_VIEWS)
})
