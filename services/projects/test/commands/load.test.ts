import { createServiceDatabase } from '@tiaodu/testing'
import t from 'tap'
import { migrations } from '../../migrations/index.ts'
import type { DB } from '../../src/generated/tables.ts'
import { load as loadInto } from '../fixtures/command.ts'
import { sampleFile } from '../fixtures/sample.ts'

const database = await createServiceDatabase<DB>(t, 'projects', migrations)
const load = (...args: string[]) => loadInto(database.url, ...args)

t.test('a good file is exit 0 with counts', (t) => {
  t.match(load('projects', sampleFile('key_projects.csv')), { status: 0, text: /137 created, 0 updated, 0 unchanged/ })
  t.end()
})

t.test('a bad file is exit 1, names its cells and loads nothing', async (t) => {
  const directory = t.testdir({
    'bad.csv':
      'name,region_code,region_name,category,stage\n好项目,410800,焦作市,水利,在建\n坏项目,4108,焦作市,水利,在建\n',
    'broken.csv': 'name,stage\n"未完,在建\n',
  })
  const { status, text } = load('projects', `${directory}/bad.csv`)
  t.equal(status, 1)
  t.match(text, /row 3, region_code: "4108" must be six digits/)
  t.match(load('projects', `${directory}/broken.csv`), { status: 1, text: /^Nothing was loaded: / })
  t.match(load('projects', `${directory}/absent.csv`), { status: 1, text: /^Nothing was loaded: ENOENT/ })
  const { length } = await database.kysely.selectFrom('projects').select('id').execute()
  t.equal(length, 137)
})

t.test('a wrong call is exit 2 and shows the right one', (t) => {
  for (const args of [[], ['projects'], ['people', 'x.csv']]) t.match(load(...args), { status: 2, text: /^Usage: / })
  t.end()
})
