import { type Baseline, type Fault, type NewBaseline, type Project, toPercent } from '@tiaodu/types'

/** A baseline as it is stored; the overrun is computed when it is read. */
export type StoredBaseline = Omit<Baseline, 'overrun'>

type Current = Pick<Project, 'totalInvestmentYuan' | 'plannedCompletionOn' | 'actualCompletionOn'>

const DAY_MS = 86_400_000

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** 超概: how far the project as it is now lies beyond a baseline. */
export function assessOverrun(current: Current, baseline: StoredBaseline): Baseline['overrun'] {
  const total = current.totalInvestmentYuan
  const completionOn = current.actualCompletionOn ?? current.plannedCompletionOn
  const totalYuan = total === null ? null : total - baseline.totalInvestmentYuan
  return {
    totalYuan,
    totalPercent: totalYuan === null ? null : toPercent(totalYuan, baseline.totalInvestmentYuan),
    completionDays:
      completionOn === null || baseline.plannedCompletionOn === null
        ? null
        : daysBetween(baseline.plannedCompletionOn, completionOn),
  }
}

/** What is wrong with a baseline after the one before it. */
export function assessBaseline(next: NewBaseline, last: StoredBaseline | undefined, today: string): Fault[] {
  const { approvedOn, plannedStartOn, plannedCompletionOn } = next
  const errors: Fault[] = []
  if (approvedOn > today)
    errors.push({
      field: 'approvedOn',
      reason: { zh: '批复日期不能晚于今天', en: 'An approval lies in the past or on this day' },
    })
  if (last !== undefined && approvedOn < last.approvedOn) {
    errors.push({
      field: 'approvedOn',
      reason: {
        zh: `早于被调整的批复（${last.approvedOn}）`,
        en: `Before the approval that it revises, of ${last.approvedOn}`,
      },
    })
  }
  if (plannedStartOn !== null && plannedCompletionOn !== null && plannedCompletionOn < plannedStartOn) {
    errors.push({
      field: 'plannedCompletionOn',
      reason: { zh: `早于计划开工 ${plannedStartOn}`, en: `before the planned start ${plannedStartOn}` },
    })
  }
  return errors
}
