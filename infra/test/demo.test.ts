import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createDatabase, testTransports } from '@tiaodu/testing'
import t from 'tap'
import { openLedger } from '../demo/ledger.ts'
import { listAllObligations } from '../demo/month.ts'
import { openStage } from '../demo/open-stage.ts'
import { DEMO_PERIOD, isLateInDemo, isNeverFiledInDemo, playMonth } from '../demo/play-month.ts'
import { createTimeline } from '../demo/timeline.ts'
import { build } from '../local/build.ts'
import type { System } from '../local/system.ts'

const root = resolve(import.meta.dirname, '../..')
const FIRST_PORT = 8380

/** Kills one worker after the other with kill -9, each time the clock has moved; the system starts it again. */
function killerOf(system: System) {
  const workers = system.parts.filter(({ part }) => part.isWorker)
  const killed: string[] = []
  let turn = 0
  return {
    killed,
    async disturb() {
      const worker = workers[turn++ % workers.length]
      const pid = worker?.pid()
      if (worker === undefined || pid === undefined) return
      process.kill(pid, 'SIGKILL')
      killed.push(worker.part.name)
    },
  }
}

const countBy = <T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}

t.test('kill -9 of any worker during the month loses no alert and sends none twice', async (t) => {
  build(root)
  for (const [index, { kind, redisUrl }] of (await testTransports(t)).entries()) {
    await t.test(`queues on ${kind}`, async (t) => {
      const databaseUrl = await createDatabase(t, 'empty', async () => {})
      const directory = mkdtempSync(join(tmpdir(), 'tiaodu-demo-'))
      t.teardown(() => rmSync(directory, { recursive: true, force: true }))
      const portalPort = FIRST_PORT + index * 20
      const stage = await openStage({ root, directory, databaseUrl, redisUrl, portalPort, months: 1, say: () => {} })
      t.teardown(() => stage.close())
      const ledger = await openLedger(databaseUrl)
      t.teardown(() => ledger.close())
      const { killed, disturb } = killerOf(stage.system)
      const lines: string[] = []
      const timeline = createTimeline((line) => lines.push(line))

      await playMonth({ ...stage, ledger, timeline, disturb })
      t.ok(killed.length >= 10, `${killed.length} workers were killed`)
      t.ok(new Set(killed).size === 3, 'each of the three workers among them')

      const obligations = await listAllObligations(stage.players.operator, DEMO_PERIOD)
      const late = obligations.filter(isLateInDemo)
      const never = obligations.filter(isNeverFiledInDemo)
      t.ok(never.length > 0 && never.length < late.length, 'some file late and some never')
      const alerts = await ledger.alerts(DEMO_PERIOD)
      t.equal(alerts.opened, late.length, 'one alert per late report')
      t.equal(alerts.closed, late.length - never.length, 'a late report closes its alert')
      t.same(alerts.byRung, { supervisor: never.length }, 'the others have climbed to the supervisor')

      const digests = stage.mailbox.messages().filter(({ subject }) => /提醒|逾期/.test(subject))
      const lateUnits = new Set(late.map(({ unitId }) => unitId)).size
      const lateRegions = new Set(late.map(({ regionCode }) => regionCode)).size
      t.same(
        countBy(digests, ({ to }) => to[0]?.split('.')[0] ?? ''),
        { filer: lateUnits * 4, head: lateUnits, leader: lateRegions, supervisor: 1 },
        'exactly one digest per person and step',
      )
      const kept = stage.mailbox.messages().length
      const delivered = await ledger.deliveries()
      t.equal(delivered.sent, kept, 'what counts as sent arrived')
      t.equal(delivered.open + delivered.givenUp, 0, 'nothing is left or given up')

      await playMonth({ ...stage, ledger, timeline })
      t.same(await ledger.alerts(DEMO_PERIOD), alerts, 'playing it again doubles no alert')
      t.equal(stage.mailbox.messages().length, kept, 'and sends nothing')
    })
  }
})
