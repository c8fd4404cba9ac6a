import { addMonths, type CheckCode } from '@tiaodu/types'
import pg from 'pg'

/** The unit that answers for the first 20,000 generated projects. */
export const UNIT = '00000000-0000-4000-8000-000000000000'
const UNITS = 400
const OF_FIRST_UNIT = 20_000

/** The nth generated project. */
export const projectId = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`

const ID = "('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid"
const UNIT_ID = `('00000000-0000-4000-8000-' || lpad((case when n < ${OF_FIRST_UNIT} then 0 else n % ${UNITS} end)::text, 12, '0'))::uuid`
const MONTH_YUAN = 10_000_000

// The generated months are all alike, which the checks notice: the filer says why.
const EXPLANATIONS = JSON.stringify(
  (['repeated-round', 'arrears', 'progress-unchanged'] satisfies CheckCode[]).map((code) => ({
    code,
    text: '按合同支付',
  })),
)

const REPORT = `project_id, period, state, version, revision, completed_yuan, funds_received, visual_progress, difficulties,
  next_steps, is_late, return_reasons, is_simulated, explanations`

/** Connects to the schema of the investment service as whoever owns it. */
export async function connectAsOwner(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=investment' })
  await client.connect()
  return client
}

/** Projects of 8 districts, 400 units and 20 categories, with nothing filed yet. */
async function fillProjects(client: pg.Client, projects: number): Promise<void> {
  await client.query(`
    insert into units select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 1, '第' || n || '局' from generate_series(0, ${UNITS - 1}) n;
    insert into projects (id, version, name, region_code, region_name, category, tiers, stage, assessment_class, total_investment_yuan, unit_id)
      select ${ID}, 1, '生成项目' || n, (410802 + n % 8)::text, '区县' || n % 8, '类别' || n % 20, array['county'], 'building', 'assessed',
        9000000000000, ${UNIT_ID}
      from generate_series(0, ${projects - 1}) n;
    insert into project_places (project_id, ordinal, at, region_code, region_name, unit_id, category, tiers, is_assessed, is_withdrawn, stage,
        total_investment_yuan)
      select id, 1, '-infinity', region_code, region_name, unit_id, category, tiers, true, false, stage, total_investment_yuan from projects;`)
}

// What the cells add up over the standings of a group; everything else they count is 0 of projects that are all on schedule.
const COUNTED = [
  ...['project_count', 'expected', 'filed', 'on_time', 'green', 'simulated'],
  ...['assessed_count', 'assessed_expected', 'assessed_on_time', 'assessed_statistics_due'],
]
const ADDED = ['planned_yuan', 'scheduled_twelfths', 'month_yuan', 'year_yuan', 'total_investment_yuan']
const NONE = [
  ...['yellow', 'red', 'exempt', 'mismatched', 'assessed_start_due', 'assessed_started'],
  ...['assessed_completion_due', 'assessed_completed', 'assessed_in_statistics'],
]
const CELLS: readonly [column: string, sum: string][] = [
  ...COUNTED.map((name): [string, string] => [name, 'count(*)']),
  ...ADDED.flatMap((name): [string, string][] => [
    [name, `sum(${name})`],
    [`assessed_${name}`, `sum(${name})`],
  ]),
  ...NONE.map((name): [string, string] => [name, '0']),
]

/** The year of a month in which every project does as it planned: nothing before the first month, then the same each month. */
async function fillPlans(client: pg.Client, period: string, first: string): Promise<void> {
  const [year, month] = period.split('-').map(Number)
  const before = first.startsWith(period.slice(0, 4)) ? Number(first.slice(5)) - 1 : 0
  const targets = Array.from({ length: 12 }, (_, n) => Math.max(0, n + 1 - before) * MONTH_YUAN)
  const planned = `${targets.at(-1)}, '{${targets.join(',')}}'`
  if (month !== before + 1) return
  await client.query(`
    insert into annual_plans (project_id, year, version, planned_yuan, monthly_targets_yuan, is_simulated, created_at)
      select id, ${year}, 1, ${planned}, true, '-infinity' from projects;
    insert into project_years (project_id, year, planned_yuan, monthly_targets_yuan, completed_by_month, completed_yuan, is_simulated)
      select id, ${year}, ${planned}, array_fill(0::bigint, array[12]), 0, true from projects`)
}

/** One month in which every project filed and was approved, with everything that is rolled up from it. */
async function fillMonth(client: pg.Client, period: string, first: string): Promise<void> {
  const [year, month] = period.split('-').map(Number)
  const due = `('${addMonths(period, 1)}-05T10:00:00Z')::timestamptz`
  const lock = `('${addMonths(period, 2)}-01T00:00:00+08:00')::timestamptz`
  await fillPlans(client, period, first)
  await client.query(`
    insert into cycles (id, period, opened_at, due_at, lock_at, holiday_policy, is_calendar_provisional, is_simulated, rule_version)
      values (gen_random_uuid(), '${period}', ${due}, ${due}, ${lock}, 'postpone', false, true, 1);
    insert into obligations (id, period, project_id, unit_id, region_code, due_at, lock_at, first_submitted_at)
      select overlay(id::text placing '${String(year).slice(2)}${String(month).padStart(2, '0')}' from 1 for 4)::uuid, '${period}', id, unit_id,
        region_code, ${due}, ${lock}, ${due} from projects;
    insert into monthly_reports (${REPORT})
      select id, '${period}', 'approved', 3, 1, ${MONTH_YUAN}, '[]', '主体施工', '', '', false, '[]', true, '[]' from projects;
    update project_years set completed_by_month[${month}] = ${MONTH_YUAN}, completed_yuan = completed_yuan + ${MONTH_YUAN} where year = ${year};
    insert into standings (period, project_id, region_code, region_name, unit_id, category, tiers, is_assessed, planned_yuan,
        scheduled_twelfths, month_yuan, year_yuan, is_expected, is_filed, is_on_time, missed_reports, light, light_reasons, is_simulated,
        stage, total_investment_yuan, is_start_due, is_started, is_completion_due, is_completed, is_statistics_due, is_in_statistics)
      select '${period}', p.id, p.region_code, p.region_name, p.unit_id, p.category, p.tiers, true, y.planned_yuan,
        12 * y.completed_yuan, ${MONTH_YUAN}, y.completed_yuan, true, true, true, 0, 'green', '[]', true,
        p.stage, p.total_investment_yuan, false, false, false, false, true, false
      from projects p join project_years y on y.project_id = p.id and y.year = ${year};
    insert into cells (period, region_code, dimension, key, name, ${CELLS.map(([column]) => column).join(', ')})
      select s.period, s.region_code, g.dimension, g.key, max(g.name), ${CELLS.map(([, sum]) => sum).join(', ')}
      from standings s cross join lateral (values ('region', s.region_code, s.region_name), ('category', s.category, s.category),
        ('unit', s.unit_id::text, ''), ('tier', 'county', 'county'), ('stage', s.stage, s.stage)) as g (dimension, key, name)
      where s.period = '${period}' group by s.period, s.region_code, g.dimension, g.key`)
}

/** Months of approved reports that end before the given one, the earliest first. */
export const monthsBefore = (period: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => addMonths(period, n - count))

/** Fills a migrated database with projects that filed in each of these months. */
export async function fillPortfolio(databaseUrl: string, projects: number, periods: readonly string[]): Promise<void> {
  const client = await connectAsOwner(databaseUrl)
  try {
    await fillProjects(client, projects)
    for (const period of periods) await fillMonth(client, period, periods[0] ?? period)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** A saved draft for every project, ready to be filed. */
export async function fillDrafts(client: pg.Client, period: string): Promise<void> {
  await client.query(`
    insert into monthly_reports (${REPORT})
      select id, '${period}', 'draft', 1, 0, ${MONTH_YUAN}, '[]', '主体施工', '', '', false, '[]', true, '${EXPLANATIONS}' from projects`)
  await client.query('vacuum analyze monthly_reports')
}
