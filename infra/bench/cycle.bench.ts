import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTokens } from '@tiaodu/service'
import { type Actor, toPeriod } from '@tiaodu/types'
import type pg from 'pg'
import { benchFiling } from './filing.bench.ts'
import { type Measure, timed, within } from './measure.ts'
import { connectAsOwner, fillDrafts, fillPortfolio, monthsBefore, projectId } from './portfolio-fill.ts'
import { type Server, startServer } from './servers.ts'
import type { BenchStage } from './stage.ts'
import { benchSummary } from './summary.bench.ts'

const PROJECTS = 200_000
const MONTHS = 12
const BULK = 5_000
const ROUNDS = 3
const OPEN_MS = 10_000
const APPROVE_MS = 5_000
const RECONCILE_MS = 30_000
const PERSON = '00000000-0000-4000-8000-000000000009'

async function post(server: Server, token: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}

/** Reports of the last projects as filed, so that they can be approved. @returns their projects and versions */
async function fileLast(client: pg.Client, period: string, round: number) {
  const first = PROJECTS - (round + 1) * BULK
  const reports = Array.from({ length: BULK }, (_, n) => ({ projectId: projectId(first + n), version: 2 }))
  await client.query(
    `update monthly_reports set state = 'submitted', version = 2, revision = 1, submitted_at = now()
     where period = $1 and project_id = any($2)`,
    [period, reports.map((report) => report.projectId)],
  )
  return reports
}

/** The month of 200,000 projects that have filed for a year: it opens, is filed, is approved, and its sums are proven. */
export async function* benchInvestment(stage: BenchStage): AsyncGenerator<Measure> {
  const { root, databaseUrl, tokenSecret, firstPort } = stage
  const period = toPeriod(new Date())
  await fillPortfolio(databaseUrl, PROJECTS, monthsBefore(period, MONTHS))
  const client = await connectAsOwner(databaseUrl)
  const environment = { DATABASE_URL: databaseUrl, TOKEN_SECRET: tokenSecret, LOG_LEVEL: 'warn' }
  const real = await startServer(join(root, 'services/investment/dist/src/main.js'), firstPort + 3, environment)
  const sign = (role: Actor['role']) =>
    createTokens(tokenSecret).sign(
      { personId: PERSON, name: 'bench', role, unitId: null, regionCode: '410800' },
      { seconds: 3_600 },
    )
  try {
    const operator = await sign('operator')
    const reviewer = await sign('reviewer')
    const reconcile = () =>
      promisify(execFile)(process.execPath, [join(root, 'services/investment/dist/src/commands/reconcile.js')], {
        env: { ...process.env, ...environment },
      })
    yield within(`investment reconcile of ${PROJECTS * MONTHS} reports`, RECONCILE_MS, [await timed(reconcile)])
    const opened = await timed(() => post(real, operator, '/api/v1/cycles', { period }))
    yield within(`investment opening a cycle of ${PROJECTS} obligations`, OPEN_MS, [opened])
    await fillDrafts(client, period)
    const approvals: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const reports = await fileLast(client, period, round)
      approvals.push(await timed(() => post(real, reviewer, '/api/v1/reports/approvals', { period, reports })))
    }
    yield within(`investment approving ${BULK} reports at once`, APPROVE_MS, approvals)
    yield await benchFiling(stage, { client, real, period })
    yield* benchSummary(stage, { real, period })
  } finally {
    real.stop()
    await client.end()
  }
}
