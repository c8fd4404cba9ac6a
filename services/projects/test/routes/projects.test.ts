import { actorOf } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import t from 'tap'
import { tellProjectDates } from '../../migrations/20261124T0440_tell_project_dates.ts'
import { tellFundingAndEntry } from '../../migrations/20261124T0520_tell_funding_and_entry.ts'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, unit, person, events, database } = await startService(t)
const { createProject, getProject, listProjects, updateProject } = routes

const unitId = await unit('市工信局')
const otherUnitId = await unit('市水利局')
const filerId = await person(unitId, 'filer')
const leaderId = await person(unitId, 'leader')
const headId = await person(otherUnitId, 'head')

const register = async (name: string, fields: Record<string, unknown> = {}) =>
  (await call(operator, createProject, { body: newProject(name, fields) })).body

t.test('a project is registered with defaults, and other services hear of it once', async (t) => {
  const dates = { actualStartOn: '2026-03-01', plannedCompletionOn: '2027-12-31', statisticalEntryOn: '2026-04-30' }
  const fundingPlan = [
    { source: 'ownFunds', yuan: 3 },
    { source: 'bankLoan', yuan: 2 },
  ]
  const { length } = await events()
  const { status, body } = await call(operator, createProject, {
    body: newProject('多氟多动力电池项目', {
      responsibleUnitId: unitId,
      filerId,
      leaderId,
      totalInvestmentYuan: 5,
      fundingPlan,
      ...dates,
    }),
  })
  t.equal(status, 201)
  t.match(body, { version: 1, tiers: ['county'], assessmentClass: 'assessed', responsibleUnitName: '市工信局' })
  t.same((await call(operator, getProject, { params: { id: body.id } })).body, body)
  const told = (await events()).slice(length)
  t.equal(told.length, 1)
  t.match(told[0], { name: 'project.changed.v1', payload: { projectId: body.id, version: 1, filerId, leaderId } })
  t.same(told[0]?.payload.fundingPlan, fundingPlan, 'with the plan that what it receives is held against')
  const known = { ...dates, plannedStartOn: null, actualCompletionOn: null }
  t.match(told[0]?.payload, known, 'with the dates that reports are held against')
  await register('没有日期的项目')
  const tellAgain = async (migration: typeof tellProjectDates) => {
    await database.kysely.deleteFrom('outbox').execute()
    await migration.up(database.kysely)
    return (await events()).map(({ name, payload }) => ({ name, payload }))
  }
  const loaded = (project: unknown) => [{ name: 'projects.loaded.v1', payload: { projects: [project] } }]
  const { fundingPlan: _plan, statisticalEntryOn: _entry, ...withDates } = told[0]?.payload ?? {}
  t.same(await tellAgain(tellProjectDates), loaded(withDates), 'and those of before')
  t.same(await tellAgain(tellFundingAndEntry), loaded(told[0]?.payload), 'and what was not told even then')
})

t.test('what is not as required is refused by name, and nothing is registered', async (t) => {
  const before = [(await call(operator, listProjects)).body.items, await events()]
  const cases: [Record<string, unknown>, string[]][] = [
    [{ colour: 'red' }, ['validation-failed', 'colour']],
    [{ name: '' }, ['validation-failed', 'name']],
    [{ name: '路'.repeat(5_000) }, ['validation-failed', 'name']],
    [{ name: '路\u200b' }, ['validation-failed', 'name']],
    [{ regionCode: '41' }, ['validation-failed', 'regionCode']],
    [{ stage: '在建' }, ['validation-failed', 'stage']],
    [{ tiers: [] }, ['validation-failed', 'tiers']],
    [{ tiers: ['city', 'city'] }, ['validation-failed', 'tiers']],
    [{ totalInvestmentYuan: 0 }, ['validation-failed', 'totalInvestmentYuan']],
    [{ totalInvestmentYuan: -1 }, ['validation-failed', 'totalInvestmentYuan']],
    [{ totalInvestmentYuan: 1.5 }, ['validation-failed', 'totalInvestmentYuan']],
    [{ totalInvestmentYuan: 10 ** 16 }, ['validation-failed', 'totalInvestmentYuan']],
    [{ totalInvestmentYuan: '5' }, ['validation-failed', 'totalInvestmentYuan']],
    [{ responsibleUnitId: UNKNOWN }, ['unknown-reference', 'responsibleUnitId']],
    [{ responsibleUnitId: unitId, filerId: UNKNOWN }, ['unknown-reference', 'filerId']],
    [{ responsibleUnitId: otherUnitId, filerId }, ['unknown-reference', 'filerId']],
    [{ responsibleUnitId: otherUnitId, filerId: headId }, ['unknown-reference', 'filerId']],
    [{ leaderId: filerId }, ['unknown-reference', 'leaderId']],
    [{ name: '多氟多动力电池项目' }, ['already-exists', 'name']],
    [{ projectCode: '2105-410802-04-01-12345' }, ['validation-failed', 'projectCode']],
    [{ projectCode: '2113-410802-04-01-123456' }, ['validation-failed', 'projectCode']],
    [{ ownerCreditCode: '91410800MA0000000X' }, ['validation-failed', 'ownerCreditCode']],
    [{ ownerCreditCode: '91410800MA000000OI' }, ['validation-failed', 'ownerCreditCode']],
    [{ totalInvestmentYuan: 5, fundingPlan: [{ source: 'ownFunds', yuan: 4 }] }, ['validation-failed', 'fundingPlan']],
    [{ fundingPlan: [{ source: 'ownFunds', yuan: 4 }] }, ['validation-failed', 'fundingPlan']],
    [{ plannedStartOn: '2026-02-30' }, ['validation-failed', 'plannedStartOn']],
    [{ plannedStartOn: '2026-03-01', plannedCompletionOn: '2026-02-28' }, ['validation-failed', 'plannedCompletionOn']],
    [{ industryCode: 'Z99' }, ['validation-failed', 'industryCode']],
    [{ parentId: UNKNOWN }, ['unknown-reference', 'parentId']],
    [{ yearRoles: [2026, 2026].map((year) => ({ year, role: 'starting' })) }, ['validation-failed', 'yearRoles']],
  ]
  for (const [fields, expected] of cases) {
    const found = await refusal(operator, createProject, { body: newProject('新项目', fields) })
    t.same(found, expected, JSON.stringify(fields).slice(0, 60))
  }
  t.same([(await call(operator, listProjects)).body.items, await events()], before)
  const elsewhere = { regionCode: '410811', regionName: '山阳区' }
  t.match(await register('多氟多动力电池项目', elsewhere), { version: 1 }, 'another region may use the name')
})

