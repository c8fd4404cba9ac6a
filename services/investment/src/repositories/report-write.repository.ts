import { type Database, prepare } from '@tiaodu/database'
import { monthOf, yearOf } from '@tiaodu/types'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { StoredReport } from '../domain/report.ts'
import type { DB } from '../generated/tables.ts'

/** What was done to a report; null for saving a draft, which leaves no history. */
export type Action = 'submitted' | 'returned' | 'approved'

export interface ReportWrite {
  readonly report: StoredReport
  readonly previousVersion: number
  readonly action: Action | null
  readonly actorId: string | null
  /** The outbox row that goes with it. */
  readonly event: { readonly id: string; readonly name: string; readonly payload: string } | null
  readonly now: Date
}

type Params = Record<keyof ReturnType<typeof toParams>, unknown>

const toParams = ({ report, previousVersion, action, actorId, event, now }: ReportWrite) => {
  const { entry } = report
  return {
    projectId: report.projectId,
    period: report.period,
    state: report.state,
    version: report.version,
    revision: report.revision,
    completedYuan: entry.completedYuan,
    fundsReceived: JSON.stringify(entry.fundsReceived),
    visualProgress: entry.visualProgress,
    difficulties: entry.difficulties,
    nextSteps: entry.nextSteps,
    submittedAt: report.submittedAt,
    submittedBy: report.submittedBy,
    isLate: report.isLate,
    returnReasons: JSON.stringify(report.returnReasons),
    approvedAt: report.approvedAt,
    approvedBy: report.approvedBy,
    isSimulated: report.isSimulated,
    previousVersion,
    historyId: uuidv7(),
    action,
    actorId,
    now,
    entry: JSON.stringify(entry),
    eventId: event?.id ?? null,
    eventName: event?.name ?? null,
    eventPayload: event?.payload ?? null,
    year: yearOf(report.period),
    month: monthOf(report.period),
  }
}

// Report, history, obligation, roll-up and outbox in one statement: atomic, one round trip, and nothing at all happens
// when the version is not the one that was decided upon.
const write = prepare<Params, { written: number }>(
  'report-write',
  (p) => sql`
    with written as (
      insert into monthly_reports as r values (${p('projectId')}::uuid, ${p('period')}::text, ${p('state')}::text,
        ${p('version')}::int, ${p('revision')}::int, ${p('completedYuan')}::bigint, ${p('fundsReceived')}::jsonb,
        ${p('visualProgress')}::text, ${p('difficulties')}::text, ${p('nextSteps')}::text,
        ${p('submittedAt')}::timestamptz, ${p('submittedBy')}::uuid, ${p('isLate')}::boolean, ${p('returnReasons')}::jsonb,
        ${p('approvedAt')}::timestamptz, ${p('approvedBy')}::uuid, ${p('isSimulated')}::boolean)
      on conflict (project_id, period) do update set state = excluded.state, version = excluded.version,
        revision = excluded.revision, completed_yuan = excluded.completed_yuan, funds_received = excluded.funds_received,
        visual_progress = excluded.visual_progress, difficulties = excluded.difficulties, next_steps = excluded.next_steps,
        submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by, is_late = excluded.is_late,
        return_reasons = excluded.return_reasons, approved_at = excluded.approved_at, approved_by = excluded.approved_by,
        is_simulated = excluded.is_simulated
      where r.version = ${p('previousVersion')}::int
      returning r.project_id, r.period
    ), history as (
      insert into report_history (id, project_id, period, action, revision, actor_id, at, reasons, entry)
      select ${p('historyId')}::uuid, project_id, period, ${p('action')}::text, ${p('revision')}::int,
        ${p('actorId')}::uuid, ${p('now')}::timestamptz, ${p('returnReasons')}::jsonb, ${p('entry')}::jsonb
      from written where ${p('action')}::text is not null
    ), obligation as (
      update obligations o set first_submitted_at = ${p('now')}::timestamptz from written w
      where o.project_id = w.project_id and o.period = w.period and o.first_submitted_at is null
        and ${p('action')}::text = 'submitted'
    ), rolled_up as (
      insert into project_years as y
      select w.project_id, ${p('year')}::int, 0, null,
        array_fill(0::bigint, array[${p('month')}::int - 1]) || ${p('completedYuan')}::bigint
          || array_fill(0::bigint, array[12 - ${p('month')}::int]),
        ${p('completedYuan')}::bigint, ${p('isSimulated')}::boolean
      from written w where ${p('action')}::text = 'approved'
      on conflict (project_id, year) do update set
        completed_by_month[${p('month')}::int] = ${p('completedYuan')}::bigint,
        completed_yuan = y.completed_yuan - y.completed_by_month[${p('month')}::int] + ${p('completedYuan')}::bigint,
        is_simulated = y.is_simulated or excluded.is_simulated
    ), marked as (
      insert into rollup_marks (project_id, from_period)
      select project_id, period from written where ${p('action')}::text is not null
    ), sent as (
      insert into outbox (id, name, payload, occurred_at)
      select ${p('eventId')}::uuid, ${p('eventName')}::text, ${p('eventPayload')}::json, ${p('now')}::timestamptz
      from written where ${p('eventId')}::uuid is not null
    )
    select count(*)::int as written from written`,
)

/** Writes what was decided with everything that belongs to it. @returns false when somebody else was faster */
export async function writeReport({ pool }: Pick<Database<DB>, 'pool'>, decided: ReportWrite): Promise<boolean> {
  const [row] = await write(pool, toParams(decided))
  return row?.written === 1
}
