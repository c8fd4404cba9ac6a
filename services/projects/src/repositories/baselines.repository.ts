import { instantJson } from '@tiaodu/database'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoredBaseline } from '../domain/baseline.ts'
import type { DB } from '../generated/tables.ts'

/** The baselines of a project, first to last. */
export async function listBaselines(db: Kysely<DB>, projectId: string): Promise<StoredBaseline[]> {
  const { rows } = await sql<StoredBaseline>`
    select number, document, approved_on as "approvedOn", total_investment_yuan as "totalInvestmentYuan",
      planned_start_on as "plannedStartOn", planned_completion_on as "plannedCompletionOn", ${instantJson('at')} as at,
      actor_name as "actorName"
    from baselines where project_id = ${projectId} order by number`.execute(db)
  return rows
}

export async function insertBaseline(
  trx: Transaction<DB>,
  projectId: string,
  actorId: string | null,
  baseline: StoredBaseline,
): Promise<void> {
  await trx
    .insertInto('baselines')
    .values({
      project_id: projectId,
      number: baseline.number,
      document: baseline.document,
      approved_on: baseline.approvedOn,
      total_investment_yuan: baseline.totalInvestmentYuan,
      planned_start_on: baseline.plannedStartOn,
      planned_completion_on: baseline.plannedCompletionOn,
      at: baseline.at,
      actor_id: actorId,
      actor_name: baseline.actorName,
    })
    .execute()
}
