import { monthOf, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { backtest, type HeldOutMonth } from '../domain/forecast/backtest.ts'
import { type FoldSpan, toHeldOutSpans } from '../domain/forecast/held-out.ts'
import type { LearnedForecast } from '../domain/forecast/learned-forecast.ts'
import { LEAST_CASES } from '../domain/forecast/past-cases.ts'
import type { DB } from '../generated/tables.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { findLearned, keepLearned } from '../repositories/forecasts.repository.ts'
import { listCases, listDuePeriods, sumCases } from '../repositories/held-out.repository.ts'
import { isMarked } from '../repositories/marks.repository.ts'
import { foldRollups } from './fold-rollups.ts'

const MONTHS = 12
/** What earlier months teach changes slowly: it is learned anew after an hour, and every answer says when it was. */
const KEPT_MS = 3_600_000

async function listHeldOut(db: Kysely<DB>, spans: readonly FoldSpan[]): Promise<HeldOutMonth[]> {
  const months: HeldOutMonth[] = []
  for (const span of spans) months.push({ ...span, cases: await listCases(db, span), sums: await sumCases(db, span) })
  return months
}

const hasEnough = (months: readonly HeldOutMonth[]): boolean =>
  months.reduce((sum, { cases }) => sum + cases.length, 0) >= LEAST_CASES

async function learn(db: Kysely<DB>, period: string, now: Date): Promise<LearnedForecast> {
  const month = monthOf(period)
  const horizon = MONTHS - month
  const about = { month, horizon, learnedAt: now.toISOString() }
  if (horizon === 0) return { ...about, basis: 'yearOver', ...backtest([], horizon) }
  const spans = toHeldOutSpans(period, new Set(await listDuePeriods(db, period, now)))
  const earlierYears = await listHeldOut(db, spans.earlierYears)
  if (hasEnough(earlierYears)) return { ...about, basis: 'earlierYears', ...backtest(earlierYears, horizon) }
  const thisYear = await listHeldOut(db, spans.thisYear)
  if (hasEnough(thisYear)) return { ...about, basis: 'thisYear', ...backtest(thisYear, horizon) }
  return { ...about, basis: 'tooLittleHistory', ...backtest([], horizon) }
}

/** What forecasts from the end of a month are made with; brings the roll-ups up to date. @throws not-found */
export async function getLearned(db: Kysely<DB>, period: string, now: Date): Promise<LearnedForecast> {
  if ((await findCycle(db, period)) === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  if (await isMarked(db, now)) await foldRollups(db, now)
  const kept = await findLearned(db, period, new Date(now.getTime() - KEPT_MS))
  if (kept !== undefined) return kept
  const learned = await learn(db, period, now)
  await keepLearned(db, period, learned)
  return learned
}
