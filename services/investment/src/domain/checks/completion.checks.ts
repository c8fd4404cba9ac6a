import { STAGES, type Stage, toPercent } from '@tiaodu/types'
import { amount, type Check, toFinding } from './check.ts'

const COMPLETED: readonly Stage[] = ['completed', 'producing', 'performing']
const PERCENT = 100

/** 竣工 without the date of it. */
export const checkCompletionDate: Check = (_entry, { stage, actualCompletionOn }) =>
  COMPLETED.includes(stage) && actualCompletionOn === null
    ? toFinding(
        'completion-undated',
        { stage, actualCompletionOn },
        {
          zh: `项目已处于${STAGES[stage]}阶段，却没有实际竣工日期`,
          en: `The project is at ${stage} and has no actual completion date`,
        },
      )
    : undefined

/** 竣工 with a share of the total investment that is far from the whole. */
export const checkCompletionShare: Check = ({ completedYuan }, facts, { completionPoints }) => {
  const { stage, totalInvestmentYuan, sinceStartBeforeYuan } = facts
  if (!COMPLETED.includes(stage) || totalInvestmentYuan === null || totalInvestmentYuan === 0) return undefined
  const sinceStartYuan = sinceStartBeforeYuan + (completedYuan ?? 0)
  const distanceYuan = Math.abs(totalInvestmentYuan - sinceStartYuan)
  if (distanceYuan * PERCENT <= completionPoints * totalInvestmentYuan) return undefined
  const [done, total] = [amount(sinceStartYuan), amount(totalInvestmentYuan)]
  const sharePercent = toPercent(sinceStartYuan, totalInvestmentYuan)
  return toFinding(
    'completion-share',
    { sinceStartYuan, totalInvestmentYuan, sharePercent, limitPoints: completionPoints },
    {
      zh: `项目已处于${STAGES[stage]}阶段，累计完成 ${done.zh}，占总投资 ${total.zh} 的 ${sharePercent}%，与 100% 相差超过 ${completionPoints} 个百分点`,
      en: `The project is at ${stage} with ${done.en} of ${total.en}: ${sharePercent}%, more than ${completionPoints} points from the whole`,
    },
  )
}
