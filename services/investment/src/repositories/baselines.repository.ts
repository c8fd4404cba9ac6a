import type { EventPayload } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Keeps the last approval of what a project may cost. */
export async function saveBaseline(db: Kysely<DB>, baseline: EventPayload<'baseline.recorded.v1'>): Promise<void> {
  const row = {
    project_id: baseline.projectId,
    number: baseline.number,
    document: baseline.document,
    approved_on: baseline.approvedOn,
    total_investment_yuan: baseline.totalInvestmentYuan,
  }
  await db
    .insertInto('project_baselines')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('project_id').doUpdateSet(row).whereRef('project_baselines.number', '<', 'excluded.number'),
    )
    .execute()
}
