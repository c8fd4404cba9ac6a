import type { EvaluatedIndicator, IndicatorEvaluation, Language } from '@tiaodu/types'
import { type StoredIndicator, toIndicatorPlan, toPlanIndicator } from './indicator-plan.ts'
import { type Assessment, assessIndicator, assessYear, type YearFigures } from './indicator-status.ts'

type Year = YearFigures & { readonly version: number }

const told = ({ reason, ...assessment }: Assessment, language: Language) => ({
  ...assessment,
  reason: reason[language],
})

/** An indicator with every year of its plan up to `year`, each assessed, and the whole. */
export function toEvaluated(
  stored: StoredIndicator,
  years: readonly Year[],
  year: number,
  language: Language,
): EvaluatedIndicator {
  const plan = toIndicatorPlan(stored)
  const last = Math.min(year, plan.targetYear)
  const asked = Array.from({ length: Math.max(0, last - plan.baseYear) }, (_, at) => plan.baseYear + 1 + at)
  return {
    ...toPlanIndicator(stored),
    years: asked.map((of) => {
      const found = years.find((entered) => entered.year === of)
      const { target, actual, version } = found ?? { target: null, actual: null, version: 0 }
      return { year: of, target, actual, version, assessment: told(assessYear(plan, years, of), language) }
    }),
    assessment: told(assessIndicator(plan, years, year), language),
  }
}

function countStatuses(items: readonly EvaluatedIndicator[]) {
  const counts = { reached: 0, onCourse: 0, behind: 0, notMeasurable: 0, total: items.length }
  for (const { assessment } of items) counts[assessment.status]++
  return counts
}

/** The evaluation of a year: mid-term while the target year of any of them lies ahead. */
export function toEvaluation(year: number, items: EvaluatedIndicator[]): IndicatorEvaluation {
  const of = (attribute: EvaluatedIndicator['attribute']) =>
    countStatuses(items.filter((item) => item.attribute === attribute))
  return {
    year,
    stage: items.some(({ targetYear }) => targetYear > year) ? 'midTerm' : 'final',
    binding: of('binding'),
    expected: of('expected'),
    unattributed: of(null),
    items,
  }
}
