import { sql } from 'kysely'
import t from 'tap'
import { startReceiver } from './fixtures/receiver.ts'
import { startNotifications } from './fixtures/service.ts'

const { app, clock, database, deliveryWhen, register, test } = await startNotifications(t)
const { url } = await startReceiver(t, ({ path }, response) => response.writeHead(Number(path.slice(1))).end())

/** The value of a metric, as Prometheus would read it. */
const read = async (metric: string): Promise<number | undefined> => {
  const { body } = await app.inject({ url: '/metrics' })
  const line = body.split('\n').find((one) => one.startsWith(`${metric} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

t.test('metrics tell what was sent, what waits since when, and what was given up', async (t) => {
  const send = async (status: number) => {
    const { endpoint } = await register(`${status}`, `${url}/${status}`, { isPrivateAllowed: true })
    return test(endpoint.id)
  }
  const [good, bad, gone] = [await send(204), await send(500), await send(410)]
  await deliveryWhen(good, ({ state }) => state === 'sent')
  await deliveryWhen(bad, ({ state }) => state === 'failed')
  await deliveryWhen(gone, ({ state }) => state === 'givenUp')
  for (const result of ['sent', 'failed', 'givenUp'])
    t.equal(await read(`notifications_delivery_attempts_total{channel="webhook",result="${result}"}`), 1, result)
  t.equal(await read('notifications_deliveries_open{channel="webhook",state="failed"}'), 1)
  t.equal(await read('notifications_deliveries_open{channel="webhook",state="givenUp"}'), 1)
  await sql`update deliveries set tries_since = now() - interval '1 hour' where id = ${bad}`.execute(database.kysely)
  t.ok(((await read('notifications_oldest_undelivered_seconds{channel="webhook"}')) ?? 0) >= 3_600)
  await sql`update deliveries set state = 'sent' where id = ${bad}`.execute(database.kysely)
  t.equal(await read('notifications_deliveries_open{channel="webhook",state="failed"}'), undefined, 'none is left')
})

t.test('metrics tell how far sweeping and publishing are behind', async (t) => {
  t.equal(await read('notifications_event_lag_seconds'), 0)
  const anHourAgo = new Date(clock.now().getTime() - 3_600_000)
  await sql`insert into sweeps (swept_through) values (${anHourAgo})`.execute(database.kysely)
  await sql`insert into event_log (id, type, occurred_at, logged_at, is_for_all, data)
    values ('e', 'bulletin.published.v1', now(), now() - interval '90 seconds', true, '{}')`.execute(database.kysely)
  t.equal(await read('notifications_sweep_lag_seconds'), 3_600)
  t.ok(((await read('notifications_event_lag_seconds')) ?? 0) >= 90)
})
