import { connect } from '@tiaodu/database'
import { sweepDeadlines } from '@tiaodu/notifications/sweep-deadlines'
import { benchDelivery } from './delivery.bench.ts'
import { type Measure, timed, within } from './measure.ts'
import { connectAsOwner, DUE_AT, fillOverdue, unsweep } from './overdue-fill.ts'
import type { BenchStage } from './stage.ts'

const PROJECTS = 1_000_000
const UNITS = 2_000
const ROUNDS = 3
/** Alerts within 5 s and digests 2 s later; they come together, in one transaction. */
const SWEEP_MS = 7_000

/** The due instant of a month of 1,000,000 projects: alerts in the table and digests queued. Then webhooks, as fast as they go. */
export async function* benchNotifications(stage: BenchStage): AsyncGenerator<Measure> {
  const client = await connectAsOwner(stage.databaseUrl)
  const database: { kysely: Parameters<typeof sweepDeadlines>[0]; close(): Promise<void> } = connect({
    url: stage.databaseUrl,
    schema: 'notifications',
  })
  try {
    const missing = await fillOverdue(client, PROJECTS, UNITS)
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await unsweep(client)
      rounds.push(
        await timed(async () => {
          const { opened, messages } = await sweepDeadlines(
            database.kysely,
            { channels: ['email'], isSimulated: false },
            DUE_AT,
          )
          if (opened !== missing || messages !== 2 * UNITS) throw new Error(`${opened} alerts, ${messages} digests`)
        }),
      )
    }
    const name = `notifications sweeping ${PROJECTS} projects, ${missing} missing: alerts and ${2 * UNITS} digests`
    await unsweep(client)
    yield within(name, SWEEP_MS, rounds)
    yield* benchDelivery(stage, client)
  } finally {
    await database.close()
    await client.end()
  }
}
