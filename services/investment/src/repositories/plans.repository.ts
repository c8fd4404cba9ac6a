import type { AnnualPlan } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Makes two changes of one project's plans wait for each other. */
export const lockPlans = async (trx: Transaction<DB>, projectId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${projectId}, 0))`.execute(trx)
}

export async function findAnnualPlan(db: Kysely<DB>, projectId: string, year: number): Promise<AnnualPlan | undefined> {
  const { rows } = await sql<AnnualPlan>`
    select project_id as "projectId", year, planned_yuan as "plannedYuan", to_json(monthly_targets_yuan) as "monthlyTargetsYuan",
      version, is_simulated as "isSimulated"
    from annual_plans where project_id = ${projectId} and year = ${year} order by version desc limit 1`.execute(db)
  return rows[0]
}

/** Adds a version and carries it into the roll-up. */
export async function insertAnnualPlan(
  trx: Transaction<DB>,
  plan: AnnualPlan,
  actorId: string | null,
  now: Date,
): Promise<void> {
  const { projectId, year, plannedYuan, monthlyTargetsYuan, version, isSimulated } = plan
  await sql`
    insert into annual_plans (project_id, year, version, planned_yuan, monthly_targets_yuan, is_simulated, created_at, created_by)
    values (${projectId}, ${year}, ${version}, ${plannedYuan}, ${monthlyTargetsYuan}::bigint[], ${isSimulated}, ${now}, ${actorId})`.execute(
    trx,
  )
  await sql`
    insert into project_years as y values (${projectId}, ${year}, ${plannedYuan}, ${monthlyTargetsYuan}::bigint[],
      array_fill(0::bigint, array[12]), 0, ${isSimulated})
    on conflict (project_id, year) do update set planned_yuan = excluded.planned_yuan,
      monthly_targets_yuan = excluded.monthly_targets_yuan, is_simulated = y.is_simulated or excluded.is_simulated`.execute(
    trx,
  )
}
