import { routes, type Unit, type Version } from '@tiaodu/types'
import t from 'tap'
import { operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { clock, call, refusal, unit, events } = await startService(t)
const { getUnit, listUnits, listUnitVersions, moveUnit, updateUnit } = routes

const move = (id: string, parentId: string | null, movedOn: string, ifMatch?: string) => ({
  params: { id },
  body: { parentId, movedOn, reason: '机构改革' },
  ...(ifMatch === undefined ? {} : { ifMatch }),
})
const read = async (id: string): Promise<Unit> => (await call(operator, getUnit, { params: { id } })).body
/** The tree as it is, or as it stood on a day: each name with the one above it. */
const tree = async (asOf?: string): Promise<Record<string, string | null>> => {
  const query = { limit: '200', ...(asOf === undefined ? {} : { asOf }) }
  const { items }: { items: Unit[] } = (await call(operator, listUnits, { query })).body
  const nameOf = new Map(items.map(({ id, name }) => [id, name]))
  return Object.fromEntries(items.map(({ name, parentId }) => [name, parentId && (nameOf.get(parentId) ?? 'nobody')]))
}

const [office, bureau, section] = [await unit('府'), await unit('局'), await unit('科')]
const day = (on: string) => clock.set(`${on}T02:00:00Z`)

t.test('a unit moves with a date, a reason and all that stands below it; any day can be read again', async (t) => {
  day('2026-11-25')
  await call(operator, moveUnit, move(section, bureau, '2026-11-22'))
  const { length } = await events()
  const { status, body } = await call(operator, moveUnit, move(bureau, office, '2026-11-24', '"1"'))
  t.match({ status, body }, { status: 201, body: { parentId: office, parentSince: '2026-11-24', version: 2 } })
  t.match((await events()).slice(length), [{ name: 'unit.changed.v1', payload: { unitId: bureau, parentId: office } }])
  const { items }: { items: Version[] } = (await call(operator, listUnitVersions, { params: { id: bureau } })).body
  t.match(items[0], { version: 2, reason: '机构改革', changes: [{ field: 'parentId', from: null, to: office }, {}] })
  day('2026-11-26')
  await call(operator, updateUnit, { params: { id: bureau }, body: { name: '新局', reason: '更名' } })

  t.same(await tree('2026-11-19'), {}, 'nothing was registered yet')
  t.same(await tree('2026-11-20'), { 府: null, 局: null, 科: null })
  t.same(await tree('2026-11-23'), { 府: null, 局: null, 科: '局' }, 'by the day of the move, not of its recording')
  t.same(await tree('2026-11-25'), { 府: null, 局: '府', 科: '局' })
  t.same(await tree('2026-11-26'), { 府: null, 新局: '府', 科: '新局' })
  t.same(await tree('2026-11-26'), await tree(), 'the tree of today is its replay')
  const [first] = (await call(operator, listUnits, { query: { asOf: '2026-11-23', q: '局' } })).body.items
  t.match(first, { name: '局', version: 1, parentId: null, parentSince: '2026-11-20' })
  const filtered = await call(operator, listUnits, { query: { asOf: '2026-11-25', parentId: office } })
  t.match(filtered.body.items, [{ id: bureau, name: '局', version: 2, regionName: '焦作市' }])
})

t.test('replaying today gives every unit as it is, field by field', async (t) => {
  const query = { limit: '200' }
  const today = (await call(operator, listUnits, { query })).body
  t.ok(today.items.length >= 3)
  t.same((await call(operator, listUnits, { query: { ...query, asOf: '2026-11-26' } })).body, today)
})

t.test('what cannot be is refused by the name of its field, and nothing moves', async (t) => {
  const before = [await tree(), await events()]
  const cases: [ReturnType<typeof move>, string[]][] = [
    [move(office, section, '2026-11-26'), ['validation-failed', 'parentId']],
    [move(office, bureau, '2026-11-26'), ['validation-failed', 'parentId']],
    [move(office, office, '2026-11-26'), ['validation-failed', 'parentId']],
    [move(bureau, office, '2026-11-26'), ['validation-failed', 'parentId']],
    [move(bureau, UNKNOWN, '2026-11-26'), ['unknown-reference', 'parentId']],
    [move(bureau, 'x', '2026-11-26'), ['validation-failed', 'parentId']],
    [move(bureau, null, '2026-11-27'), ['validation-failed', 'movedOn']],
    [move(bureau, null, '2026-11-23'), ['validation-failed', 'movedOn']],
    [move(bureau, null, '2026-02-30'), ['validation-failed', 'movedOn']],
    [move(UNKNOWN, null, '2026-11-26'), ['not-found', 'id']],
    [move(bureau, null, '2026-11-26', '"1"'), ['version-mismatch', 'If-Match']],
    [
      { ...move(bureau, null, '2026-11-26'), body: { parentId: null, movedOn: '2026-11-26', reason: '' } },
      ['validation-failed', 'reason'],
    ],
  ]
  for (const [request, expected] of cases) {
    t.same(await refusal(operator, moveUnit, request), expected, JSON.stringify(request))
  }
  t.same(await refusal(operator, listUnits, { query: { asOf: '2026-02-30' } }), ['validation-failed', 'asOf'])
  t.same([await tree(), await events()], before)
})

t.test('of moves at the same moment none makes a cycle that each alone would not', async (t) => {
  day('2026-11-27')
  for (let round = 0; round < 5; round += 1) {
    const ring = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => unit(`${name}${round}`)))
    const moves = ring.map((id, at) => call(operator, moveUnit, move(id, ring[(at + 1) % 4] ?? null, '2026-11-27')))
    const statuses = (await Promise.all(moves)).map(({ status }) => status)
    t.same(statuses.sort(), [201, 201, 201, 400], 'three of four close no ring')
    const top = (await Promise.all(ring.map(read))).filter(({ parentId }) => parentId === null)
    t.equal(top.length, 1)
  }
})
