import {
  type Attention,
  type Grouping,
  type Summary,
  type SummaryRow,
  TIERS,
  type Tier,
  toPercent,
  toPoints,
} from '@tiaodu/types'
import { toRanks } from './completion-ranks.ts'
import { TWELFTHS } from './schedule.ts'

/** What the standings of a group of projects add up to. */
export interface Figures {
  readonly projectCount: number
  readonly plannedYuan: number
  readonly scheduledTwelfths: number
  readonly monthYuan: number
  readonly yearYuan: number
  /** 考核类 alone, which is what a group is ranked by. */
  readonly assessedPlannedYuan: number
  readonly assessedYearYuan: number
  readonly expected: number
  readonly filed: number
  readonly onTime: number
  /** Not on time, and excused; some of them were filed all the same. */
  readonly excused: number
  readonly excusedFiled: number
  readonly late: number
  readonly missing: number
  readonly green: number
  readonly yellow: number
  readonly red: number
  /** In none of the three. */
  readonly exempt: number
  readonly mismatched: number
  readonly simulated: number
  readonly totalInvestmentYuan: number
  readonly assessedCount: number
  readonly assessedTotalInvestmentYuan: number
  readonly assessedMonthYuan: number
  readonly assessedScheduledTwelfths: number
  readonly assessedExpected: number
  readonly assessedOnTime: number
  readonly assessedExcused: number
  readonly assessedStartDue: number
  readonly assessedStarted: number
  readonly assessedCompletionDue: number
  readonly assessedCompleted: number
  readonly assessedStatisticsDue: number
  readonly assessedInStatistics: number
}

/** The figures of one group. */
export interface Group extends Figures {
  readonly key: string
  readonly name: string
}

function toRow({ key, name, ...figures }: Group, groupBy: Grouping): SummaryRow {
  const completionPercent = toPercent(figures.yearYuan, figures.plannedYuan)
  const scheduledPercent = toPercent(figures.scheduledTwelfths, figures.plannedYuan * TWELFTHS)
  const isLacking = completionPercent === null || scheduledPercent === null
  return {
    key,
    name: groupBy === 'tier' && key in TIERS ? TIERS[key as Tier] : name,
    rank: null,
    projectCount: figures.projectCount,
    plannedYuan: figures.plannedYuan,
    monthCompletedYuan: figures.monthYuan,
    completedYuan: figures.yearYuan,
    completionPercent,
    scheduledPercent,
    aheadPoints: isLacking ? null : toPoints(completionPercent, scheduledPercent),
    expected: figures.expected,
    filed: figures.filed,
    onTime: figures.onTime,
    lights: {
      green: figures.green,
      yellow: figures.yellow,
      red: figures.red,
      exempt: figures.exempt,
      mismatched: figures.mismatched,
    },
    isSimulated: figures.simulated > 0,
  }
}

/** Totals, completion against schedule, lights and ranking of a month; a project of several tiers counts in each of them. */
export function summarize(
  about: { readonly period: string; readonly groupBy: Grouping },
  total: Figures,
  groups: readonly Group[],
  attention: Attention[],
): Summary {
  const ranks = toRanks(groups.map((group) => toPercent(group.assessedYearYuan, group.assessedPlannedYuan)))
  return {
    ...about,
    total: toRow({ key: 'total', name: '合计', ...total }, about.groupBy),
    groups: groups.map((group, at) => ({ ...toRow(group, about.groupBy), rank: ranks[at] ?? null })),
    attention,
    isSimulated: total.simulated > 0,
  }
}
