import type { Reach } from '@tiaodu/service'
import { type Grouping, refuse, type Summary } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { summarize } from '../domain/summary.ts'
import type { DB } from '../generated/tables.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { listPortfolio } from '../repositories/portfolio.repository.ts'

/** The month's totals within reach. @throws not-found when the cycle was never opened */
export async function getSummary(
  db: Kysely<DB>,
  query: { period: string; groupBy: Grouping },
  reach: Reach,
  now: Date,
): Promise<Summary> {
  if ((await findCycle(db, query.period)) === undefined) {
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  }
  return summarize(await listPortfolio(db, query.period, reach, now), query.period, query.groupBy)
}
