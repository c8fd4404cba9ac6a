import { waitFor } from '@tiaodu/testing'
import { routes } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { decideRegistration } from '../../src/domain/project-change.ts'
import { loadList } from '../../src/operations/load-list.ts'
import { insertProjects } from '../../src/repositories/projects.repository.ts'
import { newProject, operator, startService } from '../fixtures/service.ts'

const { database, clock, call, events } = await startService(t)
const db = database.kysely
const act = { now: clock.now(), actorId: null, actorName: 'load', listName: 'list', isDryRun: false }
const row = (name: string, project_code = '') => ({
  name,
  project_code,
  region_code: '410802',
  region_name: '解放区',
  category: '水利',
  stage: '在建',
})
const stored = async () => ({
  projects: await db.selectFrom('projects').selectAll().orderBy('id').execute(),
  versions: await db.selectFrom('project_versions').selectAll().orderBy('project_id').execute(),
  events: await events(),
})
const codeOf = (n: number) => `2105-410802-04-01-${String(n).padStart(6, '0')}`
const register = (name: string, projectCode: string) =>
  call(operator, routes.createProject, { body: newProject(name, { projectCode }) })

t.test('two rows that mean one project are refused by name, however far apart they stand', async (t) => {
  await register('老名字', codeOf(1))
  const before = await stored()
  const others = Array.from({ length: 1_200 }, (_, n) => row(`别的项目${n}`))
  for (const between of [[], others]) {
    const second = 3 + between.length
    t.match(
      await loadList(database, [row('新名字', codeOf(1)), ...between, row('老名字')], act),
      {
        outcome: 'refused',
        problems: [{ row: second, column: 'name', value: '老名字', reason: { en: /same project as row 2/ } }],
      },
      'named by the code, then by the name it had',
    )
    t.match(
      await loadList(database, [row('老名字'), ...between, row('新名字', codeOf(1))], act),
      {
        outcome: 'refused',
        problems: [{ row: second, column: 'name', value: '新名字', reason: { en: /same project as row 2/ } }],
      },
      'named by its name, then by its code',
    )
    t.match(
      await loadList(database, [row('老名字', codeOf(2)), ...between, row('新名字', codeOf(1))], act),
      {
        outcome: 'refused',
        problems: [{ row: second, column: 'name', value: '新名字', reason: { en: /same project as row 2/ } }],
      },
      'given another code, then named by the code it had',
    )
  }
  t.same(await stored(), before)
})

t.test(
  'a list that meets a registration of the same moment leaves no history of a project that is not there',
  async (t) => {
    const { project } = decideRegistration(uuidv7(), newProject('同时登记的项目') as never, clock.now())
    const other = await db.startTransaction().execute()
    t.teardown(() => other.isCommitted || other.rollback().execute())
    await insertProjects(other, [project])
    const before = await stored()
    const loading = loadList(database, [row('同时登记的项目'), row('别的项目')], act).then(
      () => 'loaded',
      (error: Error) => error.message,
    )
    await waitFor('the list to wait for the registration', async () => {
      const { rows } = await sql`select 1 from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`.execute(db)
      return rows.length > 0
    })
    await other.commit().execute()
    t.match(await loading, /at the same moment/)
    const { versions, events } = await stored()
    t.same({ versions, events }, { versions: before.versions, events: before.events })
    t.match(
      await loadList(database, [row('同时登记的项目'), row('别的项目')], act),
      { created: 1, updated: 1 },
      'again, it loads',
    )
  },
)
