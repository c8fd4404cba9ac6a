import { type ForecastRow, type ProjectForecast, toPercent } from '@tiaodu/types'
import { type Spread, toInterval } from './interval.ts'
import type { LearnedForecast } from './learned-forecast.ts'
import { teachingFor, WIDENING } from './past-cases.ts'
import { asPeersDid, atOwnPace, forecastYearEnd, type Known } from './year-end.ts'

type Figures = Pick<
  ForecastRow,
  'yearEndYuan' | 'lowYuan' | 'highYuan' | 'yearEndPercent' | 'lowPercent' | 'highPercent' | 'intervalCases'
>

const percentOf = (yuan: number | null, plannedYuan: number) => (yuan === null ? null : toPercent(yuan, plannedYuan))

function toFigures(known: Known, yearEndYuan: number | null, spread: Spread | null, widening = 1): Figures {
  const interval = yearEndYuan === null || spread === null ? null : toInterval(yearEndYuan, known, spread, widening)
  const [lowYuan, highYuan] = [interval?.lowYuan ?? null, interval?.highYuan ?? null]
  return {
    yearEndYuan,
    lowYuan,
    highYuan,
    yearEndPercent: percentOf(yearEndYuan, known.plannedYuan),
    lowPercent: percentOf(lowYuan, known.plannedYuan),
    highPercent: percentOf(highYuan, known.plannedYuan),
    intervalCases: interval === null ? 0 : (spread?.errors ?? 0),
  }
}

// December is no forecast: it is what came.
const EXACT: Spread = { lowPoints: 0, highPoints: 0, errors: 0 }

/** Projects of one category and stage in a region, added up. */
export interface Part extends Known {
  readonly regionCode: string
  readonly regionName: string
  readonly category: string
  readonly stage: string
  readonly projectCount: number
  readonly withoutPlanCount: number
  readonly isSimulated: boolean
}

const sumOf = (parts: readonly Part[], of: (part: Part) => number) => parts.reduce((sum, part) => sum + of(part), 0)

/** The forecast of several parts together: the sum of their forecasts, in an interval as wide as such sums were missed. */
export function toForecastRow(
  { key, name }: { key: string; name: string },
  parts: readonly Part[],
  learned: LearnedForecast,
  spread: Spread | null,
): ForecastRow {
  const known = {
    plannedYuan: sumOf(parts, (part) => part.plannedYuan),
    completedYuan: sumOf(parts, (part) => part.completedYuan),
  }
  const forecast = (part: Part) => forecastYearEnd(part, learned, teachingFor(learned.teachings, part).lesson)
  const [isOver, isKnown] = [learned.basis === 'yearOver', learned.basis !== 'tooLittleHistory']
  const yearEndYuan = isKnown && known.plannedYuan > 0 ? sumOf(parts, forecast) : null
  return {
    key,
    name,
    projectCount: sumOf(parts, (part) => part.projectCount),
    withoutPlanCount: sumOf(parts, (part) => part.withoutPlanCount),
    ...known,
    ...toFigures(known, yearEndYuan, isOver ? EXACT : spread),
    isSimulated: parts.some((part) => part.isSimulated),
  }
}

type StandingProject = Omit<
  ProjectForecast,
  keyof Figures | 'pool' | 'poolCases' | 'paceWeightPercent' | 'atOwnPaceYuan' | 'asPeersDidYuan'
>

/** The forecast of one project with what it is made of. */
export function toProjectForecast(project: StandingProject, learned: LearnedForecast): ProjectForecast {
  const { pool, lesson, spread } = teachingFor(learned.teachings, project)
  const isForecast = project.plannedYuan > 0 && learned.basis !== 'tooLittleHistory'
  if (!isForecast || learned.basis === 'yearOver') {
    const yearEndYuan = isForecast ? forecastYearEnd(project, learned, lesson) : null
    const made = { pool: null, poolCases: 0, paceWeightPercent: null, atOwnPaceYuan: null, asPeersDidYuan: null }
    return { ...project, ...toFigures(project, yearEndYuan, EXACT), ...made }
  }
  return {
    ...project,
    ...toFigures(project, forecastYearEnd(project, learned, lesson), spread, WIDENING[pool]),
    pool,
    poolCases: lesson.cases,
    paceWeightPercent: lesson.paceWeight * 100,
    atOwnPaceYuan: Math.round(atOwnPace(project, learned)),
    asPeersDidYuan: Math.round(asPeersDid(project, lesson)),
  }
}
