import { type AssessedTerm, type AssessmentSource, monthsOfTerm, termsOfYear, toPercent } from '@tiaodu/types'
import { toLedgerRates } from '../ledger.ts'
import { toRate } from '../ranking-measures.ts'
import type { Group } from '../summary.ts'
import { meanOf, meanOfQuarters } from './means.ts'
import { type RegionMonth, toScoreTerms } from './regions.ts'

/** What is known of a region in a year. */
export interface YearFacts {
  readonly year: number
  readonly key: string
  /** The last month of the year that is due. */
  readonly lastPeriod: string | undefined
  readonly months: readonly RegionMonth[]
  readonly halves: readonly { readonly half: string; readonly mark: number | null }[]
}

/** A mark with what it was counted from. */
export interface ComputedMark {
  readonly mark: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly terms: AssessedTerm[]
}

const NOTHING: ComputedMark = { mark: null, numerator: null, denominator: null, terms: [] }

const sourcesOf = (period: string, key: string, figure: string, isAssessedOnly: boolean) =>
  `/api/v1/portfolio/sources?period=${period}&groupBy=region${isAssessedOnly ? '&assessedOnly=true' : ''}&key=${key}&figure=${figure}`

const RATES = {
  completionRate: 'completedYuan',
  startRate: 'started',
  finishRate: 'completed',
  statisticsRate: 'inStatistics',
} as const

/** A rate as it stands at the end of the year. */
const atTheEnd =
  (measure: keyof typeof RATES) =>
  ({ key, lastPeriod, months }: YearFacts): ComputedMark => {
    const last = months.find(({ period }) => period === lastPeriod)
    if (last === undefined) return NOTHING
    const { numerator, denominator, percent: mark } = toRate(measure, last.figures)
    const href = sourcesOf(last.period, key, RATES[measure], true)
    return { mark, numerator, denominator, terms: [{ term: last.period, numerator, denominator, mark, href }] }
  }

interface Share {
  readonly numerator: number
  readonly denominator: number
}

/** A share of what all months count together. */
const ofAllMonths =
  (share: (figures: Group) => Share, hrefOf: (period: string, key: string) => string) =>
  ({ key, months }: YearFacts): ComputedMark => {
    const shares = months.map(({ period, figures }) => {
      const { numerator, denominator } = share(figures)
      return { term: period, numerator, denominator, href: hrefOf(period, key) }
    })
    const numerator = shares.reduce((all, one) => all + one.numerator, 0)
    const denominator = shares.reduce((all, one) => all + one.denominator, 0)
    const terms = shares.map((one) => ({ ...one, mark: toPercent(one.numerator, one.denominator) }))
    return { mark: toPercent(numerator, denominator), numerator, denominator, terms }
  }

const ledgerOf = (period: string) => `/api/v1/cycles/${period}/ledger?groupBy=region`

function toMonthlyScore({ year, months }: YearFacts): ComputedMark {
  const scoreOf = (period: string) => months.find((month) => month.period === period)?.score ?? null
  const quarters = termsOfYear(year, 'Q').map((quarter) => monthsOfTerm(quarter).map(scoreOf))
  return { ...NOTHING, mark: meanOfQuarters(quarters), terms: toScoreTerms(months) }
}

function toSiteMark({ halves }: YearFacts): ComputedMark {
  const terms = halves.map(({ half, mark }) => ({
    ...{ term: half, numerator: null, denominator: null, mark },
    href: `/api/v1/site-reviews/${half}`,
  }))
  return { ...NOTHING, mark: meanOf(halves.map(({ mark }) => mark)), terms }
}

const COMPUTE: Readonly<Record<Exclude<AssessmentSource, 'manual'>, (facts: YearFacts) => ComputedMark>> = {
  monthlyScore: toMonthlyScore,
  completionRate: atTheEnd('completionRate'),
  startRate: atTheEnd('startRate'),
  finishRate: atTheEnd('finishRate'),
  statisticsRate: atTheEnd('statisticsRate'),
  reportingRate: ofAllMonths((figures) => toLedgerRates(figures).reportingExcused, ledgerOf),
  onTimeRate: ofAllMonths((figures) => toLedgerRates(figures).onTimeExcused, ledgerOf),
  greenShare: ofAllMonths(
    ({ green, yellow, red }) => ({ numerator: green, denominator: green + yellow + red }),
    (period, key) => sourcesOf(period, key, 'green', false),
  ),
  siteReview: toSiteMark,
}

/** What the figures say of a component; nothing where somebody enters the mark. */
export const computeMark = (source: AssessmentSource, facts: YearFacts): ComputedMark =>
  source === 'manual' ? NOTHING : COMPUTE[source](facts)
