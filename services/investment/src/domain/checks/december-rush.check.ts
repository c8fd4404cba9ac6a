import { monthOf, toPercent } from '@tiaodu/types'
import { amount, type Check, toFinding } from './check.ts'

const DECEMBER = 12
const PERCENT = 100

/** 年底突击: December with too large a share of the year. */
export const checkDecember: Check = ({ completedYuan }, { period, yearBeforeYuan }, { decemberPercent }) => {
  if (completedYuan === null || monthOf(period) !== DECEMBER) return undefined
  const yearYuan = yearBeforeYuan + completedYuan
  if (completedYuan * PERCENT <= decemberPercent * yearYuan) return undefined
  const [done, year] = [amount(completedYuan), amount(yearYuan)]
  const sharePercent = toPercent(completedYuan, yearYuan)
  return toFinding(
    'december-rush',
    { completedYuan, yearYuan, sharePercent, limitPercent: decemberPercent },
    {
      zh: `12 月完成 ${done.zh}，占全年 ${year.zh} 的 ${sharePercent}%，超过 ${decemberPercent}%`,
      en: `December has ${done.en} of ${year.en} in the year: ${sharePercent}%, above ${decemberPercent}%`,
    },
  )
}
