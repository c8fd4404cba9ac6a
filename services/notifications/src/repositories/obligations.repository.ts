import type { EventPayload } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DueObligation } from '../domain/sweep.ts'
import type { DB } from '../generated/tables.ts'

// Cycle and obligations may arrive at the same moment: one of them must see the other, or nobody gives the first step.
const lockCycle = (trx: Transaction<DB>, cycleId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${cycleId}, 0))`.execute(trx)
const shareCycle = (trx: Transaction<DB>, cycleId: string) =>
  sql`select pg_advisory_xact_lock_shared(hashtextextended(${cycleId}, 0))`.execute(trx)

/** Keeps a cycle with the instants of its steps, and gives its obligations their first step. */
export async function saveCycle(
  trx: Transaction<DB>,
  cycle: EventPayload<'cycle.opened.v1'>,
  steps: readonly { readonly name: string; readonly at: Date }[],
): Promise<void> {
  await lockCycle(trx, cycle.cycleId)
  await sql`insert into cycles (id, period, due_at, lock_at, obligation_count, workdays)
    values (${cycle.cycleId}, ${cycle.period}, ${cycle.dueAt}, ${cycle.lockAt}, ${cycle.obligationCount}, ${cycle.workdays})`.execute(
    trx,
  )
  for (const [ordinal, { name, at }] of steps.entries()) {
    await sql`insert into steps values (${cycle.cycleId}, ${ordinal}, ${name}, ${at})`.execute(trx)
  }
  await sql`update obligations set next_at = ${steps[0]?.at ?? null} where cycle_id = ${cycle.cycleId}`.execute(trx)
}

/** Keeps obligations; one that a report was faster than keeps what the report said. */
export async function saveObligations(
  trx: Transaction<DB>,
  issued: EventPayload<'obligations.issued.v1'>,
): Promise<void> {
  const { cycleId, period, obligations } = issued
  await shareCycle(trx, cycleId)
  await sql`
    insert into obligations as old (id, cycle_id, project_id, unit_id, period, due_at, next_at)
    select id, ${cycleId}, project_id, unit_id, ${period}, due_at,
      (select at from steps where cycle_id = ${cycleId} and ordinal = 0)
    from unnest(${obligations.map((one) => one.obligationId)}::uuid[], ${obligations.map((one) => one.projectId)}::uuid[],
      ${obligations.map((one) => one.unitId)}::uuid[], ${obligations.map((one) => one.dueAt)}::timestamptz[])
      as o (id, project_id, unit_id, due_at)
    on conflict (id) do update set cycle_id = excluded.cycle_id, next_at = coalesce(old.next_at, excluded.next_at)`.execute(
    trx,
  )
}

type AboutReport = Pick<
  EventPayload<'report.submitted.v1'>,
  'obligationId' | 'projectId' | 'unitId' | 'period' | 'dueAt' | 'revision'
>

/** Notes that a revision was filed or returned, in whatever order the two arrive. @returns whether it is open now */
export async function noteRevision(
  trx: Transaction<DB>,
  about: AboutReport,
  what: 'filed' | 'returned',
): Promise<boolean> {
  const column = sql.ref(`${what}_revision`)
  const { rows } = await sql<{ is_open: boolean }>`
    insert into obligations as old (id, project_id, unit_id, period, due_at, ${column})
    values (${about.obligationId}, ${about.projectId}, ${about.unitId}, ${about.period}, ${about.dueAt}, ${about.revision})
    on conflict (id) do update set ${column} = greatest(old.${column}, excluded.${column})
    returning is_open`.execute(trx)
  return rows[0]?.is_open ?? false
}

/** The steps of an obligation's cycle, and its workdays; undefined before the cycle has arrived. */
export async function findSchedule(trx: Transaction<DB>, obligationId: string) {
  const { rows } = await sql<{ steps: string[]; workdays: string[] }>`
    select (select json_agg(s.at order by s.ordinal) from steps s where s.cycle_id = c.id) as steps, c.workdays
    from obligations o join cycles c on c.id = o.cycle_id where o.id = ${obligationId}`.execute(trx)
  const [row] = rows
  return row && { steps: row.steps.map((at) => new Date(at)), workdays: row.workdays }
}

export const setNextStep = async (
  trx: Transaction<DB>,
  obligationId: string,
  ordinal: number,
  at: Date,
): Promise<void> => {
  await sql`update obligations set next_ordinal = ${ordinal}, next_at = ${at} where id = ${obligationId}`.execute(trx)
}

interface DueRow {
  id: string
  project_id: string
  project_name: string
  unit_name: string | null
  period: string
  due_at: Date
  unit_id: string | null
  region_code: string
  filer_id: string | null
  leader_id: string | null
  from: number
  to: number
}

/** Open obligations with steps that have passed, of cycles whose obligations and projects have all arrived. */
export async function lockDueObligations(trx: Transaction<DB>, now: Date): Promise<DueObligation[]> {
  const { rows } = await sql<DueRow>`
    with ready as materialized (
      select c.id, (select max(ordinal) from steps s where s.cycle_id = c.id and s.at <= ${now}) as last
      from cycles c
      where exists (select from obligations o where o.cycle_id = c.id and o.is_open and o.next_at <= ${now})
        and c.obligation_count <= (select count(*) from obligations o where o.cycle_id = c.id)
    )
    select o.id, o.project_id, p.name as project_name, u.name as unit_name, o.period, o.due_at, p.unit_id, p.region_code,
      p.filer_id, p.leader_id, o.next_ordinal as from, r.last as to
    from obligations o join ready r on r.id = o.cycle_id join projects p on p.id = o.project_id
    left join units u on u.id = p.unit_id
    where o.is_open and o.next_at <= ${now}
    order by o.id for update of o`.execute(trx)
  return rows.map((row) => ({
    id: row.id,
    projectId: row.project_id,
    projectName: row.project_name,
    unitName: row.unit_name,
    period: row.period,
    dueAt: row.due_at,
    responsible: { unitId: row.unit_id, regionCode: row.region_code, filerId: row.filer_id, leaderId: row.leader_id },
    from: row.from,
    to: row.to,
  }))
}

/** Moves obligations on to the step after the last one that has passed; after the last step there is none. */
export async function advanceObligations(trx: Transaction<DB>, due: readonly DueObligation[]): Promise<void> {
  await sql`
    update obligations o set next_ordinal = d.last + 1,
      next_at = (select at from steps s where s.cycle_id = o.cycle_id and s.ordinal = d.last + 1)
    from unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ to }) => to)}::smallint[]) as d (id, last)
    where o.id = d.id`.execute(trx)
}
