import { join, resolve } from 'node:path'
import { openLedger } from './demo/ledger.ts'
import { openStage } from './demo/open-stage.ts'
import { DEMO_PERIOD, playMonth } from './demo/play-month.ts'
import { createTimeline } from './demo/timeline.ts'
import { build } from './local/build.ts'
import { openDatabase } from './local/database.ts'

/**
 * One whole month on a simulated clock: the same services, workers, PostgreSQL, queues and SMTP as npm start runs, on a
 * database of their own, so that simulated figures never stand among real ones.
 */
const root = resolve(import.meta.dirname, '..')
const data = resolve(process.env.TIAODU_DATA ?? join(root, '.data'))
const directory = join(data, 'demo')
const portalPort = Number(process.env.TIAODU_DEMO_PORT ?? 8180)
const say = (line: string) => console.log(line)

build(root)
const database = await openDatabase(join(data, 'postgres'), { database: 'tiaodu_demo' })
try {
  say(`演示数据：${DEMO_PERIOD} 月报，模拟时钟，真实的服务、队列、数据库和邮件`)
  const redisUrl = process.env.REDIS_URL && new URL('/1', process.env.REDIS_URL).href
  const stage = await openStage({
    root,
    directory,
    databaseUrl: database.url,
    redisUrl,
    portalPort,
    say: (line) => say(`  ${line}`),
  })
  const ledger = await openLedger(database.url)
  try {
    await playMonth({ ...stage, ledger, timeline: createTimeline(say) })
    const { sent, open, givenUp } = await ledger.deliveries()
    const kept = stage.mailbox.messages().length
    say(
      `\n邮件: 已发 ${sent} 封，未发 ${open}，放弃 ${givenUp}；信箱 .data/demo/mail 收到 ${kept} 封，重复 ${stage.mailbox.duplicates()} 封`,
    )
  } finally {
    await ledger.close()
    await stage.close()
  }
} catch (error) {
  console.error(error instanceof Error ? error.stack : error)
  process.exitCode = 1
} finally {
  await database.release()
}
