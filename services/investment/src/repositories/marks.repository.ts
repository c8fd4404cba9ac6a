import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A project whose standings from a period on are to be made anew. */
export interface Mark {
  readonly projectId: string
  readonly fromPeriod: string
}

/** Whether anything is marked, or has fallen due and is not marked yet. */
// By the index, which remembers what is dead: after 200,000 marks were folded a scan of the table would read them all.
export const isStale = (now: RawBuilder<unknown>) => sql`(
  (select id from rollup_marks order by id limit 1) is not null
  or exists (select from obligations where due_at <= ${now}::timestamptz and first_submitted_at is null and not is_overdue_noted)
)`

/** Whether roll-ups lag behind what has been committed. */
export async function isMarked(db: Kysely<DB>, now: Date): Promise<boolean> {
  const { rows } = await sql<{ isStale: boolean }>`select ${isStale(sql`${now}`)} as "isStale"`.execute(db)
  return rows[0]?.isStale === true
}

/** Marks a project in every period that is not locked. */
export async function markUnlocked(db: Kysely<DB>, projectId: string, now: Date): Promise<void> {
  await sql`
    insert into rollup_marks (project_id, from_period)
    select ${projectId}, min(period) from cycles where lock_at > ${now} having min(period) is not null`.execute(db)
}

/** Marks a project from a period on. */
export const markFrom = async (trx: Transaction<DB>, projectId: string, fromPeriod: string): Promise<void> => {
  await sql`insert into rollup_marks (project_id, from_period) values (${projectId}, ${fromPeriod})`.execute(trx)
}

/** Marks a project in every period of a year. */
export async function markYear(trx: Transaction<DB>, projectId: string, year: number): Promise<void> {
  await sql`
    insert into rollup_marks (project_id, from_period)
    select ${projectId}, min(period) from cycles
    where left(period, 4)::int = ${year} having min(period) is not null`.execute(trx)
}

/** Marks every project that is known from a period on. */
export async function markAll(trx: Transaction<DB>, period: string): Promise<void> {
  await sql`
    insert into rollup_marks (project_id, from_period)
    select id, ${period} from projects where stage <> 'withdrawn'`.execute(trx)
}

/** Marks what has fallen due without a report since the last time. */
export async function markOverdue(trx: Transaction<DB>, now: Date): Promise<void> {
  await sql`
    with fallen as (
      update obligations set is_overdue_noted = true
      where due_at <= ${now} and first_submitted_at is null and not is_overdue_noted returning project_id, period
    )
    insert into rollup_marks (project_id, from_period) select project_id, period from fallen`.execute(trx)
}

/** Takes marks away, the oldest first: each project with the earliest period that was marked. */
export async function takeMarks(trx: Transaction<DB>, limit: number): Promise<Mark[]> {
  const { rows } = await sql<Mark>`
    with taken as (
      delete from rollup_marks where id in (select id from rollup_marks order by id limit ${limit})
      returning project_id, from_period
    )
    select project_id as "projectId", min(from_period) as "fromPeriod" from taken group by project_id`.execute(trx)
  return rows
}

/** Makes whoever folds wait for each other. */
export const lockFolding = async (trx: Transaction<DB>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('fold rollups'))`.execute(trx)
}
