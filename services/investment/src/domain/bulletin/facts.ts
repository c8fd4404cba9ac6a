import type { Stage, Tier } from '@tiaodu/types'

/** What a bulletin knows of a project in its month: the standing, the dates and the report behind it. */
export interface BulletinFact {
  readonly projectId: string
  readonly projectName: string
  readonly unitId: string | null
  readonly unitName: string | null
  readonly regionCode: string
  readonly regionName: string
  readonly category: string
  readonly tiers: readonly Tier[]
  readonly isAssessed: boolean
  readonly stage: Stage
  readonly totalInvestmentYuan: number
  readonly plannedYuan: number
  readonly scheduledTwelfths: number
  readonly monthYuan: number
  readonly yearYuan: number
  readonly plannedStartOn: string | null
  readonly actualStartOn: string | null
  readonly plannedCompletionOn: string | null
  readonly actualCompletionOn: string | null
  readonly isExpected: boolean
  /** Submitted once at least, in time or not. */
  readonly wasFiled: boolean
  readonly isOnTime: boolean
  /** As the approved report of the month says; null without one. */
  readonly visualProgress: string | null
}

/** How a project is named in a bulletin. */
export const toNamed = ({ projectId, projectName, regionName, unitName }: BulletinFact) => ({
  projectId,
  projectName,
  regionName,
  unitName,
})

/** By text, so that nothing hangs on the order in which rows come. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Groups in the order of their keys. */
export function groupFacts(
  facts: readonly BulletinFact[],
  toKeys: (fact: BulletinFact) => readonly string[],
): [string, BulletinFact[]][] {
  const groups = new Map<string, BulletinFact[]>()
  for (const fact of facts)
    for (const key of toKeys(fact)) {
      const those = groups.get(key)
      if (those === undefined) groups.set(key, [fact])
      else those.push(fact)
    }
  return [...groups].sort(([one], [other]) => byText(one, other))
}
