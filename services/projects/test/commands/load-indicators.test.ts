import { createDatabase, createServiceDatabase } from '@tiaodu/testing'
import t from 'tap'
import { migrations } from '../../migrations/index.ts'
import { load } from '../fixtures/command.ts'
import { sampleFile } from '../fixtures/sample.ts'

const { url } = await createServiceDatabase(t, 'projects', migrations)

t.test('indicators and targets load with exit 0 and counts, and again without a change', (t) => {
  for (const [kind, file, count] of [
    ['indicators', 'plan_indicators.csv', 30],
    ['targets', 'annual_targets.csv', 14],
  ] as const) {
    const first = load(url, kind, sampleFile(file))
    t.equal(first.status, 0, first.text)
    t.ok(first.text.includes(`${count} changed, 0 unchanged`), first.text)
    const again = load(url, kind, sampleFile(file))
    t.equal(again.status, 0, again.text)
    t.ok(again.text.includes(`0 changed, ${count} unchanged`), again.text)
  }
  t.end()
})

t.test('a bad file is exit 1 and names the cell by the row that a spreadsheet shows, past blank lines', (t) => {
  const file = `${t.testdir({
    'bad.csv':
      'year,programme,metric,value,unit,kind\n2024,省重点,count,68,个,actual\n\n二〇二四,省重点,count,68,个,actual\n',
  })}/bad.csv`
  const { status, text } = load(url, 'targets', file)
  t.equal(status, 1)
  t.match(text, /^row 4, year: "二〇二四" must be a year from 2000 to 2099/)
  t.match(text, /Nothing was loaded: 1 problems/)
  t.end()
})

t.test('a database that is not migrated is exit 1 and says so', async (t) => {
  const bare = await createDatabase(t, 'bare', async () => {})
  t.match(load(bare, 'projects', sampleFile('key_projects.csv')), { status: 1, text: /^Nothing was loaded: .*migrat/i })
})
