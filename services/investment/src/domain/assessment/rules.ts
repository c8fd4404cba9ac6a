import { type AssessmentFormula, ProblemError, refuse } from '@tiaodu/types'
import { assertWeights } from '../ranking-formula.ts'
import { gradeOf } from '../review-levels.ts'

/** A formula that can be applied: its weights make 100, each component is named once, each computed one counted once. @throws validation-failed */
export function assertAssessmentFormula({ components }: Pick<AssessmentFormula, 'components'>): void {
  const keys = components.map(({ key }) => key)
  const again = keys.findIndex((key, at) => keys.indexOf(key) < at)
  if (again >= 0)
    throw refuse('validation-failed', `components.${again}.key`, {
      zh: '该考评项目已列出',
      en: 'This component stands there already',
    })
  const sources = components.map(({ source }) => source)
  const twice = sources.findIndex((source, at) => source !== 'manual' && sources.indexOf(source) < at)
  if (twice >= 0)
    throw refuse('validation-failed', `components.${twice}.source`, {
      zh: '该得分来源已列出',
      en: 'This source is counted already',
    })
  assertWeights(
    'components',
    components.map(({ weight }) => weight),
  )
}

const HUNDREDTHS = 100

/** A mark has two decimals at most. @throws validation-failed */
export function assertMark(mark: number | null): void {
  if (mark !== null && Math.round(mark * HUNDREDTHS) / HUNDREDTHS !== mark)
    throw refuse('validation-failed', 'mark', { zh: '最多两位小数', en: 'At most two decimals' })
}

/** Whoever assesses stands above what is assessed: a county does not mark itself. @throws outside-scope */
export function assertAbove(regionCode: string): void {
  if (gradeOf(regionCode) === 'county')
    throw new ProblemError('outside-scope', {
      zh: '考评由上一级进行，县区不能考评',
      en: 'Assessing is done by the level above; a county does not',
    })
}

/** What is published stays. @throws assessment-published */
export function assertUnpublished(field: string, isPublished: boolean): void {
  if (isPublished)
    throw refuse('assessment-published', field, { zh: '已公布，不能再改', en: 'It is published and stays as it is' })
}

/** Nothing is missing. @throws assessment-incomplete naming what is */
export function assertComplete(missing: readonly string[]): void {
  if (missing.length > 0)
    throw new ProblemError(
      'assessment-incomplete',
      undefined,
      missing.map((field) => ({ field, reason: { zh: '公布前须填写', en: 'Needed before it is published' } })),
    )
}
