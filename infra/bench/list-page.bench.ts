import { join } from 'node:path'
import { createTokens, serviceActor } from '@tiaodu/service'
import pg from 'pg'
import { type Measure, measure, measureP95 } from './measure.ts'
import { startServer } from './servers.ts'
import type { BenchStage } from './stage.ts'

const PROJECTS = 200_000
const REQUESTS = 4_000
const GOAL = 0.7
// Its slow answers are at most three times as slow as those of the list page.
const SEARCH_GOAL = 0.33
// Words that few, some and all names hold.
const WORDS = ['99', '12', '07', '项目', '生成']

// The columns that the API answers with, as they are.
const COLUMNS = `id, stage, name, region_code, region_name, category, tiers, assessment_class, project_code, local_codes,
  year_roles, construction_type, industry_code, place, scale, owner_name, owner_credit_code, participants, total_investment_yuan,
  funding_plan, planned_start_on, actual_start_on, planned_completion_on, actual_completion_on, approvals,
  statistical_entry_on, parent_id, responsible_unit_id, filer_id, leader_id, leaders, source, section, note, version, created_at,
  updated_at`

const FLOOR = `
  select json_build_object('items', json_agg(p order by p.id desc), 'nextCursor', min(p.id::text))::text as json
  from (select ${COLUMNS} from projects where region_code = '410802' and stage = 'building' order by id desc limit 20) p`

async function fill(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    `insert into projects.projects (id, name, region_code, region_name, category, stage, tiers, assessment_class,
       total_investment_yuan, version, created_at, updated_at)
     select gen_random_uuid(), '生成项目' || n, (array['410802','410803','410811','410821','410822','410823','410825','410882'])[1 + n % 8],
       '区县' || n % 8, '类别' || n % 20, (array['planning','signed','preliminary','newlyStarted','building','completed'])[1 + (n / 8) % 6],
       array['county'], 'assessed', 100000000 + n, 1, now(), now()
     from generate_series(1, $1::int) n on conflict do nothing`,
    [PROJECTS],
  )
  await client.query('analyze projects.projects')
  await client.end()
}

/** The list page by district and stage, newest first, with sign-in, against a bare handler on the same PostgreSQL. */
export async function* benchListPage({
  root,
  databaseUrl,
  tokenSecret,
  firstPort,
}: BenchStage): AsyncGenerator<Measure> {
  await fill(databaseUrl)
  const token = await createTokens(tokenSecret).sign(serviceActor('bench'), { seconds: 3_600 })
  const floor = await startServer(
    join(root, 'infra/bench/floor.ts'),
    firstPort,
    { DATABASE_URL: databaseUrl, FLOOR: JSON.stringify({ method: 'GET', url: '/', text: FLOOR, schema: 'projects' }) },
    '/',
  )
  const real = await startServer(join(root, 'services/projects/dist/src/main.js'), firstPort + 1, {
    DATABASE_URL: databaseUrl,
    TOKEN_SECRET: tokenSecret,
    LOG_LEVEL: 'warn',
  })
  try {
    const path = '/api/v1/projects?regionCode=410802&stage=building'
    const page = { url: real.url, method: 'GET', headers: { authorization: `Bearer ${token}` } } as const
    const search = (n: number) => `/api/v1/projects?q=${encodeURIComponent(WORDS[n % WORDS.length] ?? '')}`
    yield await measure('projects list page', GOAL, REQUESTS, {
      floor: { url: floor.url, method: 'GET', headers: {}, path: () => '/' },
      real: { ...page, path: () => path },
    })
    yield await measureP95('projects search by two characters, floor the list page', SEARCH_GOAL, REQUESTS, {
      floor: { ...page, path: () => path },
      real: { ...page, path: search },
    })
  } finally {
    floor.stop()
    real.stop()
  }
}
