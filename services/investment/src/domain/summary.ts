import {
  type Grouping,
  type Light,
  type Summary,
  type SummaryRow,
  TIERS,
  type Tier,
  toPercent,
  toPoints,
} from '@tiaodu/types'
import { assessLight } from './lights.ts'
import { toRanks } from './ranking.ts'
import { type Plan, scheduledTwelfths, TWELFTHS } from './schedule.ts'

/** A project as the month's totals see it. */
export interface PortfolioProject {
  readonly id: string
  readonly name: string
  readonly region: { readonly key: string; readonly name: string }
  readonly unit: { readonly key: string; readonly name: string }
  readonly category: string
  readonly tiers: readonly Tier[]
  readonly isAssessed: boolean
  readonly plan: Plan
  /** Approved yuan of months 1 to 12; empty when there are none. */
  readonly completedByMonth: readonly number[]
  readonly isSimulated: boolean
  readonly isExpected: boolean
  readonly isFiled: boolean
  readonly isOnTime: boolean
  readonly missedReports: number
}

type Group = { readonly key: string; readonly name: string }

const GROUPS_OF: Record<Grouping, (project: PortfolioProject) => readonly Group[]> = {
  region: ({ region }) => [region],
  unit: ({ unit }) => [unit],
  category: ({ category }) => [{ key: category, name: category }],
  tier: ({ tiers }) => tiers.map((tier) => ({ key: tier, name: TIERS[tier] })),
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const count = <T>(items: readonly T[], is: (item: T) => boolean) => items.filter(is).length

const judge = (project: PortfolioProject, month: number) => ({
  project,
  yearToDateYuan: sum(project.completedByMonth.slice(0, month)),
  ...assessLight({
    plan: project.plan,
    month,
    yearToDateYuan: sum(project.completedByMonth.slice(0, month)),
    missedReports: project.missedReports,
  }),
})
type Judged = ReturnType<typeof judge>

function toRow({ key, name }: Group, judged: readonly Judged[], month: number): SummaryRow {
  const plannedYuan = sum(judged.map(({ project }) => project.plan.plannedYuan))
  const completedYuan = sum(judged.map(({ yearToDateYuan }) => yearToDateYuan))
  const completionPercent = toPercent(completedYuan, plannedYuan)
  const scheduled = sum(judged.map(({ project }) => scheduledTwelfths(project.plan, month)))
  const scheduledPercent = toPercent(scheduled, plannedYuan * TWELFTHS)
  const lit = (wanted: Light) => count(judged, ({ light }) => light === wanted)
  return {
    key,
    name,
    rank: null,
    projectCount: judged.length,
    plannedYuan,
    monthCompletedYuan: sum(judged.map(({ project }) => project.completedByMonth[month - 1] ?? 0)),
    completedYuan,
    completionPercent,
    scheduledPercent,
    aheadPoints:
      completionPercent === null || scheduledPercent === null ? null : toPoints(completionPercent, scheduledPercent),
    expected: count(judged, ({ project }) => project.isExpected),
    filed: count(judged, ({ project }) => project.isFiled),
    onTime: count(judged, ({ project }) => project.isOnTime),
    lights: { green: lit('green'), yellow: lit('yellow'), red: lit('red') },
    isSimulated: judged.some(({ project }) => project.isSimulated),
  }
}

/** 考核类 projects only: what a group is ranked by. */
const rankingRate = (judged: readonly Judged[]): number | null => {
  const assessed = judged.filter(({ project }) => project.isAssessed)
  return toPercent(
    sum(assessed.map(({ yearToDateYuan }) => yearToDateYuan)),
    sum(assessed.map(({ project }) => project.plan.plannedYuan)),
  )
}

/** Totals, completion against schedule, lights and ranking of a month; a project of several tiers counts in each of them. */
export function summarize(projects: readonly PortfolioProject[], period: string, groupBy: Grouping): Summary {
  const month = Number(period.slice(5))
  const all = projects.map((project) => judge(project, month))
  const members = new Map<string, { group: Group; judged: Judged[] }>()
  for (const one of all) {
    for (const group of GROUPS_OF[groupBy](one.project)) {
      const entry = members.get(group.key) ?? { group, judged: [] }
      entry.judged.push(one)
      members.set(group.key, entry)
    }
  }
  const entries = [...members.values()]
  const ranks = toRanks(entries.map(({ judged }) => rankingRate(judged)))
  const total = toRow({ key: 'total', name: '合计' }, all, month)
  return {
    period,
    groupBy,
    total,
    groups: entries.map(({ group, judged }, index) => ({ ...toRow(group, judged, month), rank: ranks[index] ?? null })),
    attention: all.flatMap(({ project, light, reasons }) =>
      light === 'yellow' || light === 'red'
        ? [
            {
              projectId: project.id,
              projectName: project.name,
              unitName: project.unit.name || null,
              groupKeys: GROUPS_OF[groupBy](project).map(({ key }) => key),
              light,
              reasons,
            },
          ]
        : [],
    ),
    isSimulated: total.isSimulated,
  }
}
