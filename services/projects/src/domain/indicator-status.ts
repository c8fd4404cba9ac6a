import type { IndicatorStatus, PlanTarget, Words } from '@tiaodu/types'
import type { IndicatorPlan } from './indicator-plan.ts'
import { isLessBetter, meetsTarget, parsePlanTarget, round } from './plan-target.ts'

/** What was entered for a year. */
export interface YearFigures {
  readonly year: number
  readonly target: string | null
  readonly actual: number | null
}

/** Where a year, or the whole, stands. */
export interface Assessment {
  readonly status: IndicatorStatus
  readonly reason: Words
  readonly actual: number | null
  readonly expected: number | null
  readonly year: number | null
}

const notMeasurable = (reason: Words, more: Partial<Assessment> = {}): Assessment => ({
  status: 'notMeasurable',
  reason,
  actual: null,
  expected: null,
  year: null,
  ...more,
})

const NO_TARGET: Words = { zh: '规划未给出目标', en: 'The plan states no target' }
const AS_TEXT: Words = { zh: '目标为文字，无法计算', en: 'The target is text, which cannot be computed' }
const NO_ACTUAL: Words = { zh: '尚无实际值', en: 'No result was entered yet' }

const SIGNS = { number: '', above: '>', atLeast: '≥', below: '<', atMost: '≤', about: '', range: '', text: '' }

/** A target as people read it. */
const shown = ({ kind, value, upTo }: PlanTarget, language: 'zh' | 'en'): string => {
  if (kind === 'range') return `${value}–${upTo}`
  if (kind === 'about') return language === 'zh' ? `${value}左右` : `about ${value}`
  return `${SIGNS[kind]}${value}`
}

function againstTarget(target: PlanTarget, actual: number, base: number | null, year: number): Assessment {
  const isMet = meetsTarget(target, actual, base)
  if (isMet === undefined) return notMeasurable(AS_TEXT, { actual, year })
  const words: Words = isMet
    ? { zh: `实际 ${actual}，达到目标 ${shown(target, 'zh')}`, en: `${actual} meets the target ${shown(target, 'en')}` }
    : {
        zh: `实际 ${actual}，未达到目标 ${shown(target, 'zh')}`,
        en: `${actual} does not meet the target ${shown(target, 'en')}`,
      }
  return { status: isMet ? 'reached' : 'behind', reason: words, actual, expected: target.value, year }
}

/** Where the straight path from base to target lies in a year. */
export function toPath({ target, base, baseYear, targetYear }: IndicatorPlan, year: number): number | null {
  if (target === null || target.value === null || base === null || targetYear <= baseYear) return null
  const share = Math.min(1, Math.max(0, (year - baseYear) / (targetYear - baseYear)))
  return round(base + (target.value - base) * share)
}

/** A figure that the plan wants at the target year, in a year on the way. */
function onPath(plan: IndicatorPlan, target: PlanTarget, actual: number, year: number): Assessment {
  const final = againstTarget(target, actual, plan.base, year)
  if (final.status !== 'behind' || year >= plan.targetYear) return final
  const expected = toPath(plan, year)
  if (expected === null) {
    return notMeasurable(
      {
        zh: `未达到目标 ${shown(target, 'zh')}，且无基期值，无法判断进度`,
        en: `The target ${shown(target, 'en')} is not met, and without a base there is no path to it`,
      },
      { actual, expected: target.value, year },
    )
  }
  const isOnCourse = isLessBetter(target, plan.base) ? actual <= expected : actual >= expected
  const words: Words = isOnCourse
    ? {
        zh: `${year} 年实际 ${actual}，不落后于进度 ${expected}`,
        en: `${actual} in ${year} keeps to the path (${expected})`,
      }
    : {
        zh: `${year} 年实际 ${actual}，落后于进度 ${expected}`,
        en: `${actual} in ${year} lies behind the path (${expected})`,
      }
  return { status: isOnCourse ? 'onCourse' : 'behind', reason: words, actual, expected, year }
}

const missingOf = (years: readonly YearFigures[], from: number, to: number): number[] => {
  const known = new Set(years.filter(({ actual }) => actual !== null).map(({ year }) => year))
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at).filter((year) => !known.has(year))
}

