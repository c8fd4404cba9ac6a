import type { PlanTarget } from '@tiaodu/types'

const NUMBER = String.raw`(-?\d{1,12}(?:\.\d{1,6})?)`
const UNIT = '(?:%|个百分点)?'

type Bound = Exclude<PlanTarget['kind'], 'range' | 'text'>

// Each form from its beginning to its end: a text that says more than one of them is text.
const FORMS: readonly (readonly [Bound, RegExp])[] = [
  ['number', new RegExp(`^${NUMBER}${UNIT}$`)],
  ['above', new RegExp(`^(?:>|大于|高于|超过)${NUMBER}${UNIT}$`)],
  ['atLeast', new RegExp(`^(?:>=|=>|≥|⩾|不低于|不少于|不小于|至少)${NUMBER}${UNIT}$`)],
  ['atLeast', new RegExp(`^${NUMBER}${UNIT}(?:以上|及以上)$`)],
  ['below', new RegExp(`^(?:<|小于|低于)${NUMBER}${UNIT}$`)],
  ['atMost', new RegExp(`^(?:<=|=<|≤|⩽|不高于|不超过|不大于|控制在)${NUMBER}${UNIT}(?:以内|以下)?$`)],
  ['atMost', new RegExp(`^${NUMBER}${UNIT}(?:以内|以下|及以下)$`)],
  ['about', new RegExp(`^(?:约|大约)?${NUMBER}${UNIT}左右$`)],
  ['about', new RegExp(`^(?:约|大约)${NUMBER}${UNIT}$`)],
]
const RANGE = new RegExp(`^${NUMBER}${UNIT}[-–—~～至]+${NUMBER.replace('-?', '')}${UNIT}$`)

// Full-width digits and signs, spaces, and commas between thousands say nothing of their own.
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1')

/** What the text of a target means: a number, a bound, a range, or text that nobody can measure. */
export function parsePlanTarget(text: string): PlanTarget {
  const said = plain(text)
  for (const [kind, form] of FORMS) {
    const value = form.exec(said)?.[1]
    if (value !== undefined) return { kind, value: Number(value), upTo: null }
  }
  const [, from, upTo] = RANGE.exec(said) ?? []
  if (from !== undefined && Number(from) < Number(upTo))
    return { kind: 'range', value: Number(from), upTo: Number(upTo) }
  return { kind: 'text', value: null, upTo: null }
}

/** How far below its number a target of 左右 is still reached: a twentieth of it. */
const ABOUT_SHARE = 0.05

/** Whether less is better: what the bound says, else a target that lies below its base. */
export function isLessBetter({ kind, value }: PlanTarget, base: number | null): boolean {
  if (kind === 'below' || kind === 'atMost') return true
  if (kind === 'above' || kind === 'atLeast') return false
  return base !== null && value !== null && value < base
}

// Figures have six decimals at most; what lies beyond is the noise of binary fractions.
export const round = (value: number): number => Math.round(value * 1e6) / 1e6 + 0

/** Whether a figure is what a target asks for; undefined for text. */
export function meetsTarget(target: PlanTarget, actual: number, base: number | null): boolean | undefined {
  if (target.value === null) return undefined
  if (target.kind === 'above') return actual > target.value
  if (target.kind === 'below') return actual < target.value
  const slack = target.kind === 'about' ? round(Math.abs(target.value) * ABOUT_SHARE) : 0
  if (isLessBetter(target, base)) return actual <= round((target.upTo ?? target.value) + slack)
  return actual >= round(target.value - slack)
}
