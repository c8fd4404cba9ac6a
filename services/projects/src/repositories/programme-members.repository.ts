import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { ProgrammeMember } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { within } from './project-filter.ts'

/** Which programme, in which year. */
export interface OfYear {
  readonly programmeId: string
  readonly year: number
}

/** Who takes projects in or lets one go, when, and by which document or for which reason. */
export interface Entering {
  readonly at: Date
  readonly actorId: string | null
  readonly actorName: string
}

const columns = sql`
  m.programme_id as "programmeId", g.name as "programmeName", m.year, m.project_id as "projectId",
  p.name as "projectName", p.project_code as "projectCode", p.region_code as "regionCode",
  p.region_name as "regionName", p.stage, p.total_investment_yuan as "totalInvestmentYuan", m.document,
  ${instantJson('m.joined_at')} as "joinedAt", m.joined_by as "joinedBy", ${instantJson('m.left_at')} as "leftAt",
  m.left_by as "leftBy", m.left_reason as "leftReason"`
const tables = sql`
  programme_members m join programmes g on g.id = m.programme_id join projects p on p.id = m.project_id`

/** Members within reach, those taken in last first; `before` is the id that the last page ended with. */
export async function listMembers(
  db: Kysely<DB>,
  { programmeId, year }: OfYear,
  asked: { withLeft: boolean; before: string | undefined; limit: number },
  reach: Reach,
): Promise<(ProgrammeMember & { id: string })[]> {
  const { rows } = await sql<ProgrammeMember & { id: string }>`
    select m.id, ${columns} from ${tables}
    where m.programme_id = ${programmeId} and m.year = ${year} and ${within(reach)}
      ${asked.withLeft ? sql`` : sql` and m.left_at is null`}
      ${asked.before === undefined ? sql`` : sql` and m.id < ${asked.before}::uuid`}
    order by m.id desc limit ${asked.limit}`.execute(db)
  return rows
}

/** Every membership of a project, the last year first. */
export async function listMemberships(db: Kysely<DB>, projectId: string): Promise<ProgrammeMember[]> {
  const { rows } = await sql<ProgrammeMember>`
    select ${columns} from ${tables} where m.project_id = ${projectId} order by m.year desc, g.code, m.id desc`.execute(
    db,
  )
  return rows
}

/** Takes projects in; those that are in already stay as they are. @returns how many are new */
export async function insertMembers(
  trx: Transaction<DB>,
  { programmeId, year }: OfYear,
  members: readonly { id: string; projectId: string }[],
  { at, actorId, actorName, document }: Entering & { document: string | null },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into programme_members (id, programme_id, year, project_id, document, joined_at, joined_by_id, joined_by)
    select id, ${programmeId}, ${year}, "projectId", ${document}, ${at}, ${actorId}, ${actorName}
    from json_to_recordset(${JSON.stringify(members)}::json) as m (id uuid, "projectId" uuid)
    on conflict (project_id, programme_id, year) where left_at is null do nothing`.execute(trx)
  return Number(numAffectedRows)
}

/** The current members of a year within reach. */
export async function listMemberIds(
  trx: Transaction<DB>,
  { programmeId, year }: OfYear,
  reach: Reach,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from programme_members m join projects p on p.id = m.project_id
    where m.programme_id = ${programmeId} and m.year = ${year} and m.left_at is null and ${within(reach)}
    order by m.id`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Ends a membership. @returns it, or undefined when the project is no member */
export async function endMembership(
  trx: Transaction<DB>,
  { programmeId, year, projectId }: OfYear & { projectId: string },
  { at, actorId, actorName, reason }: Entering & { reason: string },
): Promise<ProgrammeMember | undefined> {
  const { rows } = await sql<ProgrammeMember>`
    with ended as (
      update programme_members
      set left_at = ${at}, left_by_id = ${actorId}, left_by = ${actorName}, left_reason = ${reason}
      where programme_id = ${programmeId} and year = ${year} and project_id = ${projectId} and left_at is null
      returning *
    )
    select ${columns} from ended m join programmes g on g.id = m.programme_id join projects p on p.id = m.project_id`.execute(
    trx,
  )
  return rows[0]
}
