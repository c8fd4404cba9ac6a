import type { ExcuseCause } from '@tiaodu/types'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Owed } from '../domain/relief.ts'
import type { StoredReport } from '../domain/report.ts'
import type { DB } from '../generated/tables.ts'

/** What has become of an obligation `o`: exactly one of the ledger's words. */
export const timelinessOf = (now: RawBuilder<unknown>) => sql`(case
  when o.first_submitted_at <= o.due_at then 'onTime'
  when o.excuse is not null then 'excused'
  when o.first_submitted_at is not null then 'late'
  when o.due_at <= ${now} then 'missing'
  when o.due_at is not null then 'pending' end)`

/** Whether an obligation `m` that is due counts as missed. */
export const isMissed = sql`m.first_submitted_at is null and m.excuse is null`

/** An obligation with what is told of it when it changes. */
export interface StoredObligation extends Owed {
  readonly id: string
  readonly unitId: string | null
  /** Counts the changes that reliefs made. */
  readonly revision: number
}

/** The obligation of a project for a period, kept from others until the transaction ends. */
export async function lockObligation(
  trx: Transaction<DB>,
  projectId: string,
  period: string,
): Promise<StoredObligation | undefined> {
  await sql`select from obligations where project_id = ${projectId} and period = ${period} for update`.execute(trx)
  const { rows } = await sql<{
    id: string
    unit_id: string | null
    revision: number
    cycle_due_at: Date
    due_at: Date
    lock_at: Date
    reopened_until: Date | null
    excuse: ExcuseCause | null
    first_submitted_at: Date | null
    state: StoredReport['state'] | null
    extend_at_most_days: number
    reopen_at_most_days: number
  }>`
    select o.id, o.unit_id, o.revision, c.due_at as cycle_due_at, o.due_at, o.lock_at, o.reopened_until, o.excuse,
      o.first_submitted_at, r.state, k.extend_at_most_days, k.reopen_at_most_days
    from obligations o join cycles c on c.period = o.period join cycle_rules k on k.version = c.rule_version
    left join monthly_reports r on r.project_id = o.project_id and r.period = o.period
    where o.project_id = ${projectId} and o.period = ${period}`.execute(trx)
  const [row] = rows
  return (
    row && {
      id: row.id,
      projectId,
      unitId: row.unit_id,
      period,
      revision: row.revision,
      cycleDueAt: row.cycle_due_at,
      dueAt: row.due_at,
      lockAt: row.lock_at,
      reopenedUntil: row.reopened_until,
      excuse: row.excuse,
      firstSubmittedAt: row.first_submitted_at,
      reportState: row.state,
      extendAtMostDays: row.extend_at_most_days,
      reopenAtMostDays: row.reopen_at_most_days,
    }
  )
}

/** Writes how an obligation stands now, and that its project counts differently from its period on. */
export async function saveObligation(trx: Transaction<DB>, obligation: StoredObligation): Promise<void> {
  const { id, projectId, period, dueAt, reopenedUntil, excuse, revision } = obligation
  await sql`
    update obligations set due_at = ${dueAt}, reopened_until = ${reopenedUntil}, excuse = ${excuse},
      revision = ${revision}, is_overdue_noted = false where id = ${id}`.execute(trx)
  await sql`insert into rollup_marks (project_id, from_period) values (${projectId}, ${period})`.execute(trx)
}
