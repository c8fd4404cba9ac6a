import { type Kysely, sql, type Transaction } from 'kysely'
import type { Subject } from '../domain/sweep.ts'
import type { DB } from '../generated/tables.ts'
import type { ObligationTimes } from './obligations.repository.ts'

/** An open obligation that is to be looked at, with its times. */
export interface DueObligation extends ObligationTimes {
  readonly subject: Subject
}

interface DueRow extends ObligationTimes {
  id: string
  projectId: string
  projectName: string
  unitName: string | null
  period: string
  unitId: string | null
  regionCode: string
  filerId: string | null
  leaderId: string | null
}

const toDueObligation = (row: DueRow): DueObligation => ({
  dueAt: row.dueAt,
  overdueAt: row.overdueAt,
  lockAt: row.lockAt,
  remindedThrough: row.remindedThrough,
  subject: {
    ...{ id: row.id, fact: 'report-due', label: null, period: row.period, dueAt: row.dueAt },
    ...{ projectId: row.projectId, projectName: row.projectName, unitName: row.unitName },
    responsible: { unitId: row.unitId, regionCode: row.regionCode, filerId: row.filerId, leaderId: row.leaderId },
  },
})

const columns = sql`o.id, o.project_id as "projectId", p.name as "projectName", u.name as "unitName", o.period, o.due_at as "dueAt",
  o.overdue_at as "overdueAt", c.lock_at as "lockAt", o.reminded_through as "remindedThrough", p.unit_id as "unitId",
  p.region_code as "regionCode", p.filer_id as "filerId", p.leader_id as "leaderId"`

/** Cycles with something to look at, all of whose obligations have arrived: nobody is to get a digest of some of them. */
export async function listReadyCycles(db: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from cycles c
    where exists (select from obligations o where o.cycle_id = c.id and o.is_open and o.next_at <= ${now})
      and c.obligation_count <= (select count(*) from obligations o where o.cycle_id = c.id)`.execute(db)
  return rows.map(({ id }) => id)
}

/** Open obligations that are not overdue yet and have steps that have passed. */
export async function lockRemindable(
  trx: Transaction<DB>,
  cycleIds: readonly string[],
  now: Date,
): Promise<DueObligation[]> {
  const { rows } = await sql<DueRow>`
    select ${columns}
    from obligations o join cycles c on c.id = o.cycle_id join projects p on p.id = o.project_id
    left join units u on u.id = p.unit_id
    where o.is_open and o.next_at <= ${now} and o.overdue_at > ${now} and o.cycle_id = any(${cycleIds}::uuid[])
    order by o.id for update of o`.execute(trx)
  return rows.map(toDueObligation)
}

/** Moves reminded obligations on to what comes next. */
export async function setReminded(
  trx: Transaction<DB>,
  reminded: readonly { readonly id: string; readonly nextAt: Date | null }[],
  now: Date,
): Promise<void> {
  if (reminded.length === 0) return
  await sql`
    update obligations o set reminded_through = ${now}, next_at = r.next_at
    from unnest(${reminded.map(({ id }) => id)}::uuid[], ${reminded.map(({ nextAt }) => nextAt)}::timestamptz[]) as r (id, next_at)
    where o.id = r.id`.execute(trx)
}

/** Open obligations that may still be reminded of or become overdue, the earliest first. */
export async function listOpenObligations(db: Kysely<DB>, limit: number): Promise<DueObligation[]> {
  const { rows } = await sql<DueRow>`
    select ${columns}
    from obligations o join cycles c on c.id = o.cycle_id join projects p on p.id = o.project_id
    left join units u on u.id = p.unit_id
    where o.is_open and o.next_at is not null order by o.next_at, o.id limit ${limit}`.execute(db)
  return rows.map(toDueObligation)
}
