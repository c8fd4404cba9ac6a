import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoredExemption } from '../domain/exemption.ts'
import type { DB } from '../generated/tables.ts'

const columns = sql`e.id, e.project_id as "projectId", e.ground, e.reason, e.evidence, e.from_period as "fromPeriod",
  e.until_period as "untilPeriod", e.state, e.recorded_at as "recordedAt", e.actor_id as "actorId",
  e.actor_name as "actorName", e.closed_at as "closedAt", e.closed_by as "closedBy", e.closed_reason as "closedReason",
  e.version`

/** Every exemption of a project, newest first. */
export async function listExemptionsOf(db: Kysely<DB>, projectId: string): Promise<StoredExemption[]> {
  const { rows } = await sql<StoredExemption>`
    select ${columns} from light_exemptions e where e.project_id = ${projectId}
    order by e.recorded_at desc, e.id desc`.execute(db)
  return rows
}

/** Makes two who decide about exemptions of a project wait for each other. */
export const lockExemptions = async (trx: Transaction<DB>, projectId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('exemptions'), hashtext(${projectId}))`.execute(trx)
}

/** Keeps an exemption as it stands now. */
export async function saveExemption(trx: Transaction<DB>, exemption: StoredExemption): Promise<void> {
  const closing = {
    until_period: exemption.untilPeriod,
    state: exemption.state,
    closed_at: exemption.closedAt,
    closed_by: exemption.closedBy,
    closed_reason: exemption.closedReason,
    version: exemption.version,
  }
  await trx
    .insertInto('light_exemptions')
    .values({
      id: exemption.id,
      project_id: exemption.projectId,
      ground: exemption.ground,
      reason: exemption.reason,
      evidence: exemption.evidence,
      from_period: exemption.fromPeriod,
      recorded_at: exemption.recordedAt,
      actor_id: exemption.actorId,
      actor_name: exemption.actorName,
      ...closing,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(closing))
    .execute()
}
