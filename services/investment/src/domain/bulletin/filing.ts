import { type BulletinFiling, toPercent } from '@tiaodu/types'
import { type BulletinFact, byText, groupFacts } from './facts.ts'

function count(facts: readonly BulletinFact[]) {
  const onTime = facts.filter(({ isOnTime }) => isOnTime).length
  const filed = facts.filter(({ wasFiled }) => wasFiled).length
  return { expected: facts.length, onTime, late: filed - onTime, missing: facts.length - filed }
}

/** 报送质量: in time, late and missing out of expected, and the units that are late or missing. */
export function toFiling(facts: readonly BulletinFact[], returned: number): BulletinFiling {
  const expected = facts.filter(({ isExpected }) => isExpected)
  const counts = count(expected)
  const units = groupFacts(expected, ({ unitId }) => [unitId ?? '']).map(([, those]) => ({
    unitName: those[0]?.unitName ?? '未明确责任单位',
    ...count(those),
    missingProjects: those
      .filter(({ wasFiled }) => !wasFiled)
      .map(({ projectName }) => projectName)
      .sort(byText),
  }))
  return {
    ...counts,
    onTimePercent: toPercent(counts.onTime, counts.expected),
    filedPercent: toPercent(counts.onTime + counts.late, counts.expected),
    returned,
    units: units
      .filter(({ late, missing }) => late + missing > 0)
      .sort(
        (one, other) => other.missing - one.missing || other.late - one.late || byText(one.unitName, other.unitName),
      ),
  }
}
