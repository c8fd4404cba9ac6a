import { join } from 'node:path'
import { createTokens } from '@tiaodu/service'
import type pg from 'pg'
import { type Measure, measure } from './measure.ts'
import { projectId, UNIT } from './portfolio-fill.ts'
import { type Server, startServer } from './servers.ts'
import type { BenchStage } from './stage.ts'

const REQUESTS = 2_000
const GOAL = 0.6

// The same three writes in one statement on tables of the same shape: the report, its obligation, the event.
const floorOf = (period: string) => `
  with written as (
    update floor_reports set state = 'submitted', version = version + 1, revision = revision + 1, submitted_at = now()
    where project_id = $1 and period = '${period}' and state = 'draft' returning project_id, period, completed_yuan
  ), obligation as (
    update floor_obligations o set first_submitted_at = now() from written w where o.project_id = w.project_id and o.period = w.period
  ), sent as (
    insert into floor_outbox (id, name, payload, occurred_at)
    select gen_random_uuid(), 'report.submitted.v1', json_build_object('projectId', project_id, 'period', period), now() from written
  )
  select json_build_object('projectId', project_id, 'period', period, 'completedYuan', completed_yuan, 'state', 'submitted')::text as json
  from written`

const fillFloor = (client: pg.Client, period: string) =>
  client.query(`
    create table floor_reports (like monthly_reports including all);
    create table floor_obligations (like obligations including all);
    create table floor_outbox (like outbox including all);
    insert into floor_reports select * from monthly_reports where period >= '${period.slice(0, 4)}-01';
    insert into floor_obligations select * from obligations where period >= '${period.slice(0, 4)}-01';
    analyze floor_reports; analyze floor_obligations`)

/** Filing a report through the real route, with sign-in, checks, history and event, against the bare writes alone. */
export async function benchFiling(
  { root, databaseUrl, tokenSecret, firstPort }: BenchStage,
  { client, real, period }: { client: pg.Client; real: Server; period: string },
): Promise<Measure> {
  await fillFloor(client, period)
  const filer = { personId: UNIT, name: 'bench', role: 'filer', unitId: UNIT, regionCode: '410800' } as const
  const token = await createTokens(tokenSecret).sign(filer, { seconds: 3_600 })
  const floor = await startServer(
    join(root, 'infra/bench/floor.ts'),
    firstPort + 2,
    {
      DATABASE_URL: databaseUrl,
      FLOOR: JSON.stringify({ method: 'POST', url: '/:id', text: floorOf(period), schema: 'investment' }),
    },
    '/ready',
  )
  try {
    return await measure('investment filing a report', GOAL, REQUESTS, {
      floor: { url: floor.url, method: 'POST', headers: {}, path: (n) => `/${projectId(n)}` },
      real: {
        url: real.url,
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        path: (n) => `/api/v1/projects/${projectId(n)}/reports/${period}/submit`,
      },
    })
  } finally {
    floor.stop()
  }
}
