import { type BulletinSlice, TIER_CODES, TIERS, toPercent, toPoints } from '@tiaodu/types'
import { TWELFTHS } from '../schedule.ts'
import { type BulletinFact, groupFacts } from './facts.ts'

const sum = (facts: readonly BulletinFact[], of: (fact: BulletinFact) => number) =>
  facts.reduce((total, fact) => total + of(fact), 0)

/** What some projects add up to. */
export function toSlice(key: string, name: string, facts: readonly BulletinFact[]): BulletinSlice {
  const plannedYuan = sum(facts, (fact) => fact.plannedYuan)
  const completedYuan = sum(facts, (fact) => fact.yearYuan)
  const completionPercent = toPercent(completedYuan, plannedYuan)
  const scheduledPercent = toPercent(
    sum(facts, (fact) => fact.scheduledTwelfths),
    plannedYuan * TWELFTHS,
  )
  const isLacking = completionPercent === null || scheduledPercent === null
  return {
    key,
    name,
    projectCount: facts.length,
    totalInvestmentYuan: sum(facts, (fact) => fact.totalInvestmentYuan),
    plannedYuan,
    monthCompletedYuan: sum(facts, (fact) => fact.monthYuan),
    completedYuan,
    completionPercent,
    scheduledPercent,
    aheadPoints: isLacking ? null : toPoints(completionPercent, scheduledPercent),
  }
}

const toSlices = (
  facts: readonly BulletinFact[],
  toKey: (fact: BulletinFact) => string,
  toName: (fact: BulletinFact) => string,
): BulletinSlice[] =>
  groupFacts(facts, (fact) => [toKey(fact)]).map(([key, those]) =>
    toSlice(key, toName(those[0] as BulletinFact), those),
  )

/** The month's sums: of all, and by tier, region, industry and unit. A project of several tiers counts in each of them. */
export const toSums = (facts: readonly BulletinFact[]) => ({
  overall: toSlice('total', '合计', facts),
  byTier: TIER_CODES.map((tier) =>
    toSlice(
      tier,
      TIERS[tier],
      facts.filter(({ tiers }) => tiers.includes(tier)),
    ),
  ).filter(({ projectCount }) => projectCount > 0),
  byRegion: toSlices(
    facts,
    ({ regionCode }) => regionCode,
    ({ regionName }) => regionName,
  ),
  byCategory: toSlices(
    facts,
    ({ category }) => category,
    ({ category }) => category,
  ),
  byUnit: toSlices(
    facts,
    ({ unitId }) => unitId ?? '',
    ({ unitName }) => unitName ?? '未明确责任单位',
  ),
})
