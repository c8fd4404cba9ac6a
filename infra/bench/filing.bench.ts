import { join } from 'node:path'
import { createTokens } from '@tiaodu/service'
import type { CheckCode } from '@tiaodu/types'
import pg from 'pg'
import { type Measure, measure } from './measure.ts'
import { startServer } from './servers.ts'
import type { BenchStage } from './stage.ts'

const PROJECTS = 40_000
const REQUESTS = 2_000
const GOAL = 0.6
const PERIOD = '2026-11'
const UNIT = '00000000-0000-4000-8000-000000000001'

// The generated months are all alike, which the checks notice: the filer says why.
const EXPLANATIONS = JSON.stringify(
  (['repeated-round', 'arrears', 'progress-unchanged'] satisfies CheckCode[]).map((code) => ({
    code,
    text: '按合同支付',
  })),
)

const idOf = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`

// The same three writes in one statement on tables of the same shape: the report, its obligation, the event.
const FLOOR = `
  with written as (
    update floor_reports set state = 'submitted', version = version + 1, revision = revision + 1, submitted_at = now()
    where project_id = $1 and period = '${PERIOD}' and state = 'draft' returning project_id, period, completed_yuan
  ), obligation as (
    update floor_obligations o set first_submitted_at = now() from written w where o.project_id = w.project_id and o.period = w.period
  ), sent as (
    insert into floor_outbox (id, name, payload, occurred_at)
    select gen_random_uuid(), 'report.submitted.v1', json_build_object('projectId', project_id, 'period', period), now() from written
  )
  select json_build_object('projectId', project_id, 'period', period, 'completedYuan', completed_yuan, 'state', 'submitted')::text as json
  from written`

async function fill(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=investment' })
  await client.connect()
  await client.query(`
    insert into cycles values (gen_random_uuid(), '${PERIOD}', now(), now() + interval '9 days', now() + interval '30 days', 'postpone', false, true);
    insert into projects
      select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 1, '生成项目' || n, '410802', '解放区', '交通', array['county'],
        'building', 'assessed', 9000000000000, '${UNIT}' from generate_series(0, ${PROJECTS - 1}) n;
    insert into units values ('${UNIT}', 1, '一局');
    insert into project_years select id, 2026, 1000000000, null, array_fill(10000000::bigint, array[12]), 120000000, true from projects;
    insert into obligations select gen_random_uuid(), '${PERIOD}', id, unit_id, region_code, now() + interval '9 days', now() + interval '30 days' from projects;
    insert into monthly_reports select id, m.period, m.state, 3, 1, 10000000, '[]', '主体施工', '', '', null, null, false, '[]', null, null, true,
        case m.state when 'draft' then '${EXPLANATIONS}'::jsonb else '[]' end
      from projects, (values ('2026-09', 'approved'), ('2026-10', 'approved'), ('${PERIOD}', 'draft')) as m (period, state);
    create table floor_reports (like monthly_reports including all);
    create table floor_obligations (like obligations including all);
    create table floor_outbox (like outbox including all);
    insert into floor_reports select * from monthly_reports;
    insert into floor_obligations select * from obligations;
  `)
  await client.query('vacuum analyze')
  await client.end()
}

/** Filing a report through the real route, with sign-in, checks, history and event, against the bare writes alone. */
export async function benchFiling({ root, databaseUrl, tokenSecret, firstPort }: BenchStage): Promise<Measure[]> {
  await fill(databaseUrl)
  const filer = { personId: UNIT, name: 'bench', role: 'filer', unitId: UNIT, regionCode: '410802' } as const
  const token = await createTokens(tokenSecret).sign(filer, { seconds: 3_600 })
  const floor = await startServer(
    join(root, 'infra/bench/floor.ts'),
    firstPort + 2,
    {
      DATABASE_URL: databaseUrl,
      FLOOR: JSON.stringify({ method: 'POST', url: '/:id', text: FLOOR, schema: 'investment' }),
    },
    '/ready',
  )
  const real = await startServer(join(root, 'services/investment/dist/src/main.js'), firstPort + 3, {
    DATABASE_URL: databaseUrl,
    TOKEN_SECRET: tokenSecret,
    LOG_LEVEL: 'warn',
  })
  try {
    const headers = { authorization: `Bearer ${token}` }
    return [
      await measure('investment filing a report', GOAL, REQUESTS, {
        floor: { url: floor.url, method: 'POST', headers: {}, path: (n) => `/${idOf(n)}` },
        real: {
          url: real.url,
          method: 'POST',
          headers,
          path: (n) => `/api/v1/projects/${idOf(n)}/reports/${PERIOD}/submit`,
        },
      }),
    ]
  } finally {
    floor.stop()
    real.stop()
  }
}
