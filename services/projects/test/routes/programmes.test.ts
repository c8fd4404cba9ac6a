import { actorOf } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal } = await startService(t)
const {
  addProgrammeMembers,
  copyProgrammeMembers,
  createProgramme,
  createProject,
  leaveProgramme,
  listProgrammeMembers,
} = routes
const {
  listProgrammes,
  listProgrammeVersions,
  listProjectProgrammes,
  listProjects,
  putProgrammeMember,
  updateProgramme,
} = routes

const register = async (name: string, fields: Record<string, unknown> = {}): Promise<string> =>
  (await call(operator, createProject, { body: newProject(name, fields) })).body.id
const code = '2105-410802-04-01-123456'
const [dam, road, far] = [
  await register('九渡水库', { projectCode: code }),
  await register('人民路'),
  await register('温县医院', { regionCode: '410825', regionName: '温县' }),
]
const plan = { code: 'hundred', name: '百项工程', level: 'city', document: '焦政〔2026〕1号', fromYear: 2025 }
const { body: programme } = await call(operator, createProgramme, { body: plan })
const of = (year: number, more: Record<string, string> = {}) => ({ id: programme.id, year: String(year), ...more })
const namesOf = async (year: number, query: Record<string, string> = {}, actor = operator) =>
  (await call(actor, listProgrammeMembers, { params: of(year), query })).body.items.map(
    ({ projectName }: { projectName: string }) => projectName,
  )

t.test('the programmes of the documents are there, others are registered; codes and names are unique', async (t) => {
  const { body } = await call(actorOf('filer'), listProgrammes)
  t.same(
    body.items.map(({ name }: { name: string }) => name),
    ['市重点项目', '百项工程', '省重点项目', '三十工程', '“3+10”项目'],
  )
  t.match(programme, { ...plan, toYear: null, version: 1 })
  t.same(await refusal(operator, createProgramme, { body: { ...plan, name: '别的' } }), ['already-exists', 'code'])
  t.same(await refusal(operator, createProgramme, { body: { ...plan, code: 'other' } }), ['already-exists', 'name'])
  t.same(await refusal(operator, createProgramme, { body: { ...plan, code: 'A b' } }), ['validation-failed', 'code'])
  t.same(await refusal(operator, createProgramme, { body: { ...plan, code: 'x1', name: 'x', toYear: 2024 } }), [
    'validation-failed',
    'toYear',
  ])
  t.same(await refusal(actorOf('reviewer'), createProgramme, { body: plan }), ['role-not-allowed'])
})

t.test('a project belongs to a programme in a year, and may leave it in mid-year; both are kept', async (t) => {
  t.match(
    await call(operator, addProgrammeMembers, {
      params: of(2026),
      body: { projects: [code, road, far], document: '名单' },
    }),
    {
      status: 200,
      body: { added: 3, unchanged: 0 },
    },
  )
  t.match(await call(operator, putProgrammeMember, { params: of(2026, { projectId: dam }), body: {} }), {
    body: { added: 0, unchanged: 1 },
  })
  t.same(await namesOf(2026), ['温县医院', '人民路', '九渡水库'])
  t.same(await namesOf(2025), [])
  t.same(await namesOf(2026, {}, actorOf('reviewer', { regionCode: '410825' })), ['温县医院'], 'within reach alone')
  const left = await call(operator, leaveProgramme, { params: of(2026, { projectId: road }), body: { reason: '停建' } })
  t.match(left.body, { leftReason: '停建', leftBy: operator.name })
  t.same(await namesOf(2026), ['温县医院', '九渡水库'])
  t.same(await namesOf(2026, { withLeft: 'true' }), ['温县医院', '人民路', '九渡水库'])
  t.same(await refusal(operator, leaveProgramme, { params: of(2026, { projectId: road }), body: { reason: '再次' } }), [
    'not-found',
    'projectId',
  ])
  t.match(
    (await call(operator, addProgrammeMembers, { params: of(2026), body: { projects: [road] } })).body,
    { added: 1 },
    'it may come back',
  )
  const { body } = await call(operator, listProjectProgrammes, { params: { id: road } })
  t.match(body.items, [{ leftReason: null }, { leftReason: '停建', programmeName: '百项工程', year: 2026 }])
})

t.test('the members of a year are taken over into the next one, once', async (t) => {
  const copy = async () => (await call(operator, copyProgrammeMembers, { params: of(2027), body: {} })).body
  t.match(await copy(), { added: 3, unchanged: 0 })
  t.match(await copy(), { added: 0, unchanged: 3 })
})

t.test('many are taken or none; each that cannot be is named', async (t) => {
  const before = await namesOf(2026)
  const refuses = (body: unknown, year = 2026) => refusal(operator, addProgrammeMembers, { params: of(year), body })
  t.same(await refuses({ projects: [dam, UNKNOWN, code] }), ['unknown-reference', 'projects.1', 'projects.2'])
  t.same(await refuses({ projects: [] }), ['validation-failed', 'projects'])
  t.same(await refuses({ projects: [dam] }, 2024), ['validation-failed', 'year'])
  const params = { ...of(2026), id: UNKNOWN }
  t.same(await refusal(operator, addProgrammeMembers, { params, body: { projects: [dam] } }), ['not-found', 'id'])
  t.same(await namesOf(2026), before)
})

t.test('a programme changes with its version and a reason; its history tells', async (t) => {
  const params = { id: programme.id }
  const change = (ifMatch: string) =>
    call(operator, updateProgramme, { params, ifMatch, body: { toYear: 2030, reason: '到期' } })
  t.match(await change('"1"'), { status: 200, body: { toYear: 2030, version: 2 } })
  t.match(await change('"1"'), { status: 412, body: { code: 'version-mismatch' } })
  t.same(await refusal(operator, addProgrammeMembers, { params: of(2031), body: { projects: [dam] } }), [
    'validation-failed',
    'year',
  ])
  const { body } = await call(operator, listProgrammeVersions, { params })
  t.match(body.items, [
    { version: 2, reason: '到期', changes: [{ field: 'toYear', from: null, to: 2030 }] },
    { version: 1 },
  ])
})

t.test('the list of projects is filtered by programme and year', async (t) => {
  const find = async (query: Record<string, string>) =>
    (await call(operator, listProjects, { query })).body.items.map(({ name }: { name: string }) => name)
  t.same(await find({ programmeId: programme.id }), ['温县医院', '人民路', '九渡水库'])
  await call(operator, leaveProgramme, { params: of(2027, { projectId: far }), body: { reason: '完工' } })
  t.same(await find({ programmeId: programme.id, programmeYear: '2027' }), ['人民路', '九渡水库'])
  t.same(await find({ programmeYear: '2025' }), [])
})
