import { routes } from '@tiaodu/types'
import t from 'tap'
import { newProject, operator, startService } from '../fixtures/service.ts'

const { call, unit, events } = await startService(t)
const { countProjects, createProject, createUnit, updateProject } = routes
const MANY = Array.from({ length: 8 }, (_, n) => n)

/** Does a thing many times at one moment. @returns the answers as status and refused field, and how many events they wrote */
async function atOnce(attempt: (n: number) => ReturnType<typeof call>) {
  const { length } = await events()
  const answers = await Promise.all(MANY.map(attempt))
  const outcomes = answers.map(({ status, body }) => `${status} ${body.errors?.[0]?.field ?? 'done'}`).sort()
  return { outcomes, events: (await events()).length - length }
}

const oneOf = (done: number, field: string) => [`${done} done`, ...MANY.slice(1).map(() => `409 ${field}`)].sort()

t.test('of many who register the same name at the same moment, one does', async (t) => {
  const found = await atOnce(() => call(operator, createProject, { body: newProject('同名项目') }))
  t.same(found, { outcomes: oneOf(201, 'name'), events: 1 })
})

t.test('of many who register the same code at the same moment, one does', async (t) => {
  const projectCode = '2105-410802-04-01-123456'
  const found = await atOnce((n) =>
    call(operator, createProject, { body: newProject(`同码项目${n}`, { projectCode }) }),
  )
  t.same(found, { outcomes: oneOf(201, 'projectCode'), events: 1 })
  t.equal((await call(operator, countProjects, { query: { q: '同码项目' } })).body.count, 1)
})

t.test('of many projects that take the same name or code at the same moment, one gets it', async (t) => {
  for (const [field, value] of [
    ['name', '改成一样的名字'],
    ['projectCode', '2105-410802-04-01-654321'],
  ] as const) {
    const ids: string[] = []
    for (const n of MANY) ids.push((await call(operator, createProject, { body: newProject(`${field}${n}`) })).body.id)
    const found = await atOnce((n) =>
      call(operator, updateProject, { params: { id: ids[n] ?? '' }, body: { [field]: value } }),
    )
    t.same(found, { outcomes: oneOf(200, field), events: 1 }, field)
  }
})

t.test('of many who register the same unit at the same moment, one does', async (t) => {
  const parentId = await unit('市政府')
  const body = { name: '市住建局', regionCode: '410800', regionName: '焦作市', parentId }
  const { outcomes } = await atOnce(() => call(operator, createUnit, { body }))
  t.same(outcomes, oneOf(201, 'name'))
})
