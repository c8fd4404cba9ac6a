import type { Reach } from '@tiaodu/service'
import type { ExcuseCause, ReliefKind, ReliefState } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { StoredRelief } from '../domain/relief.ts'
import type { DB } from '../generated/tables.ts'
import { all, type PageSpan, within } from './report-pages.repository.ts'

/** A relief with what a reader calls its project and unit. */
export interface NamedRelief extends StoredRelief {
  readonly projectName: string
  readonly unitName: string | null
}

const COLUMNS = sql`l.project_id as "projectId", p.name as "projectName", u.name as "unitName", l.period, l.number, l.kind,
  l.state, l.reason, l.until_at as "untilAt", l.cause, l.evidence, l.asked_by as "askedBy",
  l.asked_by_name as "askedByName", l.asked_at as "askedAt", l.decided_by as "decidedBy",
  l.decided_by_name as "decidedByName", l.decided_at as "decidedAt", l.decision_reason as "decisionReason",
  l.revoked_by as "revokedBy", l.revoked_by_name as "revokedByName", l.revoked_at as "revokedAt",
  l.revocation_reason as "revocationReason", l.is_simulated as "isSimulated"`

const listWhere = async (db: Kysely<DB>, condition: RawBuilder<unknown>, rest: RawBuilder<unknown>) =>
  (
    await sql<NamedRelief & { kind: ReliefKind; state: ReliefState; cause: ExcuseCause | null }>`
      select ${COLUMNS} from reliefs l join projects p on p.id = l.project_id left join units u on u.id = p.unit_id
      where ${condition} ${rest}`.execute(db)
  ).rows

/** The reliefs of a project for a period in the order of their numbers. */
export const listReliefsOf = (trx: Transaction<DB>, projectId: string, period: string): Promise<NamedRelief[]> =>
  listWhere(trx, sql`l.project_id = ${projectId} and l.period = ${period}`, sql`order by l.number`)

/** Reliefs within reach, newest first, one more than the page holds. */
export const listReliefs = (
  db: Kysely<DB>,
  filter: Partial<Record<'kind' | 'state' | 'period' | 'projectId', string | undefined>>,
  reach: Reach,
  { after, limit }: PageSpan,
): Promise<NamedRelief[]> =>
  listWhere(
    db,
    all([
      within(reach),
      filter.kind === undefined ? undefined : sql`l.kind = ${filter.kind}`,
      filter.state === undefined ? undefined : sql`l.state = ${filter.state}`,
      filter.period === undefined ? undefined : sql`l.period = ${filter.period}`,
      filter.projectId === undefined ? undefined : sql`l.project_id = ${filter.projectId}::uuid`,
      after === undefined
        ? undefined
        : sql`(l.asked_at, l.project_id, l.period, l.number) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}, ${after[3]}::int)`,
    ]),
    sql`order by l.asked_at desc, l.project_id desc, l.period desc, l.number desc limit ${sql.lit(limit + 1)}`,
  )

/** Writes a relief as it is asked for, decided or revoked. */
export async function saveRelief(trx: Transaction<DB>, relief: StoredRelief): Promise<void> {
  const standing = {
    state: relief.state,
    decided_by: relief.decidedBy,
    decided_by_name: relief.decidedByName,
    decided_at: relief.decidedAt,
    decision_reason: relief.decisionReason,
    revoked_by: relief.revokedBy,
    revoked_by_name: relief.revokedByName,
    revoked_at: relief.revokedAt,
    revocation_reason: relief.revocationReason,
  }
  await trx
    .insertInto('reliefs')
    .values({
      ...standing,
      project_id: relief.projectId,
      period: relief.period,
      number: relief.number,
      kind: relief.kind,
      reason: relief.reason,
      until_at: relief.untilAt,
      cause: relief.cause,
      evidence: JSON.stringify(relief.evidence),
      asked_by: relief.askedBy,
      asked_by_name: relief.askedByName,
      asked_at: relief.askedAt,
      is_simulated: relief.isSimulated,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'period', 'number']).doUpdateSet(standing))
    .execute()
}
