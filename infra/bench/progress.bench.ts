import { join } from 'node:path'
import { createTokens, serviceActor } from '@tiaodu/service'
import pg from 'pg'
import { type Measure, measure } from './measure.ts'
import { startServer } from './servers.ts'
import type { BenchStage } from './stage.ts'

const PROJECTS = 200_000
const MONTHS = 12
const REQUESTS = 4_000
const GOAL = 0.7

const idOf = (n: number) => `00000000-0000-4000-b000-${String(n % PROJECTS).padStart(12, '0')}`

// The project and its reports as they are, by a bare handler.
const FLOOR = `
  select json_build_object('project', row_to_json(p), 'reports', (
    select json_agg(r) from (
      select period, state, completed_yuan, funds_received, visual_progress, difficulties, next_steps, submitted_at,
        is_late, approved_at, is_simulated
      from monthly_reports where project_id = p.id order by period desc limit 12
    ) r))::text as json
  from projects p where id = $1`

async function fill(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=investment' })
  await client.connect()
  await client.query(`
    insert into projects
      select ('00000000-0000-4000-b000-' || lpad(n::text, 12, '0'))::uuid, 1, '进展项目' || n, '410802', '解放区', '交通',
        array['county'], 'building', 'assessed', 9000000000000, null from generate_series(0, ${PROJECTS - 1}) n;
    insert into monthly_reports
      select ('00000000-0000-4000-b000-' || lpad(n::text, 12, '0'))::uuid, to_char(date '2025-01-01' + make_interval(months => m), 'YYYY-MM'),
        'approved', 3, 1, 10000000, '[]', '主体施工至第' || m || '层', '', '下月封顶', now(), null, false, '[]', now(), null, true
      from generate_series(0, ${PROJECTS - 1}) n, generate_series(0, ${MONTHS - 1}) m;
    insert into project_years
      select id, 2025, 200000000, null, array_fill(10000000::bigint, array[12]), 120000000, true from projects
      where name like '进展项目%'`)
  await client.query('vacuum analyze')
  await client.end()
}

/** One project with its 12 last reports, through the real route with sign-in, against a bare handler. */
export async function* benchProgress({
  root,
  databaseUrl,
  tokenSecret,
  firstPort,
}: BenchStage): AsyncGenerator<Measure> {
  await fill(databaseUrl)
  const token = await createTokens(tokenSecret).sign(serviceActor('bench'), { seconds: 3_600 })
  const floor = await startServer(
    join(root, 'infra/bench/floor.ts'),
    firstPort + 4,
    {
      DATABASE_URL: databaseUrl,
      FLOOR: JSON.stringify({ method: 'GET', url: '/:id', text: FLOOR, schema: 'investment' }),
    },
    `/${idOf(0)}`,
  )
  const real = await startServer(join(root, 'services/investment/dist/src/main.js'), firstPort + 5, {
    DATABASE_URL: databaseUrl,
    TOKEN_SECRET: tokenSecret,
    LOG_LEVEL: 'warn',
  })
  try {
    yield await measure('projects one with its 12 last reports', GOAL, REQUESTS, {
      floor: { url: floor.url, method: 'GET', headers: {}, path: (n) => `/${idOf(n * 7)}` },
      real: {
        url: real.url,
        method: 'GET',
        headers: { authorization: `Bearer ${token}` },
        path: (n) => `/api/v1/projects/${idOf(n * 7)}/progress`,
      },
    })
  } finally {
    floor.stop()
    real.stop()
  }
}
