import { ProblemError, type RankingFormulaFields, refuse } from '@tiaodu/types'

const WHOLE = 100

/** The weights make 100. @throws validation-failed naming the field */
export function assertWeights(field: string, weights: readonly number[]): void {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum !== WHOLE)
    throw refuse('validation-failed', field, {
      zh: `权重合计应为 ${WHOLE}，现为 ${sum}`,
      en: `The weights must make ${WHOLE}; they make ${sum}`,
    })
}

/** The formula can be applied. @throws validation-failed naming the field */
export function assertFormula({ measures, lists }: RankingFormulaFields): void {
  const names = measures.map(({ measure }) => measure)
  const again = names.findIndex((name, at) => names.indexOf(name) < at)
  if (again >= 0)
    throw refuse('validation-failed', `measures.${again}.measure`, {
      zh: '该指标已列出',
      en: 'This measure stands there already',
    })
  assertWeights(
    'measures',
    measures.map(({ weight }) => weight),
  )
  const { red, black } = lists
  if (red !== null && black !== null && black.level > red.level)
    throw refuse('validation-failed', 'lists.black.level', {
      zh: `黑榜门槛不能高于红榜门槛 ${red.level}`,
      en: `It cannot be above the level of the red list, ${red.level}`,
    })
}

/** A rule counts from a month on that is not locked: what was published stays. @throws period-locked */
export function assertUnlocked(fromPeriod: string, lastLocked: string | undefined): void {
  if (lastLocked !== undefined && fromPeriod <= lastLocked)
    throw new ProblemError('period-locked', { zh: `${lastLocked} 已锁定`, en: `${lastLocked} is locked` }, [
      {
        field: 'fromPeriod',
        reason: { zh: `须晚于 ${lastLocked}`, en: `It must be after ${lastLocked}` },
      },
    ])
}