t.test('a change needs the version that was read, and nothing is overwritten', async (t) => {
  const { id } = await register('九渡水库')
  const params = { id }
  const patch = { params, body: { place: '岸上乡', reason: '选址已定' } }
  t.same(await refusal(operator, updateProject, { ...patch, ifMatch: '"2"' }), ['version-mismatch', 'If-Match'])
  t.match((await call(operator, updateProject, { ...patch, ifMatch: '"1"' })).body, { version: 2, place: '岸上乡' })
  t.same(await refusal(operator, updateProject, { ...patch, ifMatch: '"1"' }), ['version-mismatch', 'If-Match'])
  const { length } = await events()
  t.match((await call(operator, updateProject, patch)).body, { version: 2 }, 'the same again changes nothing')
  t.same(await refusal(operator, updateProject, { params, body: {} }), ['validation-failed', ''])
  t.same(await refusal(operator, updateProject, { params, body: { leaderId: filerId } }), [
    'unknown-reference',
    'leaderId',
  ])
  t.same(await refusal(operator, updateProject, { params, body: { name: '多氟多动力电池项目' } }), [
    'already-exists',
    'name',
  ])
  t.same(await refusal(operator, updateProject, { params: { id: UNKNOWN }, body: patch.body }), ['not-found', 'id'])
  t.equal((await events()).length, length, 'and nobody hears of it')
  t.match((await call(operator, getProject, { params })).body, { version: 2, name: '九渡水库', leaderId: null })
})

t.test('of many who change the same version at the same moment, one does', async (t) => {
  const { id } = await register('站前路打通工程')
  const changes = Array.from({ length: 8 }, (_, n) =>
    call(operator, updateProject, { params: { id }, body: { note: `第${n}次` }, ifMatch: '"1"' }),
  )
  const statuses = (await Promise.all(changes)).map(({ status }) => status).sort()
  t.same(statuses, [200, ...Array.from({ length: 7 }, () => 412)])
})

t.test('each role sees and does what it answers for', async (t) => {
  const { id } = await register('解放区项目', { responsibleUnitId: unitId })
  const params = { id }
  const filer = actorOf('filer', { unitId })
  const stranger = actorOf('filer', { unitId: otherUnitId })
  const district = actorOf('reviewer', { regionCode: '410802' })
  const neighbour = actorOf('reviewer', { regionCode: '410811' })
  t.equal((await call(filer, getProject, { params })).status, 200)
  t.same(await refusal(stranger, getProject, { params }), ['outside-scope', 'id'])
  t.same(await refusal(neighbour, getProject, { params }), ['outside-scope', 'id'])
  const regions = async (actor: typeof filer) => [
    ...new Set((await call(actor, listProjects)).body.items.map((item: { regionCode: string }) => item.regionCode)),
  ]
  t.same(await regions(district), ['410802'])
  t.same(await regions(neighbour), ['410811'])
  const units = (await call(filer, listProjects)).body.items.map(
    (item: { responsibleUnitId: string }) => item.responsibleUnitId,
  )
  t.same(new Set(units), new Set([unitId]))
  t.same((await call(stranger, listProjects)).body.items, [])
  for (const actor of [filer, actorOf('supervisor'), actorOf('leader')]) {
    t.same(await refusal(actor, updateProject, { params, body: { note: null } }), ['role-not-allowed'])
    t.same(await refusal(actor, createProject, { body: newProject('不该有') }), ['role-not-allowed'])
  }
  t.same(await refusal(neighbour, updateProject, { params, body: { note: null } }), ['outside-scope', 'id'])
})
