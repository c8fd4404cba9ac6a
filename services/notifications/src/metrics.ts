import type { Clock } from '@tiaodu/service'
import type { Kysely } from 'kysely'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { DB } from './generated/tables.ts'
import type { DeliveringParts } from './operations/work-lane.ts'
import { countOpenDeliveries, findLag } from './repositories/lag.repository.ts'

/** What the worker tells of itself at /metrics: what it sent, what waits and since when, what was given up. */
export function createDeliveryMetrics(
  db: Kysely<DB>,
  clock: Clock,
): { onOutcome: NonNullable<DeliveringParts['onOutcome']>; register(registry: Registry): void } {
  const attempts = new Counter({
    name: 'notifications_delivery_attempts_total',
    help: 'Attempts of this worker to send, by channel and what came of them (sent, failed, givenUp)',
    labelNames: ['channel', 'result'],
    registers: [],
  })
  const gauge = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => Promise<void>) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      async collect() {
        this.reset()
        await collect(this)
      },
    })
  return {
    onOutcome: ({ channel }, { state }) => attempts.inc({ channel, result: state }),
    register(registry) {
      const gauges = [
        gauge(
          'notifications_deliveries_open',
          'Deliveries that are not sent, by channel and state; givenUp are dead letters that can be replayed',
          ['channel', 'state'],
          async (open) => {
            for (const { channel, state, count } of await countOpenDeliveries(db)) open.set({ channel, state }, count)
          },
        ),
        gauge(
          'notifications_oldest_undelivered_seconds',
          'How long the oldest delivery that is still tried has waited, by channel',
          ['channel'],
          async (oldest) => {
            const longest = new Map<string, number>()
            for (const { channel, oldestSeconds } of await countOpenDeliveries(db))
              longest.set(channel, Math.max(longest.get(channel) ?? 0, oldestSeconds))
            for (const [channel, seconds] of longest) oldest.set({ channel }, seconds)
          },
        ),
        gauge(
          'notifications_sweep_lag_seconds',
          'How long ago everything that was due had been looked at',
          [],
          async (lag) => {
            const { sweptThrough } = await findLag(db)
            if (sweptThrough !== null) lag.set((clock.now().getTime() - sweptThrough.getTime()) / 1_000)
          },
        ),
        gauge(
          'notifications_event_lag_seconds',
          'How long the oldest business event has waited to be published to integrators',
          [],
          async (lag) => lag.set((await findLag(db)).eventSeconds),
        ),
      ]
      for (const metric of [attempts, ...gauges]) registry.registerMetric(metric as never)
    },
  }
}
