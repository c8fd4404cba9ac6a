import { fromCursor, toPage } from '@tiaodu/service'
import { type AnnualTarget, type IndicatorChange, type PlanIndicator, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toPlanIndicator } from '../domain/indicator-plan.ts'
import type { DB } from '../generated/tables.ts'
import { listTargets } from '../repositories/annual-targets.repository.ts'
import { listChanges } from '../repositories/indicator-years.repository.ts'
import { findIndicator, type IndicatorFilter, listIndicators } from '../repositories/indicators.repository.ts'

interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

const afterOf = (cursor: string | undefined) => (cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0])
const position = (row: { id: string }) => [row.id]

/** @throws validation-failed for a cursor that is not ours */
export async function listPlanIndicators(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: PageQuery & IndicatorFilter,
) {
  const found = await listIndicators(db, filter, { after: afterOf(cursor), limit: limit + 1 })
  return toPage<PlanIndicator>(found.map(toPlanIndicator), limit, position)
}

/** @throws validation-failed for a cursor that is not ours */
export async function listAnnualTargets(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: PageQuery & { year?: number | undefined; programme?: string | undefined },
) {
  const found = await listTargets(db, filter, { after: afterOf(cursor), limit: limit + 1 })
  return toPage<AnnualTarget>(found, limit, position)
}

/** @throws not-found, validation-failed for a cursor that is not ours */
export async function listIndicatorChanges(db: Kysely<DB>, id: string, { cursor, limit = 20 }: PageQuery) {
  if ((await findIndicator(db, id)) === undefined)
    throw refuse('not-found', 'id', { zh: '没有这个指标', en: 'There is no such indicator' })
  const found = await listChanges(db, id, { before: afterOf(cursor), limit: limit + 1 })
  return toPage<IndicatorChange>(found, limit, position)
}
