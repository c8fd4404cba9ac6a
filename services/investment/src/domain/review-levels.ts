import { ProblemError, type ReviewerKind, type ReviewLevel, refuse } from '@tiaodu/types'

/** The levels that a report passes, in order, and the unit above its own. */
export interface ReviewTerms {
  readonly levels: readonly ReviewLevel[]
  readonly parentUnitId: string | null
}

/** Who reviews, and where they stand. */
export interface Reviewer {
  readonly actorId: string | null
  readonly regionCode: string
  readonly unitId: string | null
}

/** How far the review of a filed report has come. */
export interface ReviewMark {
  readonly awaits: ReviewerKind | null
  /** Who has passed it at the levels before. */
  readonly passedBy: readonly string[]
}

/** What a report is reviewed at when no level of the rule is one that its project has. */
const ANYBODY: ReviewLevel = { reviewer: 'any', name: '审核' }

const GRADES = ['county', 'city', 'province', 'nation'] as const
type Grade = (typeof GRADES)[number]

/** 区划级别 by the zeros that a code ends with. */
export function gradeOf(regionCode: string): Grade {
  if (regionCode === '100000') return 'nation'
  if (regionCode.endsWith('0000')) return 'province'
  return regionCode.endsWith('00') ? 'city' : 'county'
}

/** The levels of a rule that a project has: those of its region and above, and its unit's if there is a unit above it. */
export function toReviewTerms(
  rule: readonly ReviewLevel[],
  regionCode: string,
  parentUnitId: string | null,
): ReviewTerms {
  const own = GRADES.indexOf(gradeOf(regionCode))
  const has = ({ reviewer }: ReviewLevel) => {
    if (reviewer === 'any') return true
    return reviewer === 'unit' ? parentUnitId !== null : GRADES.indexOf(reviewer) >= own
  }
  const levels = rule.filter(has)
  return { levels: levels.length === 0 ? [ANYBODY] : levels, parentUnitId }
}

const isFor = ({ reviewer }: ReviewLevel, { parentUnitId }: ReviewTerms, by: Reviewer): boolean => {
  if (reviewer === 'any') return true
  if (reviewer === 'unit') return by.unitId !== null && by.unitId === parentUnitId
  return reviewer === gradeOf(by.regionCode)
}

/** Which level a report waits for; one that it no longer has, since its project has moved, gives way to the next. */
function levelAt({ levels }: ReviewTerms, { awaits, passedBy }: ReviewMark): number {
  const found = levels.findIndex(({ reviewer }) => reviewer === awaits)
  return found < 0 ? Math.min(passedBy.length, levels.length - 1) : found
}

/** The level that a report waits for. */
export const awaitedLevel = (terms: ReviewTerms, mark: ReviewMark): ReviewLevel =>
  terms.levels[levelAt(terms, mark)] ?? ANYBODY

/** The level after the one that a report waits for; undefined when it is the last. */
export const nextLevel = (terms: ReviewTerms, mark: ReviewMark): ReviewLevel | undefined =>
  terms.levels[levelAt(terms, mark) + 1]

const requireFor = (level: ReviewLevel, terms: ReviewTerms, by: Reviewer): void => {
  if (!isFor(level, terms, by))
    throw refuse('other-review-level', 'awaits', {
      zh: `待“${level.name}”审核`,
      en: `It waits for ${level.reviewer} (${level.name})`,
    })
}

/** Whoever reviews is of the level that it waits for, and of none before. @throws other-review-level, reviewed-before */
export function requireReviewer(terms: ReviewTerms, mark: ReviewMark, by: Reviewer): void {
  requireFor(awaitedLevel(terms, mark), terms, by)
  if (by.actorId !== null && mark.passedBy.includes(by.actorId)) throw new ProblemError('reviewed-before')
}

/** Whoever decides is of the last level. @throws other-review-level */
export const requireLastReviewer = (terms: ReviewTerms, by: Reviewer): void =>
  requireFor(terms.levels.at(-1) ?? ANYBODY, terms, by)

/** Each kind of reviewer stands in a rule once. @throws validation-failed naming the level */
export function assertReviewLevels(levels: readonly ReviewLevel[]): void {
  const again = levels.findIndex(({ reviewer }, at) => levels.findIndex((one) => one.reviewer === reviewer) < at)
  if (again >= 0)
    throw refuse('validation-failed', `levels.${again}.reviewer`, {
      zh: '该审核人已列为一级',
      en: 'These reviewers have a level already',
    })
}

/** Levels count from a month on whose cycle is not open: what is under review keeps its own. @throws period-opened */
export function assertUnopened(fromPeriod: string, lastOpened: string | undefined): void {
  if (lastOpened !== undefined && fromPeriod <= lastOpened)
    throw refuse('period-opened', 'fromPeriod', {
      zh: `须晚于已启动的 ${lastOpened}`,
      en: `It must be after ${lastOpened}, whose cycle was opened`,
    })
}
