import { join } from 'node:path'
import { createTokens } from '@tiaodu/service'
import { addMonths } from '@tiaodu/types'
import type pg from 'pg'
import { type Measure, measure, median, type Target, toMeasure } from './measure.ts'
import { connectAsOwner, fillPortfolio, monthsBefore } from './portfolio-fill.ts'
import { type Server, startServer } from './servers.ts'
import { type BenchStage, copyDatabase } from './stage.ts'

const REQUESTS = 4_000
const GOAL = 0.8
// The number of months must not matter: within 20 %.
const MONTHS_GOAL = 0.8
const FEW = 12
const MANY = 60
const PROJECTS = 20_000
const FRESH_ROUNDS = 31

const PERSON = '00000000-0000-4000-8000-000000000009'
const pathOf = (period: string) => `/api/v1/portfolio/summary?period=${period}&groupBy=region`

const floorOf = (period: string) => `
  select content as json from summaries where period = '${period}' and dimension = 'region' and region_prefix = '4108'`

const signed = (tokenSecret: string) =>
  createTokens(tokenSecret).sign(
    { personId: PERSON, name: 'bench', role: 'supervisor', unitId: null, regionCode: '410800' },
    { seconds: 3_600 },
  )

const targetOf = (server: Server, token: string, path: string): Target => ({
  url: server.url,
  method: 'GET',
  headers: { authorization: `Bearer ${token}` },
  path: () => path,
})

const read = async ({ url, headers, path }: Target) => {
  const answer = await fetch(url + path(0), { headers })
  if (!answer.ok) throw new Error(`${url}${path(0)}: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}

/** How long an answer takes that has to be added up from the cells. */
async function freshMs(client: pg.Client, target: Target): Promise<number> {
  await client.query('delete from summaries')
  const started = performance.now()
  await read(target)
  return performance.now() - started
}

/** A database with so many months, and the service on it. */
async function startWith(stage: BenchStage, months: number, port: number) {
  const databaseUrl = await copyDatabase(stage.emptyUrl, `bench_months_${months}`)
  await fillPortfolio(databaseUrl, PROJECTS, monthsBefore('2026-11', months))
  const server = await startServer(join(stage.root, 'services/investment/dist/src/main.js'), port, {
    DATABASE_URL: databaseUrl,
    TOKEN_SECRET: stage.tokenSecret,
    LOG_LEVEL: 'warn',
  })
  return { server, client: await connectAsOwner(databaseUrl) }
}

/** The summary of a month when 12 months are kept, beside the same when there are 60. */
async function* benchMonths(stage: BenchStage, token: string): AsyncGenerator<Measure> {
  const few = await startWith(stage, FEW, stage.firstPort + 4)
  const many = await startWith(stage, MANY, stage.firstPort + 5)
  const path = pathOf(addMonths('2026-11', -1))
  const [floor, real] = [targetOf(few.server, token, path), targetOf(many.server, token, path)]
  try {
    const [values, floors]: [number[], number[]] = [[], []]
    for (let round = 0; round < FRESH_ROUNDS; round++) {
      floors.push(await freshMs(few.client, floor))
      values.push(await freshMs(many.client, real))
    }
    const ratio = median(floors) / median(values)
    yield await measure(`investment summary, ${MANY} months beside ${FEW}`, MONTHS_GOAL, REQUESTS, { floor, real })
    yield toMeasure({
      name: `investment summary added up anew, ${MANY} months beside ${FEW}`,
      goal: MONTHS_GOAL,
      unit: 'µs',
      value: median(values) * 1_000,
      floor: median(floors) * 1_000,
      ratio,
    })
  } finally {
    for (const { server, client } of [few, many]) {
      server.stop()
      await client.end()
    }
  }
}

/** The portfolio summary through the real route against a bare handler that sends the same text. */
export async function* benchSummary(
  stage: BenchStage,
  { real, period }: { real: Server; period: string },
): AsyncGenerator<Measure> {
  const token = await signed(stage.tokenSecret)
  const target = targetOf(real, token, pathOf(period))
  // The first reader carries in what was opened, filed and approved.
  await read(target)
  const floor = await startServer(
    join(stage.root, 'infra/bench/floor.ts'),
    stage.firstPort + 6,
    {
      DATABASE_URL: stage.databaseUrl,
      FLOOR: JSON.stringify({ method: 'GET', url: '/', text: floorOf(period), schema: 'investment' }),
    },
    '/',
  )
  try {
    yield await measure('investment portfolio summary', GOAL, REQUESTS, {
      floor: { url: floor.url, method: 'GET', headers: {}, path: () => '/' },
      real: target,
    })
    yield* benchMonths(stage, token)
  } finally {
    floor.stop()
  }
}
