import { actorOf } from '@tiaodu/testing'
import { PERSON_ROLES, READER_ROLES, type Role, type RouteContract, routes } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService, UNKNOWN } from '../fixtures/service.ts'

const { call, refusal, unit, events } = await startService(t)
const { countProjects, createProject, getProject, listProjects, listProjectVersions, updateProject } = routes
const ours = (Object.values(routes) as RouteContract[]).filter(({ service }) => service === 'projects')
const unitId = await unit('市工信局')
const { id } = (await call(operator, createProject, { body: newProject('九渡水库', { responsibleUnitId: unitId }) }))
  .body
const params = { id }

t.test('nobody gets past the door of any route without a token', async (t) => {
  t.ok(ours.length > 10)
  for (const contract of ours) {
    t.match(
      await call(null, contract, { params }),
      { status: 401, body: { code: 'not-signed-in' } },
      contract.operationId,
    )
  }
})

t.test(
  'who may write: operators everything, reviewers what exists, other systems facts and steps, nobody else anything',
  async (t) => {
    const writers: Record<string, Role[]> = {
      createUnit: ['operator'],
      createPerson: ['operator'],
      createRegion: ['operator'],
      updateUnit: ['operator'],
      moveUnit: ['operator'],
      updatePerson: ['operator'],
      createAppointment: ['operator'],
      endAppointment: ['operator'],
      createProject: ['operator'],
      updateProject: ['operator', 'reviewer', 'contributor'],
      moveProject: ['operator', 'reviewer', 'contributor'],
      addBaseline: ['operator', 'reviewer'],
      createImport: ['operator'],
      importPlanIndicators: ['operator'],
      importAnnualTargets: ['operator'],
      putIndicatorYear: ['operator', 'reviewer'],
      putStepTemplate: ['operator'],
      createPlan: ['filer', 'head', 'reviewer', 'operator'],
      addPlanStep: ['filer', 'head', 'reviewer', 'operator'],
      updatePlanStep: ['filer', 'head', 'reviewer', 'operator', 'contributor'],
      createProgramme: ['operator'],
      updateProgramme: ['operator'],
      putProgrammeMember: ['operator'],
      addProgrammeMembers: ['operator'],
      leaveProgramme: ['operator'],
      copyProgrammeMembers: ['operator'],
      addReserveEntries: ['operator', 'reviewer'],
      rollReservePool: ['operator', 'reviewer'],
      replayProjectsQueue: ['operator'],
      // A view is its keeper's own.
      createSavedView: [...PERSON_ROLES],
      updateSavedView: [...PERSON_ROLES],
      deleteSavedView: [...PERSON_ROLES],
    }
    const writes = ours.filter(({ method }) => method !== 'GET')
    t.same(
      writes.map(({ operationId }) => operationId).sort(),
      Object.keys(writers).sort(),
      'every write is in the table',
    )
    const before = [(await call(operator, getProject, { params })).body, await events()]
    for (const contract of writes) {
      for (const role of READER_ROLES) {
        const { body } = await call(actorOf(role, { unitId }), contract, { params, body: {} })
        const isRefused = body.code === 'role-not-allowed'
        t.equal(isRefused, !writers[contract.operationId]?.includes(role), `${contract.operationId} as ${role}`)
      }
    }
    t.same([(await call(operator, getProject, { params })).body, await events()], before)
  },
)

t.test(
  'filer and head see the projects of their own unit and no others, in lists, counts and one by one',
  async (t) => {
    await call(operator, createProject, { body: newProject('无主的项目') })
    for (const role of ['filer', 'head'] as const) {
      const own = actorOf(role, { unitId })
      const items = (await call(own, listProjects)).body.items
      t.same(
        items.map((item: { id: string }) => item.id),
        [id],
      )
      t.equal((await call(own, countProjects)).body.count, 1)
      t.equal((await call(own, getProject, { params })).status, 200)
      for (const stranger of [actorOf(role, { unitId: UNKNOWN }), actorOf(role)]) {
        t.same((await call(stranger, listProjects)).body.items, [])
        t.equal((await call(stranger, countProjects)).body.count, 0)
        t.same(await refusal(stranger, getProject, { params }), ['outside-scope', 'id'])
      }
    }
  },
)

t.test('a reviewer changes projects of the own region and what lies below it, and no others', async (t) => {
  const change = (regionCode: string) =>
    refusal(actorOf('reviewer', { regionCode }), updateProject, { params, body: { note: `看过：${regionCode}` } })
  for (const regionCode of ['410802', '410800', '410000', '100000']) t.same(await change(regionCode), [undefined])
  for (const regionCode of ['410811', '410900', '420000']) t.same(await change(regionCode), ['outside-scope', 'id'])
  t.match((await call(operator, getProject, { params })).body, { version: 5, note: '看过：100000' })
})

t.test('a system that keeps the projects of a region is on record by its name, and puts none elsewhere', async (t) => {
  const name = '审批平台（接口 tdk_Ab12Cd34）'
  const system = actorOf('contributor', { name, regionCode: '410802' })
  t.same(await refusal(system, updateProject, { params, body: { regionCode: '410803' } }), [
    'outside-scope',
    'regionCode',
  ])
  t.equal((await call(system, updateProject, { params, body: { note: '已取得批复' } })).status, 200)
  const { items } = (await call(system, listProjectVersions, { params })).body
  t.match(items[0], { actorId: null, actorName: name })
  t.same(
    await refusal(actorOf('contributor', { regionCode: '410803' }), updateProject, { params, body: { note: 'x' } }),
    ['outside-scope', 'id'],
  )
  t.same(await refusal(actorOf('integrator'), updateProject, { params, body: { note: 'x' } }), ['role-not-allowed'])
})
