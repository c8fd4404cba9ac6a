import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { ReserveEntry, ReserveState, Stage } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { within } from './project-filter.ts'

/** The last step of a project in the pool of a year. */
export interface LastEntry {
  readonly projectId: string
  readonly number: number
  readonly state: ReserveState
  readonly decidedOn: string
}

export interface NewEntry {
  readonly id: string
  readonly projectId: string
  readonly number: number
}

interface Decision {
  readonly year: number
  readonly state: ReserveState
  readonly decidedOn: string
  readonly reason: string | null
  readonly document: string | null
  readonly at: Date
  readonly actorId: string | null
  readonly actorName: string
}

const columns = sql`
  e.year, e.project_id as "projectId", p.name as "projectName", p.project_code as "projectCode",
  p.region_name as "regionName", p.stage, p.total_investment_yuan as "totalInvestmentYuan", e.number, e.state,
  e.decided_on as "decidedOn", e.reason, e.document, ${instantJson('e.at')} as at, e.actor_id as "actorId",
  e.actor_name as "actorName"`

/** Where projects stand within reach, entered last first; `before` is the id that the last page ended with. */
export async function listEntries(
  db: Kysely<DB>,
  asked: { year: number; state: ReserveState | undefined; before: string | undefined; limit: number },
  reach: Reach,
): Promise<(ReserveEntry & { id: string })[]> {
  const { rows } = await sql<ReserveEntry & { id: string }>`
    select e.id, ${columns} from reserve_entries e join projects p on p.id = e.project_id
    where e.is_current and e.year = ${asked.year} and ${within(reach)}
      ${asked.state === undefined ? sql`` : sql` and e.state = ${asked.state}`}
      ${asked.before === undefined ? sql`` : sql` and e.id < ${asked.before}::uuid`}
    order by e.id desc limit ${asked.limit}`.execute(db)
  return rows
}

export async function countEntries(
  db: Kysely<DB>,
  year: number,
  reach: Reach,
): Promise<{ state: ReserveState; count: number }[]> {
  const { rows } = await sql<{ state: ReserveState; count: number }>`
    select e.state, count(*)::int as count from reserve_entries e join projects p on p.id = e.project_id
    where e.is_current and e.year = ${year} and ${within(reach)} group by e.state`.execute(db)
  return rows
}

/** Every step of a project in the pools, the last one first. */
export async function listEntriesOfProject(db: Kysely<DB>, projectId: string): Promise<ReserveEntry[]> {
  const { rows } = await sql<ReserveEntry>`
    select ${columns} from reserve_entries e join projects p on p.id = e.project_id
    where e.project_id = ${projectId} order by e.id desc`.execute(db)
  return rows
}

/** The last steps of projects in the pool of a year. */
export async function listLastEntries(
  trx: Transaction<DB>,
  year: number,
  projectIds: readonly string[],
): Promise<LastEntry[]> {
  const { rows } = await sql<LastEntry>`
    select project_id as "projectId", number, state, decided_on as "decidedOn" from reserve_entries
    where is_current and year = ${year} and project_id = any(${projectIds}::uuid[])`.execute(trx)
  return rows
}

/** A project that stood in the pool of the year before, and whether anything has been entered for this one. */
export interface Carried {
  readonly projectId: string
  readonly projectName: string
  readonly regionName: string
  readonly stage: Stage
  readonly isEntered: boolean
}

/** The projects within reach that stood in the pool when the year before ended; held until the transaction ends. */
export async function lockCarried(trx: Transaction<DB>, year: number, reach: Reach): Promise<Carried[]> {
  const { rows } = await sql<Carried>`
    select p.id as "projectId", p.name as "projectName", p.region_name as "regionName", p.stage,
      exists (select from reserve_entries n where n.project_id = p.id and n.year = ${year}) as "isEntered"
    from reserve_entries e join projects p on p.id = e.project_id
    where e.is_current and e.year = ${year - 1} and e.state in ('listed', 'added') and ${within(reach)}
    order by e.id for update of p`.execute(trx)
  return rows
}

/** Enters the next step of projects; those before are their history. */
export async function insertEntries(
  trx: Transaction<DB>,
  entries: readonly NewEntry[],
  { year, state, decidedOn, reason, document, at, actorId, actorName }: Decision,
): Promise<void> {
  const projectIds = entries.map(({ projectId }) => projectId)
  await sql`
    update reserve_entries set is_current = false
    where is_current and year = ${year} and project_id = any(${projectIds}::uuid[])`.execute(trx)
  await sql`
    insert into reserve_entries (id, year, project_id, number, state, decided_on, reason, document, at, actor_id, actor_name, is_current)
    select id, ${year}, "projectId", number, ${state}, ${decidedOn}::date, ${reason}, ${document}, ${at}, ${actorId}, ${actorName}, true
    from json_to_recordset(${JSON.stringify(entries)}::json) as e (id uuid, "projectId" uuid, number integer)`.execute(
    trx,
  )
}
