import type { EntryChange, ReportEntry } from '@tiaodu/types'

const TEXTS = ['visualProgress', 'difficulties', 'nextSteps'] as const

const bySource = ({ fundsReceived }: ReportEntry): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const { source, yuan } of fundsReceived) sums.set(source, (sums.get(source) ?? 0) + yuan)
  return sums
}

/** What `after` says that `before` did not: field by field, money received source by source. */
export function toChanges(before: ReportEntry, after: ReportEntry): EntryChange[] {
  const [received, receives] = [bySource(before), bySource(after)]
  const sources = [...new Set([...received.keys(), ...receives.keys()])]
  const changes: EntryChange[] = [
    { field: 'completedYuan', before: before.completedYuan, after: after.completedYuan },
    ...sources.map((source) => ({
      field: `fundsReceived.${source}`,
      before: received.get(source) ?? null,
      after: receives.get(source) ?? null,
    })),
    ...TEXTS.map((field) => ({ field, before: before[field], after: after[field] })),
  ]
  return changes.filter((change) => change.before !== change.after)
}
