import type { IndicatorMeasure, PlanIndicator, PlanTarget } from '@tiaodu/types'
import { parsePlanTarget } from './plan-target.ts'

/** What a plan states of an indicator. */
export interface StatedIndicator {
  readonly indicator: string
  readonly unitOfMeasure: string
  readonly baseValue: string | null
  readonly targetValue: string | null
  readonly rateOrTotal: string | null
  readonly baseYear: number
  readonly targetYear: number
}

/** How it is measured. */
export interface IndicatorPlan {
  readonly measure: IndicatorMeasure
  /** null when the plan states none at all. */
  readonly target: PlanTarget | null
  readonly base: number | null
  readonly baseYear: number
  readonly targetYear: number
  /** The target is that of the target year alone, as in the report of one year. */
  readonly isOfOneYear: boolean
}

const RATE = /增长|增速|增幅/
const DECREASE = /降幅|降低|下降/

/**
 * How an indicator is measured. 增长, 增速 and 增幅 are rates of each year; an amount that has only a total of five years
 * adds up; anything else is a level on its way from base to target. What falls by a share (降幅) begins at 0.
 */
export function toIndicatorPlan(stated: StatedIndicator): IndicatorPlan {
  const { indicator, unitOfMeasure, baseValue, targetValue, rateOrTotal, baseYear, targetYear } = stated
  const isPercent = /[%％]/.test(unitOfMeasure)
  const isRate = isPercent && RATE.test(indicator)
  const text = isRate ? (rateOrTotal ?? targetValue) : (targetValue ?? rateOrTotal)
  const target = text === null ? null : parsePlanTarget(text)
  const found = baseValue === null ? null : parsePlanTarget(baseValue)
  const stands = found?.kind === 'number' ? found.value : null
  const years = { baseYear, targetYear }
  if (isRate) return { measure: 'rate', target, base: null, ...years, isOfOneYear: rateOrTotal === null }
  if (targetValue === null && rateOrTotal !== null && !isPercent) {
    return { measure: 'total', target, base: 0, ...years, isOfOneYear: false }
  }
  const base = stands ?? (isPercent && DECREASE.test(indicator) ? 0 : null)
  return { measure: 'level', target, base, ...years, isOfOneYear: false }
}

/** An indicator as it is stored: what the plan states, and nothing that follows from it. */
export type StoredIndicator = Omit<PlanIndicator, 'measure' | 'target'>

/** An indicator as its readers are told of it: with how it is understood. */
export function toPlanIndicator(stored: StoredIndicator): PlanIndicator {
  const { measure, target } = toIndicatorPlan(stored)
  return { ...stored, measure, target }
}
