import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from '@tiaodu/messaging'
import { createLogger, createTokens } from '@tiaodu/service'
import type pg from 'pg'
import { type Measure, median, toMeasure } from './measure.ts'
import { type Server, startServer } from './servers.ts'
import type { BenchStage } from './stage.ts'

const WEBHOOKS = 10_000
const JOBS = 10_000
const ROUNDS = 3
const GOAL_PER_SECOND = 1_500
const LANES = 4
const AT_ONCE = 64

/** Endpoints registered through the real route: their addresses lie sealed. */
async function registerEndpoints({ root, databaseUrl, tokenSecret, firstPort }: BenchStage, receiver: Server) {
  const environment = { DATABASE_URL: databaseUrl, TOKEN_SECRET: tokenSecret, LOG_LEVEL: 'warn' }
  const service = await startServer(join(root, 'services/notifications/dist/src/main.js'), firstPort + 4, environment)
  const operator = { personId: null, name: 'bench', role: 'operator', unitId: null, regionCode: '410800' } as const
  const token = await createTokens(tokenSecret).sign(operator, { seconds: 600 })
  for (let n = 0; n < LANES; n++) {
    const answer = await fetch(`${service.url}/api/v1/endpoints`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ kind: 'webhook', name: `平台${n}`, url: `${receiver.url}/${n}`, regionCode: '410800' },
        ...{ isPrivateAllowed: true, eventTypes: ['bulletin.corrected.v1'] },
      }),
    })
    if (!answer.ok) throw new Error(`An endpoint was refused: ${await answer.text()}`)
  }
  service.stop()
}

const queueWebhooks = (client: pg.Client) =>
  client.query(`
    delete from deliveries;
    delete from event_log;
    insert into event_log (id, seq, type, occurred_at, is_for_all, data)
      select 'bench-' || n, 1000000 + n, 'report.approved.v1', now(), true, json_build_object('period', '2026-11', 'completedYuan', n)
      from generate_series(1, ${WEBHOOKS / LANES}) n;
    insert into deliveries (id, channel, endpoint_id, event_id, state)
      select uuidv7(), 'webhook', e.id, v.id, 'queued' from event_log v cross join endpoints e`)

/** One round: everything is queued, then the worker starts; counted by the receiver from the first to the last. */
async function deliver(stage: BenchStage, client: pg.Client, receiver: Server): Promise<number> {
  const { root, databaseUrl, tokenSecret, firstPort } = stage
  await fetch(`${receiver.url}/reset`)
  await queueWebhooks(client)
  const port = firstPort + 5
  const worker = await startServer(join(root, 'services/notifications/dist/src/worker.js'), port, {
    ...{ DATABASE_URL: databaseUrl, TOKEN_SECRET: tokenSecret, LOG_LEVEL: 'warn' },
    ...{ WORKER_PORT: String(port), PROJECTS_URL: 'http://127.0.0.1:1', SWEEP_SECONDS: '3600' },
  })
  try {
    for (;;) {
      await sleep(200)
      const { rows } = await client.query<{ open: number }>(
        `select count(*)::int as open from deliveries where state <> 'sent'`,
      )
      if (rows[0]?.open === 0) break
    }
  } finally {
    worker.stop()
  }
  const { count, firstAt, lastAt } = (await (await fetch(receiver.url)).json()) as Record<string, number>
  if (count !== WEBHOOKS || firstAt === undefined || lastAt === undefined) throw new Error(`${count} webhooks came`)
  return count / ((lastAt - firstAt) / 1_000)
}

/** Jobs that do nothing, over the same PostgreSQL. */
async function noOpJobs(databaseUrl: string): Promise<number> {
  const transport = createTransport({ databaseUrl, logger: createLogger('bench', 'silent') })
  const queue = transport.queue('bench')
  await queue.addBulk(Array.from({ length: JOBS }, (_, n) => ({ name: 'nothing', data: { id: `job-${n}` } })))
  let done = 0
  let finish: () => void = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const started = performance.now()
  const worker = transport.worker('bench', async () => void (++done === JOBS && finish()), AT_ONCE)
  await finished
  const seconds = (performance.now() - started) / 1_000
  await Promise.all([worker.close(), queue.close()])
  return JOBS / seconds
}

/** Webhooks to a receiver on this machine, from the table through the real worker, beside what BullMQ does with jobs that do nothing. */
export async function* benchDelivery(stage: BenchStage, client: pg.Client): AsyncGenerator<Measure> {
  const receiver = await startServer(join(stage.root, 'infra/bench/receiver.ts'), stage.firstPort + 6, {}, '/')
  try {
    await registerEndpoints(stage, receiver)
    const rates: number[] = []
    const noOps: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      rates.push(await deliver(stage, client, receiver))
      noOps.push(await noOpJobs(stage.databaseUrl))
    }
    const [value, noOp] = [median(rates), median(noOps)]
    const unit = 'per second'
    yield toMeasure({
      name: 'notifications delivering webhooks',
      goal: 1,
      unit,
      value,
      floor: GOAL_PER_SECOND,
      ratio: value / GOAL_PER_SECOND,
    })
    yield toMeasure({
      name: 'notifications delivering beside no-op jobs of BullMQ',
      goal: 0,
      unit,
      value,
      floor: noOp,
      ratio: value / noOp,
    })
  } finally {
    receiver.stop()
  }
}
