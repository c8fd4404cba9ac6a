import { type Fault, type IndicatorChange, type NewIndicatorYear, ProblemError } from '@tiaodu/types'
import type { StatedIndicator } from './indicator-plan.ts'

type Figures = Pick<NewIndicatorYear, 'target' | 'actual'>

const DECIMALS = 1e4

/** What a year becomes; undefined when nothing differs. @throws validation-failed */
export function decideYear(
  { baseYear, targetYear }: Pick<StatedIndicator, 'baseYear' | 'targetYear'>,
  known: Figures | undefined,
  { year, target, actual, reason }: NewIndicatorYear & { year: number },
): { figures: Figures; changes: IndicatorChange['changes'] } | undefined {
  const faults: Fault[] = []
  const refuse = (field: string, zh: string, en: string) => faults.push({ field, reason: { zh, en } })
  if (year <= baseYear || year > targetYear) {
    refuse('year', `应在 ${baseYear + 1} 至 ${targetYear} 之间`, `must lie between ${baseYear + 1} and ${targetYear}`)
  }
  if (actual !== null && Math.round(actual * DECIMALS) / DECIMALS !== actual) {
    refuse('actual', '最多四位小数', 'may have four decimals')
  }
  const changes = (['target', 'actual'] as const).flatMap((field) => {
    const [from, to] = [known?.[field] ?? null, { target, actual }[field]]
    return from === to ? [] : [{ field, from, to }]
  })
  // A figure that people have read is not changed without a word.
  if (reason === undefined && changes.some(({ from }) => from !== null)) {
    refuse('reason', '修改已填数据须写明原因', 'say why what was entered changes')
  }
  if (faults.length > 0) throw new ProblemError('validation-failed', undefined, faults)
  return changes.length === 0 ? undefined : { figures: { target, actual }, changes }
}
