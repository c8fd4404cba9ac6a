import { fromCursor, toPage } from '@tiaodu/service'
import type { AnnualTarget, PlanIndicator } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import * as repository from '../repositories/indicators.repository.ts'

interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

const afterOf = (cursor: string | undefined) => (cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0])
const position = (row: { id: string }) => [row.id]

export async function listPlanIndicators(db: Kysely<DB>, { cursor, limit = 20 }: PageQuery) {
  return toPage<PlanIndicator>(await repository.listPlanIndicators(db, afterOf(cursor), limit + 1), limit, position)
}

export async function listAnnualTargets(db: Kysely<DB>, { cursor, limit = 20 }: PageQuery) {
  return toPage<AnnualTarget>(await repository.listAnnualTargets(db, afterOf(cursor), limit + 1), limit, position)
}
