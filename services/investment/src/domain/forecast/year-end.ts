import type { Case } from './held-out.ts'

/** How far ahead, from which month: the end of month `month` to `horizon` months later. */
export interface Span {
  readonly month: number
  readonly horizon: number
}

/** What peers teach about the months that are left. */
export interface Lesson {
  /** How many cases it comes from. */
  readonly cases: number
  /** Of a plan, the share that peers completed in the months that are left. */
  readonly remainingShare: number
  /** How much of what is left is told by the project's own pace, 0 to 1; the rest by its peers. */
  readonly paceWeight: number
}

/** What a project, or all projects of a group together, have done so far. */
export interface Known {
  readonly plannedYuan: number
  readonly completedYuan: number
}

const MONTHS = 12
const WEIGHTS = [0, 0.25, 0.5, 0.75, 1]
const NO_WEIGHT = 0.5
/** So many cases weigh as much as the even share that is expected of everybody before anything is known. */
const PRIOR_CASES = 10

/** What the project would still complete if it went on as it has: own pace of the months that are over. */
export const atOwnPace = ({ completedYuan }: Known, { month, horizon }: Span): number =>
  (Math.max(0, completedYuan) * horizon) / month

/** What the project would still complete if it did with its plan what its peers did with theirs. */
export const asPeersDid = ({ plannedYuan }: Known, { remainingShare }: Lesson): number => remainingShare * plannedYuan

/**
 * 年末完成: what was completed, and what is left by own pace and by peers, in whole yuan. It is linear in plan and
 * completion: projects of one lesson add up to their sum, but for half a yuan each.
 */
export function forecastYearEnd(known: Known, span: Span, lesson: Lesson): number {
  const { paceWeight } = lesson
  const remaining = paceWeight * atOwnPace(known, span) + (1 - paceWeight) * asPeersDid(known, lesson)
  return Math.max(0, Math.round(known.completedYuan + remaining))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** By how much a forecast missed, in percentage points of the plan; above zero when more came than was expected. */
export const toMissedPoints = (
  forecastYuan: number,
  { plannedYuan, cameToYuan }: Pick<Case, 'plannedYuan' | 'cameToYuan'>,
): number => ((cameToYuan - forecastYuan) / plannedYuan) * 100

/** Learns from cases, each with its own span of the same horizon; without any it is the even share. */
export function learn(cases: readonly (Case & { readonly month: number })[], horizon: number): Lesson {
  const planned = sum(cases.map(({ plannedYuan }) => plannedYuan))
  const cameLater = sum(cases.map(({ cameToYuan, completedYuan }) => cameToYuan - completedYuan))
  // What an even share of the year promises, before there is anything to learn from.
  const even = horizon / MONTHS
  const ofPeers = planned > 0 ? Math.max(0, cameLater / planned) : even
  const remainingShare = (cases.length * ofPeers + PRIOR_CASES * even) / (cases.length + PRIOR_CASES)
  if (cases.length === 0) return { cases: 0, remainingShare, paceWeight: NO_WEIGHT }
  const missed = (paceWeight: number) =>
    sum(
      cases.map((one) => {
        const lesson = { cases: cases.length, remainingShare, paceWeight }
        return Math.abs(toMissedPoints(forecastYearEnd(one, { month: one.month, horizon }, lesson), one))
      }),
    )
  const errors = WEIGHTS.map(missed)
  return { cases: cases.length, remainingShare, paceWeight: WEIGHTS[errors.indexOf(Math.min(...errors))] ?? NO_WEIGHT }
}
