import { type Project, routes } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, unit, person, events } = await startService(t)
const { createProject, getProject, listProjectVersions, updateProject } = routes
const projectCode = '2105-410802-04-01-123456'
const unitId = await unit('市工信局')
const leaderId = await person(unitId, 'leader')
const strangerId = await person(await unit('市水利局'), 'filer')

const register = async (name: string, fields: Record<string, unknown> = {}): Promise<Project> =>
  (await call(operator, createProject, { body: newProject(name, fields) })).body
await register('有代码的项目', { projectCode })
const { id } = await register('九渡水库', { responsibleUnitId: unitId, totalInvestmentYuan: 5 })
const params = { id }

const builder = { role: 'construction', name: '中建七局', creditCode: '91350100M000100Y43' }

/** All that a change could leave behind. */
const everything = async () => [
  (await call(operator, getProject, { params })).body,
  (await call(operator, listProjectVersions, { params })).body,
  await events(),
]

t.test('a refused change names the field and leaves no value, version or event behind', async (t) => {
  const before = await everything()
  const cases: [Record<string, unknown>, string[]][] = [
    [{ colour: 'red' }, ['validation-failed', 'colour']],
    [{ id: UNKNOWN }, ['validation-failed', 'id']],
    [{ version: 9 }, ['validation-failed', 'version']],
    [{ name: null }, ['validation-failed', 'name']],
    [{ name: ['水库'] }, ['validation-failed', 'name']],
    [{ regionCode: '010802' }, ['validation-failed', 'regionCode']],
    [{ regionCode: 410802 }, ['validation-failed', 'regionCode']],
    [{ tiers: 'city' }, ['validation-failed', 'tiers']],
    [{ localCodes: [7] }, ['validation-failed', 'localCodes.0']],
    [{ totalInvestmentYuan: 0.5 }, ['validation-failed', 'totalInvestmentYuan']],
    [{ totalInvestmentYuan: '5' }, ['validation-failed', 'totalInvestmentYuan']],
    [{ fundingPlan: [{ source: 'ownFunds', yuan: 2.5 }] }, ['validation-failed', 'fundingPlan.0.yuan']],
    [{ fundingPlan: [{ source: 'ownFunds', yuan: 4 }] }, ['validation-failed', 'fundingPlan']],
    [{ responsibleUnitId: 'X' }, ['validation-failed', 'responsibleUnitId']],
    [{ responsibleUnitId: UNKNOWN }, ['unknown-reference', 'responsibleUnitId']],
    [{ filerId: UNKNOWN }, ['unknown-reference', 'filerId']],
    [{ filerId: strangerId }, ['unknown-reference', 'filerId']],
    [{ leaderId: UNKNOWN }, ['unknown-reference', 'leaderId']],
    [{ leaders: [{ personId: UNKNOWN, level: 'city', kind: 'linked' }] }, ['unknown-reference', 'leaders.0.personId']],
    [
      { leaders: [leaderId, strangerId].map((personId) => ({ personId, level: 'city', kind: 'linked' })) },
      ['unknown-reference', 'leaders.1.personId'],
    ],
    [
      { leaders: ['city', 'county'].map((level) => ({ personId: leaderId, level, kind: 'linked' })) },
      ['validation-failed', 'leaders.1.personId'],
    ],
    [{ participants: [builder, builder] }, ['validation-failed', 'participants.1']],
    [
      { participants: [builder, { ...builder, name: '乙', creditCode: '91350100M000100Y44' }] },
      ['validation-failed', 'participants.1.creditCode'],
    ],
    [{ participants: [{ ...builder, name: '甲；乙' }] }, ['validation-failed', 'participants.0.name']],
    [{ name: '有代码的项目' }, ['already-exists', 'name']],
    [{ projectCode }, ['already-exists', 'projectCode']],
    [{ note: '好的', totalInvestmentYuan: -1 }, ['validation-failed', 'totalInvestmentYuan']],
  ]
  for (const [body, expected] of cases) {
    t.same(await refusal(operator, updateProject, { params, body }), expected, JSON.stringify(body))
  }
  t.same(await everything(), before)
})

t.test('an If-Match that is not the version that was read is refused, whatever its form', async (t) => {
  const before = await everything()
  const body = { note: '不该有' }
  for (const ifMatch of ['"2"', '0', '"999999999"']) {
    t.match(await call(operator, updateProject, { params, body, ifMatch }), {
      status: 412,
      body: { code: 'version-mismatch', errors: [{ field: 'If-Match' }] },
    })
  }
  for (const ifMatch of ['*', 'W/"1"', '"1", "2"', '"-1"', 'one', '']) {
    t.same(
      await refusal(operator, updateProject, { params, body, ifMatch }),
      ['validation-failed', 'If-Match'],
      ifMatch,
    )
  }
  t.same(await everything(), before)
})

t.test(
  'each change is one version and one event, whichever field changes; without If-Match it is taken as it is',
  async (t) => {
    const changes = [
      { note: '一' },
      { totalInvestmentYuan: null },
      { filerId: null, localCodes: ['旧-1'] },
      { regionCode: '410811', regionName: '山阳区' },
    ]
    for (const [n, body] of changes.entries()) {
      const { length } = await events()
      const { version } = (await call(operator, getProject, { params })).body
      const more = n % 2 === 0 ? {} : { ifMatch: `"${version}"` }
      t.match((await call(operator, updateProject, { params, body, ...more })).body, { ...body, version: version + 1 })
      const told = (await events()).slice(length)
      t.equal(told.length, 1)
      t.match(told[0], { name: 'project.changed.v1', payload: { projectId: id, version: version + 1 } })
      const { items } = (await call(operator, listProjectVersions, { params })).body
      t.equal(items.length, version + 1)
    }
  },
)

t.test(
  'leaders of each level and the participants are kept; the same in another order of keys is no change',
  async (t) => {
    const leaders = [{ personId: leaderId, level: 'city', kind: 'responsible' }]
    const participants = [builder, { ...builder, role: 'design' }, { role: 'other', name: '某公司', creditCode: null }]
    const { body } = await call(operator, updateProject, { params, body: { leaders, participants, leaderId } })
    t.match(body, { leaders, participants, leaderId })
    t.same((await call(operator, getProject, { params })).body, body)
    const swapped = { leaders: [{ kind: 'responsible', personId: leaderId, level: 'city' }] }
    t.equal((await call(operator, updateProject, { params, body: swapped })).body.version, body.version)
    const asOf = { params, query: { asOf: '2026-11-20T01:00:00Z' } }
    t.same((await call(operator, getProject, asOf)).body, body, 'and they are read again from the versions')
  },
)
