import { isWithin, type Reach } from '@tiaodu/service'
import { type EvaluatedIndicator, type Language, type NewIndicatorYear, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { toEvaluated } from '../domain/indicator-evaluation.ts'
import { decideYear } from '../domain/indicator-year.ts'
import type { DB } from '../generated/tables.ts'
import { insertChanges, listYears, saveYear } from '../repositories/indicator-years.repository.ts'
import { lockIndicator } from '../repositories/indicators.repository.ts'
import type { Act } from './act.ts'

export interface YearEntry {
  readonly id: string
  readonly year: number
  readonly figures: NewIndicatorYear
  readonly expectedVersion: number | undefined
}

/**
 * Enters target and result of a year; what was entered before stays in the history.
 * @throws not-found, outside-scope, version-mismatch, validation-failed
 */
export const enterIndicatorYear = (
  db: Kysely<DB>,
  { id, year, figures, expectedVersion }: YearEntry,
  { now, actorId, actorName, reach, language }: Act & { reach: Reach; language: Language },
): Promise<EvaluatedIndicator> =>
  db.transaction().execute(async (trx) => {
    const stored = await lockIndicator(trx, id)
    if (stored === undefined) throw refuse('not-found', 'id', { zh: '没有这个指标', en: 'There is no such indicator' })
    if (!isWithin(reach, { unitId: null, regionCode: stored.regionCode })) {
      throw refuse('outside-scope', 'id', { zh: '该指标属于其他区域', en: 'This indicator belongs to another region' })
    }
    const years = (await listYears(trx, [id])).get(id) ?? []
    const known = years.find((entered) => entered.year === year)
    const version = known?.version ?? 0
    if (expectedVersion !== undefined && expectedVersion !== version) {
      throw refuse('version-mismatch', 'If-Match', {
        zh: `该年度现为第 ${version} 版`,
        en: `The year is at version ${version} by now`,
      })
    }
    const decided = decideYear(stored, known, { year, ...figures })
    if (decided === undefined) return toEvaluated(stored, years, stored.targetYear, language)
    const entered = { year, ...decided.figures, version: version + 1 }
    await saveYear(trx, id, entered)
    const told = { id: uuidv7(), subjectId: id, year, version: entered.version, changes: decided.changes }
    await insertChanges(trx, [{ ...told, at: now, actorId, actorName, reason: figures.reason ?? null }])
    const others = years.filter((other) => other.year !== year)
    return toEvaluated(stored, [...others, entered], stored.targetYear, language)
  })
