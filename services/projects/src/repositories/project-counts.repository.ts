import type { Reach } from '@tiaodu/service'
import type { Stage } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { conditionsOf, type ProjectFilter, toFilterParams } from './project-filter.ts'

/** Projects and their known totals by stage. */
export async function countByStage(
  db: Kysely<DB>,
  filter: ProjectFilter,
  reach: Reach,
): Promise<{ stage: Stage; count: number; yuan: number }[]> {
  const params = toFilterParams(filter, reach)
  const { rows } = await sql<{ stage: Stage; count: number; yuan: number }>`
    select p.stage, count(*)::int as count, coalesce(sum(p.total_investment_yuan), 0)::bigint as yuan
    from projects p where ${conditionsOf(filter, reach, (name) => sql`${params[name]}`)} group by p.stage`.execute(db)
  return rows
}

/** How many projects within reach reached each of the stages between two days, each counted once. */
export async function countMoves(
  db: Kysely<DB>,
  span: { from: string; to: string; stages: readonly Stage[] },
  reach: Reach,
): Promise<Map<Stage, number>> {
  const params = toFilterParams({}, reach)
  const { rows } = await sql<{ stage: Stage; count: number }>`
    select m.to_stage as stage, count(distinct m.project_id)::int as count
    from stage_moves m join projects p on p.id = m.project_id
    where m.moved_on between ${span.from} and ${span.to} and m.to_stage = any(${[...span.stages]})
      and ${conditionsOf({}, reach, (name) => sql`${params[name]}`)}
    group by 1`.execute(db)
  return new Map(rows.map(({ stage, count }) => [stage, count]))
}
