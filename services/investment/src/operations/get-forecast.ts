import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import type { Forecast, ForecastBacktest, ProjectForecast, QueryOf, routes } from '@tiaodu/types'
import { refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type Part, toForecastRow, toProjectForecast } from '../domain/forecast/forecast-view.ts'
import {
  type LearnedForecast,
  toForecastError,
  toHundredths,
  toMissedPercent,
} from '../domain/forecast/learned-forecast.ts'
import type { DB } from '../generated/tables.ts'
import { findStandingProject, listStandingProjects, sumStandings } from '../repositories/forecasts.repository.ts'
import { getLearned } from './learn-forecast.ts'

const toAbout = (period: string, { basis, horizon, learnedAt, months }: LearnedForecast) => ({
  period,
  basis,
  horizonMonths: horizon,
  learnedAt,
  error: toForecastError(months),
})

function groupByRegion(parts: readonly Part[]): Map<string, Part[]> {
  const regions = new Map<string, Part[]>()
  for (const part of parts) regions.set(part.regionCode, [...(regions.get(part.regionCode) ?? []), part])
  return regions
}

/** Year-end completion of everything within reach and of each region. @throws not-found */
export async function getForecast(db: Kysely<DB>, period: string, reach: Reach, now: Date): Promise<Forecast> {
  const learned = await getLearned(db, period, now)
  const parts = await sumStandings(db, period, reach)
  const regions = groupByRegion(parts)
  // Too few months to measure the whole by itself: it is missed by less than the regions it is made of.
  const ofWhole = regions.size === 1 ? learned.regionSpread : (learned.wholeSpread ?? learned.regionSpread)
  return {
    ...toAbout(period, learned),
    total: toForecastRow({ key: '', name: '合计' }, parts, learned, ofWhole),
    regions: [...regions].map(([key, own]) =>
      toForecastRow({ key, name: own[0]?.regionName ?? key }, own, learned, learned.regionSpread),
    ),
  }
}

/** A page of projects within reach with their forecasts. @throws not-found */
export async function listProjectForecasts(
  db: Kysely<DB>,
  { period, regionCode, cursor, limit = 20 }: QueryOf<typeof routes.listProjectForecasts>,
  reach: Reach,
  now: Date,
): Promise<{ items: ProjectForecast[]; nextCursor: string | null }> {
  const [after] = cursor === undefined ? [undefined] : fromCursor(cursor, ['id'])
  const learned = await getLearned(db, period, now)
  const rows = await listStandingProjects(db, { period, regionCode }, reach, { after, limit: limit + 1 })
  const page = toPage(rows, limit, ({ projectId }) => [projectId])
  return { ...page, items: page.items.map((project) => toProjectForecast(project, learned)) }
}

/** The forecast of one project. @throws not-found */
export async function getProjectForecast(
  db: Kysely<DB>,
  projectId: string,
  period: string,
  now: Date,
): Promise<ProjectForecast> {
  const learned = await getLearned(db, period, now)
  const project = await findStandingProject(db, period, projectId)
  if (project === undefined)
    throw refuse('not-found', 'id', {
      zh: '该项目在该月不计入汇总',
      en: 'The project does not count in this month',
    })
  return toProjectForecast(project, learned)
}

/** The held-out months one by one. @throws not-found */
export async function getForecastBacktest(db: Kysely<DB>, period: string, now: Date): Promise<ForecastBacktest> {
  const learned = await getLearned(db, period, now)
  return {
    ...toAbout(period, learned),
    months: learned.months.map(({ origin, target, meanMissedPoints, ...month }) => ({
      originPeriod: origin,
      targetPeriod: target,
      ...month,
      meanMissedPoints: toHundredths(meanMissedPoints),
      missedPercent: toMissedPercent({ origin, target, meanMissedPoints, ...month }),
    })),
  }
}
