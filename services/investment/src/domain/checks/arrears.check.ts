import { amount, type Check, sumOf, toFinding } from './check.ts'

const PERCENT = 100

/** 欠款: funds received far below what was completed, over this month and the 12 before. */
export const checkFunds: Check = ({ completedYuan, fundsReceived }, { months }, { fundsPercent, fundsMonths }) => {
  if (completedYuan === null || completedYuan === 0 || months.length + 1 < fundsMonths) return undefined
  const doneYuan = completedYuan + sumOf(months.map((month) => month.completedYuan))
  const fundsYuan = sumOf(fundsReceived.map(({ yuan }) => yuan)) + sumOf(months.map((month) => month.fundsYuan))
  if (fundsYuan * PERCENT >= doneYuan * fundsPercent) return undefined
  const [done, funds, gap] = [amount(doneYuan), amount(fundsYuan), amount(doneYuan - fundsYuan)]
  const count = months.length + 1
  return toFinding(
    'arrears',
    { completedYuan: doneYuan, fundsYuan, gapYuan: doneYuan - fundsYuan, months: count, limitPercent: fundsPercent },
    {
      zh: `近 ${count} 个月到位 ${funds.zh}，完成 ${done.zh}，到位不足完成的 ${fundsPercent}%，缺口 ${gap.zh}`,
      en: `${funds.en} received against ${done.en} completed in ${count} months: below ${fundsPercent}%, a gap of ${gap.en}`,
    },
  )
}
