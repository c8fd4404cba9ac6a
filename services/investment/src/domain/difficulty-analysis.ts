import {
  DIFFICULTY_CATEGORIES,
  type DifficultyAnalysis,
  type DifficultyCategory,
  type DifficultyCounts,
  type DifficultyGroup,
  toDateOn,
  toInstant,
} from '@tiaodu/types'
import { toAge } from './difficulty.ts'

/** A difficulty as it stood when a month ended, and whether it was open when the month began. */
export interface DifficultyFact {
  readonly id: string
  readonly projectId: string
  readonly projectName: string
  readonly description: string
  readonly category: DifficultyCategory
  readonly coordinationLevel: number
  readonly unitInChargeId: string
  readonly unitInChargeName: string | null
  readonly dueOn: string
  readonly registeredAt: Date
  readonly isNew: boolean
  readonly wasOpen: boolean
  readonly isOpen: boolean
  readonly isSimulated: boolean
}

const MOST = 20

const atNoon = (dateOn: string) => toInstant(dateOn, '12:00')
const ageOf = ({ registeredAt, dueOn }: DifficultyFact, asOn: string) =>
  toAge({ registeredAt, dueOn, resolvedAt: null }, atNoon(asOn))

/** Counts difficulties over a month; openAtStart + raised + reopened − solved = openAtEnd. */
export function countDifficulties(facts: readonly DifficultyFact[], asOn: string): DifficultyCounts {
  const open = facts.filter(({ isOpen }) => isOpen)
  const ages = open.map((fact) => ageOf(fact, asOn))
  const days = ages.reduce((sum, { ageDays }) => sum + ageDays, 0)
  const count = (is: (fact: DifficultyFact) => boolean) => facts.filter(is).length
  return {
    openAtStart: count(({ wasOpen }) => wasOpen),
    raised: count(({ isNew }) => isNew),
    reopened: count(({ wasOpen, isNew, isOpen }) => !wasOpen && !isNew && isOpen),
    solved: count(({ wasOpen, isNew, isOpen }) => (wasOpen || isNew) && !isOpen),
    openAtEnd: open.length,
    overdueAtEnd: ages.filter(({ overdueDays }) => overdueDays > 0).length,
    averageAgeDays: open.length === 0 ? null : Math.round((days / open.length) * 10) / 10,
  }
}

function groupBy(
  facts: readonly DifficultyFact[],
  asOn: string,
  toKey: (fact: DifficultyFact) => string,
  toName: (fact: DifficultyFact) => string,
): DifficultyGroup[] {
  const groups = new Map<string, DifficultyFact[]>()
  for (const fact of facts) {
    const key = toKey(fact)
    const those = groups.get(key)
    if (those === undefined) groups.set(key, [fact])
    else those.push(fact)
  }
  return [...groups].map(([key, those]) => ({
    key,
    name: toName(those[0] as DifficultyFact),
    ...countDifficulties(those, asOn),
  }))
}

const byKey = (a: DifficultyGroup, b: DifficultyGroup) => (a.key < b.key ? -1 : 1)
const byOpen = (a: DifficultyGroup, b: DifficultyGroup) => b.openAtEnd - a.openAtEnd || byKey(a, b)
const byAge = (a: DifficultyFact, b: DifficultyFact) =>
  a.registeredAt.getTime() - b.registeredAt.getTime() || (a.id < b.id ? -1 : 1)

/** The month's analysis for the committee; a difficulty counts at the level and unit that it had when the month ended. */
export const analyse = (period: string, facts: readonly DifficultyFact[], asOn: string): DifficultyAnalysis => ({
  period,
  asOn,
  total: countDifficulties(facts, asOn),
  byCategory: groupBy(
    facts,
    asOn,
    ({ category }) => category,
    ({ category }) => DIFFICULTY_CATEGORIES[category].zh,
  ).sort(byOpen),
  byLevel: groupBy(
    facts,
    asOn,
    ({ coordinationLevel }) => String(coordinationLevel),
    ({ coordinationLevel }) => `${coordinationLevel}级`,
  ).sort(byKey),
  byUnitInCharge: groupBy(
    facts,
    asOn,
    ({ unitInChargeId }) => unitInChargeId,
    ({ unitInChargeName }) => unitInChargeName ?? '',
  ).sort(byOpen),
  oldest: facts
    .filter(({ isOpen }) => isOpen)
    .sort(byAge)
    .slice(0, MOST)
    .map(({ registeredAt, isNew, wasOpen, isOpen, isSimulated, ...fact }) => ({
      ...fact,
      registeredOn: toDateOn(registeredAt),
      ...ageOf({ registeredAt, isNew, wasOpen, isOpen, isSimulated, ...fact }, asOn),
    })),
  isSimulated: facts.some(({ isSimulated }) => isSimulated),
})
