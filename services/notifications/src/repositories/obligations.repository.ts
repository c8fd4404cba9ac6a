import type { EventPayload } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { shareCycle } from './cycles.repository.ts'

/** Keeps obligations; one that a report was faster than keeps what the report said. */
export async function saveObligations(
  trx: Transaction<DB>,
  { cycleId, period, obligations }: EventPayload<'obligations.issued.v1'>,
): Promise<void> {
  await shareCycle(trx, cycleId)
  await sql`
    insert into obligations (id, cycle_id, project_id, unit_id, period, due_at, overdue_at)
    select id, ${cycleId}, project_id, unit_id, ${period}, due_at, due_at
    from unnest(${obligations.map((one) => one.obligationId)}::uuid[], ${obligations.map((one) => one.projectId)}::uuid[],
      ${obligations.map((one) => one.unitId)}::uuid[], ${obligations.map((one) => one.dueAt)}::timestamptz[])
      as o (id, project_id, unit_id, due_at)
    on conflict (id) do update set cycle_id = excluded.cycle_id`.execute(trx)
}

type AboutReport = Pick<
  EventPayload<'report.submitted.v1'>,
  'obligationId' | 'projectId' | 'unitId' | 'period' | 'dueAt' | 'revision'
>

/** Notes that a revision was filed or returned, in whatever order the two arrive. @returns whether it is open now, and when it is due */
export async function noteRevision(
  trx: Transaction<DB>,
  about: AboutReport,
  what: 'filed' | 'returned',
): Promise<{ readonly isOpen: boolean; readonly dueAt: Date }> {
  const column = sql.ref(`${what}_revision`)
  const { rows } = await sql<{ isOpen: boolean; dueAt: Date }>`
    insert into obligations as old (id, project_id, unit_id, period, due_at, overdue_at, ${column})
    values (${about.obligationId}, ${about.projectId}, ${about.unitId}, ${about.period}, ${about.dueAt}, ${about.dueAt}, ${about.revision})
    on conflict (id) do update set ${column} = greatest(old.${column}, excluded.${column})
    returning is_open as "isOpen", due_at as "dueAt"`.execute(trx)
  return rows[0] ?? { isOpen: false, dueAt: new Date(about.dueAt) }
}

/** What decides when obligations are looked at next; many have it in common. */
export interface ObligationTimes {
  readonly dueAt: Date
  /** When its alert opens: the due time, or the morning that was given when it went on after that. */
  readonly overdueAt: Date
  readonly lockAt: Date
  readonly remindedThrough: Date | null
}

/** Which obligations: those of a cycle that has arrived, some of one, or all that wait for something. */
export type Chosen = { readonly cycleId: string } | { readonly ids: readonly string[] } | 'waiting'

const among = (chosen: Chosen) =>
  chosen === 'waiting'
    ? sql`o.is_open and o.next_at is not null`
    : 'ids' in chosen
      ? sql`o.is_open and o.id = any(${chosen.ids}::uuid[])`
      : sql`o.is_open and o.cycle_id = ${chosen.cycleId}`

/** The times of open obligations whose cycle has arrived, each combination once. */
export async function listTimes(db: Kysely<DB>, chosen: Chosen): Promise<ObligationTimes[]> {
  const { rows } = await sql<ObligationTimes>`
    select distinct o.due_at as "dueAt", o.overdue_at as "overdueAt", c.lock_at as "lockAt", o.reminded_through as "remindedThrough"
    from obligations o join cycles c on c.id = o.cycle_id where ${among(chosen)}`.execute(db)
  return rows
}

/** Sets when obligations are looked at next, by their times. */
export async function setNext(
  trx: Transaction<DB>,
  chosen: Chosen,
  times: readonly (ObligationTimes & { readonly nextAt: Date })[],
): Promise<void> {
  await sql`
    update obligations o set next_at = n."nextAt"
    from json_to_recordset(${JSON.stringify(times)}::json) as n ("dueAt" timestamptz, "overdueAt" timestamptz,
      "remindedThrough" timestamptz, "nextAt" timestamptz)
    where ${among(chosen)} and o.due_at = n."dueAt" and o.overdue_at = n."overdueAt"
      and o.reminded_through is not distinct from n."remindedThrough" and o.next_at is distinct from n."nextAt"`.execute(
    trx,
  )
}

/** From when on an obligation that goes on counts as missing, and that its reminders up to then are not made up for. */
export async function setOverdue(
  trx: Transaction<DB>,
  obligationId: string,
  overdueAt: Date,
  now: Date,
): Promise<void> {
  await sql`update obligations set overdue_at = ${overdueAt}, reminded_through = ${now} where id = ${obligationId}`.execute(
    trx,
  )
}
