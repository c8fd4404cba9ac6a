import type { AlertKind } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A fact that opens an alert, or keeps it open. */
export interface OpenFact {
  readonly kind: AlertKind
  /** The obligation, step or difficulty; the project itself for what is said of it as a whole. */
  readonly subjectId: string
  readonly projectId: string
  readonly period: string | null
  readonly label: string | null
  readonly dueAt: Date
  readonly doerId: string | null
  readonly doerUnitId: string | null
}

// An alert that opens again begins anew: from the lowest rung, with nothing promised.
const again = sql`state = 'open', closed_at = null, opened_at = excluded.opened_at, anchor_at = excluded.anchor_at,
  told_through = null, next_at = excluded.next_at, rung = 'filer', promised_on = null, snoozed_until = null, is_inhibited = false`
const facts = sql`label = excluded.label, due_at = excluded.due_at, period = excluded.period, doer_id = excluded.doer_id,
  doer_unit_id = excluded.doer_unit_id`

/** Opens the alerts of facts, or opens them again; what is open is told its news alone. */
export async function openAlerts(trx: Transaction<DB>, opened: readonly OpenFact[], now: Date): Promise<void> {
  if (opened.length === 0) return
  await sql`
    with fact as (
      select * from json_to_recordset(${JSON.stringify(opened)}::json) as f (kind text, "subjectId" uuid, "projectId" uuid,
        period text, label text, "dueAt" timestamptz, "doerId" uuid, "doerUnitId" uuid)
    ), before as (
      select a.id, a.state from alerts a join fact f on f.kind = a.kind and f."subjectId" = a.subject_id
    ), news as (
      update alerts a set label = f.label, due_at = case when f.period is null then f."dueAt" else a.due_at end, period = f.period, doer_id = f."doerId", doer_unit_id = f."doerUnitId"
      from fact f where a.kind = f.kind and a.subject_id = f."subjectId" and a.state = 'open'
    ), saved as (
      insert into alerts as old (id, kind, subject_id, project_id, period, label, due_at, doer_id, doer_unit_id, state, rung,
        opened_at, anchor_at, next_at)
      select uuidv7(), kind, "subjectId", "projectId", period, label, "dueAt", "doerId", "doerUnitId", 'open', 'filer',
        ${now}, ${now}, ${now}
      from fact f where not exists (select from alerts a where a.kind = f.kind and a.subject_id = f."subjectId" and a.state = 'open')
      on conflict (kind, subject_id) do update set ${again}, ${facts}
      returning id
    )
    insert into alert_steps (alert_id, at, what)
    select id, ${now}, case when id in (select id from before) then 'reopened' else 'opened' end from saved`.execute(
    trx,
  )
}

/** Opens the alerts of obligations whose time has passed, in the table alone. @returns how many */
export async function openOverdue(trx: Transaction<DB>, cycleIds: readonly string[], now: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    with late as (
      update obligations o set next_at = null, reminded_through = ${now}
      from cycles c
      where c.id = o.cycle_id and o.is_open and o.next_at <= ${now} and o.overdue_at <= ${now}
        and o.cycle_id = any(${cycleIds}::uuid[]) and exists (select from projects p where p.id = o.project_id)
      returning o.id, o.project_id, o.period, o.due_at, o.overdue_at, c.lock_at
    ), before as (
      select a.id from alerts a join late l on a.kind = 'report-overdue' and a.subject_id = l.id
    ), saved as (
      insert into alerts as old (id, kind, subject_id, project_id, period, due_at, state, rung, opened_at, anchor_at, ends_at, next_at)
      select uuidv7(), 'report-overdue', id, project_id, period, due_at, 'open', 'filer', ${now}, overdue_at, lock_at, ${now} from late
      on conflict (kind, subject_id) do update set ${again}, ends_at = excluded.ends_at, due_at = excluded.due_at
      returning id
    )
    insert into alert_steps (alert_id, at, what)
    select id, ${now}, case when id in (select id from before) then 'reopened' else 'opened' end from saved`.execute(
    trx,
  )
  return Number(numAffectedRows)
}

/** Closes the open alerts of facts that are no more; lesser alerts that they kept quiet are looked at again. */
export async function closeAlerts(
  trx: Transaction<DB>,
  kind: AlertKind,
  subjectIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql`
    with closed as (
      update alerts set state = 'closed', closed_at = ${at}, next_at = null
      where kind = ${kind} and subject_id = any(${subjectIds}::uuid[]) and state = 'open' returning id, project_id
    ), released as (
      update alerts a set next_at = ${at} from closed c
      where a.project_id = c.project_id and a.id <> c.id and a.state = 'open' and a.is_inhibited
    )
    insert into alert_steps (alert_id, at, what) select id, ${at}, 'closed' from closed`.execute(trx)
}

/** Has the next sweep look at open alerts of a kind, unless they are promised, snoozed or kept quiet. */
export const lookAgain = async (trx: Transaction<DB>, kind: string, now: Date): Promise<void> => {
  await sql`update alerts set next_at = ${now} where state = 'open' and kind = ${kind}
    and promised_on is null and snoozed_until is null and not is_inhibited`.execute(trx)
}
