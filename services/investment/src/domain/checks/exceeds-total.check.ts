import { amount, type Check, toFinding } from './check.ts'

/** 累计完成 above the total investment. */
export const checkTotal: Check = ({ completedYuan }, { sinceStartBeforeYuan, totalInvestmentYuan }) => {
  const sinceStartYuan = sinceStartBeforeYuan + (completedYuan ?? 0)
  if (totalInvestmentYuan === null || sinceStartYuan <= totalInvestmentYuan) return undefined
  const [done, total] = [amount(sinceStartYuan), amount(totalInvestmentYuan)]
  return toFinding(
    'exceeds-total-investment',
    { sinceStartYuan, totalInvestmentYuan },
    {
      zh: `累计完成投资将达 ${done.zh}，超过总投资 ${total.zh}`,
      en: `Completed since start would be ${done.en} of a total of ${total.en}`,
    },
  )
}
