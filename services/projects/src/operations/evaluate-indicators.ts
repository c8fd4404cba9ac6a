import { type EvaluatedIndicator, type IndicatorEvaluation, type Language, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toEvaluated, toEvaluation } from '../domain/indicator-evaluation.ts'
import type { DB } from '../generated/tables.ts'
import { listYears } from '../repositories/indicator-years.repository.ts'
import { findIndicator, type IndicatorFilter, listIndicators } from '../repositories/indicators.repository.ts'

const LIMIT = 2_000

/** 中期评估 or 末期评估 of what a filter finds. @throws validation-failed when it finds too many */
export async function evaluateIndicators(
  db: Kysely<DB>,
  { year, ...filter }: IndicatorFilter & { year: number },
  language: Language,
): Promise<IndicatorEvaluation> {
  const found = await listIndicators(db, filter, { limit: LIMIT + 1 })
  if (found.length > LIMIT) {
    throw refuse('validation-failed', 'regionCode', {
      zh: `指标超过 ${LIMIT} 个，请按区域或规划筛选`,
      en: `There are more than ${LIMIT} indicators; ask for a region or a plan`,
    })
  }
  const years = await listYears(
    db,
    found.map(({ id }) => id),
  )
  return toEvaluation(
    year,
    found.map((stored) => toEvaluated(stored, years.get(stored.id) ?? [], year, language)),
  )
}

/** One indicator with all its years. @throws not-found */
export async function getPlanIndicator(db: Kysely<DB>, id: string, language: Language): Promise<EvaluatedIndicator> {
  const stored = await findIndicator(db, id)
  if (stored === undefined) throw refuse('not-found', 'id', { zh: '没有这个指标', en: 'There is no such indicator' })
  const years = await listYears(db, [id])
  return toEvaluated(stored, years.get(id) ?? [], stored.targetYear, language)
}
