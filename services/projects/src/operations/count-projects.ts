import type { Database } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type QueryOf, type ResponseOf, refuse, type routes, STAGE_CODES } from '@tiaodu/types'
import { FUNNEL } from '../domain/funnel.ts'
import type { DB } from '../generated/tables.ts'
import { countByStage, countMoves } from '../repositories/project-counts.repository.ts'

/** How many projects the filters of the list find, in all and by stage. */
export async function countProjects(
  { kysely }: Database<DB>,
  filter: QueryOf<typeof routes.countProjects>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.countProjects>> {
  const rows = await countByStage(kysely, filter, reach)
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    totalInvestmentYuan: rows.reduce((sum, row) => sum + row.yuan, 0),
    byStage: STAGE_CODES.flatMap((stage) => {
      const count = rows.find((row) => row.stage === stage)?.count
      return count === undefined ? [] : [{ stage, count }]
    }),
  }
}

/** How many projects reached each step of the funnel between two days, both included. @throws validation-failed */
export async function getFunnel(
  { kysely }: Database<DB>,
  { from, to }: QueryOf<typeof routes.getFunnel>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.getFunnel>> {
  if (from > to)
    throw refuse('validation-failed', 'to', { zh: '截止日早于起始日', en: 'The last day lies before the first' })
  const counts = await countMoves(kysely, { from, to, stages: FUNNEL }, reach)
  return { from, to, steps: FUNNEL.map((stage) => ({ stage, count: counts.get(stage) ?? 0 })) }
}
