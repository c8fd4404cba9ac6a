import { type Database, type Param, prepare } from '@tiaodu/database'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { StoredReport } from '../domain/report.ts'
import type { DB } from '../generated/tables.ts'

/** What was done to a report; null for saving a draft, which leaves no history. */
export type Action = 'submitted' | 'returned' | 'passed' | 'approved' | 'corrected'

export interface ReportWrite {
  /** One version above the one that it was decided upon. */
  readonly report: StoredReport
  readonly action: Action | null
  /** The level of review at which it was done; null for what is no review. */
  readonly levelName: string | null
  readonly actorId: string | null
  /** By how much this changes the approved yuan of the month; null when it does not touch them. */
  readonly approvedByYuan: number | null
  /** The outbox row that goes with it. */
  readonly event: { readonly id: string; readonly name: string; readonly payload: string } | null
  readonly now: Date
}

const DECIDED = {
  project_id: 'uuid',
  period: 'text',
  state: 'text',
  version: 'int',
  revision: 'int',
  completed_yuan: 'bigint',
  funds_received: 'text',
  visual_progress: 'text',
  difficulties: 'text',
  next_steps: 'text',
  submitted_at: 'timestamptz',
  submitted_by: 'uuid',
  is_late: 'boolean',
  return_reasons: 'text',
  approved_at: 'timestamptz',
  approved_by: 'uuid',
  is_simulated: 'boolean',
  explanations: 'text',
  awaits: 'text',
  passed_by: 'uuid[]',
  history_id: 'uuid',
  action: 'text',
  level_name: 'text',
  actor_id: 'uuid',
  at: 'timestamptz',
  entry: 'text',
  approved_by_yuan: 'bigint',
  event_id: 'uuid',
  event_name: 'text',
  event_payload: 'text',
} as const

type Decided = Record<keyof typeof DECIDED, unknown>
const columns = Object.entries(DECIDED) as [keyof Decided, string][]

const toDecided = ({ report, action, levelName, actorId, approvedByYuan, event, now }: ReportWrite): Decided => ({
  project_id: report.projectId,
  period: report.period,
  state: report.state,
  version: report.version,
  revision: report.revision,
  completed_yuan: report.entry.completedYuan,
  funds_received: JSON.stringify(report.entry.fundsReceived),
  visual_progress: report.entry.visualProgress,
  difficulties: report.entry.difficulties,
  next_steps: report.entry.nextSteps,
  submitted_at: report.submittedAt,
  submitted_by: report.submittedBy,
  is_late: report.isLate,
  return_reasons: JSON.stringify(report.returnReasons),
  approved_at: report.approvedAt,
  approved_by: report.approvedBy,
  is_simulated: report.isSimulated,
  explanations: JSON.stringify(report.entry.explanations),
  awaits: report.awaits,
  passed_by: report.passedBy,
  history_id: uuidv7(),
  action,
  level_name: levelName,
  actor_id: actorId,
  at: now,
  entry: JSON.stringify(report.entry),
  approved_by_yuan: approvedByYuan,
  event_id: event?.id ?? null,
  event_name: event?.name ?? null,
  event_payload: event?.payload ?? null,
})