function onSum(plan: IndicatorPlan, target: PlanTarget, years: readonly YearFigures[], year: number): Assessment {
  const missing = missingOf(years, plan.baseYear + 1, year)
  if (missing.length > 0) {
    const list = missing.join(', ')
    return notMeasurable({
      zh: `缺少 ${list} 年的实际值，无法累计`,
      en: `No result for ${list}: the years cannot be added up`,
    })
  }
  const counted = years.filter((found) => found.year > plan.baseYear && found.year <= year)
  return onPath(plan, target, round(counted.reduce((sum, { actual }) => sum + (actual ?? 0), 0)), year)
}

/** Where one year stands: against its own target where it has one, else against what the plan asks of that year. */
export function assessYear(plan: IndicatorPlan, years: readonly YearFigures[], year: number): Assessment {
  const entered = years.find((found) => found.year === year)
  if (entered?.actual === undefined || entered.actual === null) return notMeasurable(NO_ACTUAL)
  const { actual } = entered
  if (entered.target !== null) return againstTarget(parsePlanTarget(entered.target), actual, plan.base, year)
  if (plan.target === null) return notMeasurable(NO_TARGET, { actual, year })
  if (plan.target.kind === 'text') return notMeasurable(AS_TEXT, { actual, year })
  if (plan.measure === 'rate') {
    if (!plan.isOfOneYear || year === plan.targetYear) return againstTarget(plan.target, actual, null, year)
    const words = { zh: `目标只针对 ${plan.targetYear} 年`, en: `The target is that of ${plan.targetYear} alone` }
    return notMeasurable(words, { actual, year })
  }
  return plan.measure === 'total' ? onSum(plan, plan.target, years, year) : onPath(plan, plan.target, actual, year)
}

/** The mean yearly rate in percent, as 年均增长 is computed: the root of the product. */
export function toMeanRate(rates: readonly number[]): number {
  const product = rates.reduce((all, rate) => all * (1 + rate / 100), 1)
  return product <= 0 ? -100 : Math.round((product ** (1 / rates.length) - 1) * 10_000) / 100
}

function onRate(plan: IndicatorPlan, target: PlanTarget, years: readonly YearFigures[], year: number): Assessment {
  const missing = missingOf(years, plan.baseYear + 1, year)
  if (missing.length > 0) {
    const list = missing.join(', ')
    return notMeasurable({
      zh: `缺少 ${list} 年的实际值，无法计算年均`,
      en: `No result for ${list}: there is no yearly mean`,
    })
  }
  const rates = years
    .filter((found) => found.year > plan.baseYear && found.year <= year)
    .map(({ actual }) => actual ?? 0)
  const found = againstTarget(target, toMeanRate(rates), null, year)
  const [zh, en] = [`${plan.baseYear + 1}—${year} 年年均`, `yearly mean ${plan.baseYear + 1}–${year}: `]
  return {
    ...found,
    status: found.status === 'reached' && year < plan.targetYear ? 'onCourse' : found.status,
    reason: { zh: `${zh}${found.reason.zh}`, en: `${en}${found.reason.en}` },
  }
}

/** Where the whole stands in a year of evaluation: the last result up to then counts. */
export function assessIndicator(plan: IndicatorPlan, years: readonly YearFigures[], year: number): Assessment {
  const last = Math.min(year, plan.targetYear)
  const known = years.filter((found) => found.year > plan.baseYear && found.year <= last && found.actual !== null)
  const latest = Math.max(...known.map((found) => found.year))
  if (plan.target === null) return notMeasurable(NO_TARGET)
  if (plan.target.kind === 'text') return notMeasurable(AS_TEXT)
  if (known.length === 0) return notMeasurable(NO_ACTUAL)
  // At the end only the result of the end counts.
  if (last === plan.targetYear && latest < last) {
    return notMeasurable({ zh: `尚无 ${last} 年实际值`, en: `No result was entered for ${last} yet` })
  }
  if (plan.measure === 'rate' && !plan.isOfOneYear) return onRate(plan, plan.target, years, latest)
  if (plan.measure === 'rate') return assessYear(plan, stripped(years), latest)
  return plan.measure === 'total'
    ? onSum(plan, plan.target, years, latest)
    : onPath(plan, plan.target, known.find((found) => found.year === latest)?.actual ?? 0, latest)
}

const stripped = (years: readonly YearFigures[]) => years.map((found) => ({ ...found, target: null }))
