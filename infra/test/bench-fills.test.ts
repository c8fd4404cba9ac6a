import { connect } from '@tiaodu/database'
import { reconcile } from '@tiaodu/investment/reconcile'
import { sweepDeadlines } from '@tiaodu/notifications/sweep-deadlines'
import { createDatabase } from '@tiaodu/testing'
import t from 'tap'
import * as overdue from '../bench/overdue-fill.ts'
import { fillDrafts, fillPortfolio, monthsBefore, connectAsOwner as ownPortfolio } from '../bench/portfolio-fill.ts'
import { migrateAll } from '../local/database.ts'

const create = () => createDatabase(t, 'bench_fills', async (url) => void (await migrateAll(url)))

t.test('what the benchmarks fill in adds up as what people filed would', async (t) => {
  const url = await create()
  await fillPortfolio(url, 40, monthsBefore('2026-11', 14))
  const client = await ownPortfolio(url)
  t.teardown(() => client.end())
  const { rows } = await client.query(`select count(*)::int as reports from monthly_reports where state = 'approved'`)
  t.same(rows, [{ reports: 40 * 14 }])
  const database: { kysely: Parameters<typeof reconcile>[0]; close(): Promise<void> } = connect({
    url,
    schema: 'investment',
  })
  t.teardown(() => database.close())
  t.same(await reconcile(database.kysely), [])
  await fillDrafts(client, '2026-11')
  await client.query(`update cells set year_yuan = year_yuan + 1 where dimension = 'region' and key = '410802'`)
  t.not((await reconcile(database.kysely)).length, 0, 'and a yuan more is found')
})

t.test('what the benchmarks let fall due is swept into alerts and digests', async (t) => {
  const url = await create()
  const client = await overdue.connectAsOwner(url)
  t.teardown(() => client.end())
  const missing = await overdue.fillOverdue(client, 2_000, 10)
  const database: { kysely: Parameters<typeof sweepDeadlines>[0]; close(): Promise<void> } = connect({
    url,
    schema: 'notifications',
  })
  t.teardown(() => database.close())
  const ways = { channels: ['email'], isSimulated: false } as const
  for (const _ of [1, 2]) {
    await overdue.unsweep(client)
    t.match(await sweepDeadlines(database.kysely, ways, overdue.DUE_AT), { opened: missing, messages: 20 })
  }
})
