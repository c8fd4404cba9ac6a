import { instantJson } from '@tiaodu/database'
import type { AnnualPlan } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

type OfPlan = Pick<AnnualPlan, 'projectId' | 'year'>

/** Makes two changes of one project's plans wait for each other. */
export const lockPlans = async (trx: Transaction<DB>, projectId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${projectId}, 0))`.execute(trx)
}

/** Versions of a plan, newest first. */
export async function listStoredPlans(
  db: Kysely<DB>,
  { projectId, year }: OfPlan,
  limit?: number,
): Promise<AnnualPlan[]> {
  const { rows } = await sql<{ plan: AnnualPlan }>`
    select json_build_object('projectId', project_id, 'year', year, 'plannedYuan', planned_yuan,
      'monthlyTargetsYuan', monthly_targets_yuan, 'tenDayTargetsYuan', ten_day_targets_yuan, 'visualGoal', visual_goal,
      'plannedStartOn', planned_start_on, 'plannedCompletionOn', planned_completion_on, 'version', version,
      'at', ${instantJson('created_at')}, 'actorId', created_by, 'actorName', created_by_name, 'reason', reason,
      'isSimulated', is_simulated) as plan
    from annual_plans where project_id = ${projectId} and year = ${year}
    order by version desc limit ${limit ?? null}`.execute(db)
  return rows.map(({ plan }) => plan)
}

/** The newest version of a plan that has one. */
export async function getStoredPlan(db: Kysely<DB>, of: OfPlan): Promise<AnnualPlan> {
  const [plan] = await listStoredPlans(db, of, 1)
  if (plan === undefined) throw new Error(`${of.projectId} has no plan for ${of.year}`)
  return plan
}

/** Adds a version, with the dates that the project library plans now, and carries it into the roll-up. */
export async function insertAnnualPlan(
  trx: Transaction<DB>,
  plan: Omit<AnnualPlan, 'plannedStartOn' | 'plannedCompletionOn' | 'at' | 'actorId' | 'actorName'>,
  act: { readonly actorId: string | null; readonly actorName: string; readonly now: Date },
): Promise<void> {
  const { projectId, year, plannedYuan, monthlyTargetsYuan, version, isSimulated } = plan
  await sql`
    insert into annual_plans (project_id, year, version, planned_yuan, monthly_targets_yuan, ten_day_targets_yuan,
      visual_goal, planned_start_on, planned_completion_on, reason, is_simulated, created_at, created_by, created_by_name)
    select ${projectId}, ${year}::int, ${version}::int, ${plannedYuan}::bigint, ${monthlyTargetsYuan}::bigint[],
      ${plan.tenDayTargetsYuan}::bigint[], ${plan.visualGoal}, p.planned_start_on, p.planned_completion_on,
      ${plan.reason}, ${isSimulated}::boolean, ${act.now}::timestamptz, ${act.actorId}::uuid, ${act.actorName}
    from (values (${projectId}::uuid)) as of_project (id) left join projects p on p.id = of_project.id`.execute(trx)
  await sql`
    insert into project_years as y values (${projectId}, ${year}, ${plannedYuan}, ${monthlyTargetsYuan}::bigint[],
      array_fill(0::bigint, array[12]), 0, ${isSimulated})
    on conflict (project_id, year) do update set planned_yuan = excluded.planned_yuan,
      monthly_targets_yuan = excluded.monthly_targets_yuan, is_simulated = y.is_simulated or excluded.is_simulated`.execute(
    trx,
  )
}