// Report, history, obligation, roll-up and outbox in one statement: atomic, one round trip, and nothing at all happens
// to a report whose version is not the one that was decided upon.
const statement = (source: RawBuilder<unknown>) => sql`
  with decided as (${source}), written as (
    insert into monthly_reports as r
    select project_id, period, state, version, revision, completed_yuan, funds_received::jsonb, visual_progress, difficulties,
      next_steps, submitted_at, submitted_by, is_late, return_reasons::jsonb, approved_at, approved_by, is_simulated,
      explanations::jsonb, awaits, passed_by
    from decided
    on conflict (project_id, period) do update set state = excluded.state, version = excluded.version,
      revision = excluded.revision, completed_yuan = excluded.completed_yuan, funds_received = excluded.funds_received,
      visual_progress = excluded.visual_progress, difficulties = excluded.difficulties, next_steps = excluded.next_steps,
      submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by, is_late = excluded.is_late,
      return_reasons = excluded.return_reasons, approved_at = excluded.approved_at, approved_by = excluded.approved_by,
      is_simulated = excluded.is_simulated, explanations = excluded.explanations,
      awaits = excluded.awaits, passed_by = excluded.passed_by
    where r.version = excluded.version - 1
    returning r.project_id
  ), acted as (
    select d.*, left(d.period, 4)::int as year, right(d.period, 2)::int as month
    from decided d join written w on w.project_id = d.project_id where d.action is not null
  ), history as (
    insert into report_history (id, project_id, period, action, level_name, revision, actor_id, at, reasons, entry)
    select history_id, project_id, period, action, level_name, revision, actor_id, at, return_reasons::jsonb, entry::jsonb
    from acted
  ), obligation as (
    update obligations o set first_submitted_at = a.at from acted a
    where o.project_id = a.project_id and o.period = a.period and o.first_submitted_at is null and a.action = 'submitted'
  ), rolled_up as (
    insert into project_years as y
    select project_id, year, 0, null, array_fill(0::bigint, array[month - 1]) || approved_by_yuan
      || array_fill(0::bigint, array[12 - month]), approved_by_yuan, is_simulated
    from acted where approved_by_yuan is not null
    on conflict (project_id, year) do update set
      completed_by_month = array(select a + b from unnest(y.completed_by_month, excluded.completed_by_month) as m (a, b)),
      completed_yuan = y.completed_yuan + excluded.completed_yuan,
      is_simulated = y.is_simulated or excluded.is_simulated
  ), funded as (
    insert into project_funds as y
    select a.project_id, a.year, n.source, array_fill(0::bigint, array[a.month - 1]) || n.yuan
      || array_fill(0::bigint, array[12 - a.month]), n.yuan, a.is_simulated
    from acted a cross join lateral (
      select source, sum(yuan)::bigint as yuan from (
        select f ->> 'source' as source, (f ->> 'yuan')::bigint as yuan
        from jsonb_array_elements(case a.state when 'approved' then a.funds_received::jsonb else '[]' end) as f
        union all
        select k.source, -k.received_by_month[a.month] from project_funds k
        where k.project_id = a.project_id and k.year = a.year
      ) as change group by source having sum(yuan) <> 0
    ) n where a.approved_by_yuan is not null order by a.project_id, n.source
    on conflict (project_id, year, source) do update set
      received_by_month = array(select a + b from unnest(y.received_by_month, excluded.received_by_month) as m (a, b)),
      received_yuan = y.received_yuan + excluded.received_yuan,
      is_simulated = y.is_simulated or excluded.is_simulated
  ), marked as (
    insert into rollup_marks (project_id, from_period) select project_id, period from acted
  ), sent as (
    insert into outbox (id, name, payload, occurred_at)
    select event_id, event_name, event_payload::json, at from acted where event_id is not null
  )
  select project_id from written`

const fromParams = (p: Param<Decided>) =>
  sql`select ${sql.join(columns.map(([name, type]) => sql`${p(name)}::${sql.raw(type)} as ${sql.raw(name)}`))}`

const fromRows = (rows: string) =>
  sql`select * from json_to_recordset(${rows}::json) as d (${sql.raw(columns.map((column) => column.join(' ')).join(', '))})`

const write = prepare<Decided, { project_id: string }>('report-write', (p) => statement(fromParams(p)))

/** Writes what was decided with everything that belongs to it. @returns false when somebody else was faster */
export async function writeReport({ pool }: Pick<Database<DB>, 'pool'>, decided: ReportWrite): Promise<boolean> {
  const rows = await write(pool, toDecided(decided))
  return rows.length === 1
}

/** Writes many, in the order of their projects so that two who do so wait for each other. @returns the projects written */
export async function writeReports(trx: Transaction<DB>, decided: readonly ReportWrite[]): Promise<Set<string>> {
  const rows = decided.map(toDecided).sort((a, b) => (String(a.project_id) < String(b.project_id) ? -1 : 1))
  const { rows: written } = await statement(fromRows(JSON.stringify(rows))).execute(trx)
  return new Set((written as { project_id: string }[]).map(({ project_id: id }) => id))
}
