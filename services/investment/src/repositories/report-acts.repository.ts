import type { ReportAct, ReportEntry } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Something that was done to a report, and what the report said then. */
export type ActRow = Omit<ReportAct, 'changes'> & { readonly entry: ReportEntry }

/** Everything that was done to a report, oldest first. */
export async function listActs(db: Kysely<DB>, projectId: string, period: string): Promise<ActRow[]> {
  const { rows } = await sql<Omit<ActRow, 'at'> & { at: Date }>`
    select action, revision, at, actor_id as "actorId", level_name as "levelName",
      case when action = 'returned' then reasons else '[]'::jsonb end as "returnReasons", entry
    from report_history where project_id = ${projectId} and period = ${period} order by at, id`.execute(db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
