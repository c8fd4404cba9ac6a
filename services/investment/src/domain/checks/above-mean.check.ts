import { amount, type Check, sumOf, toFinding } from './check.ts'

/** A month far above the mean of the months before it. */
export const checkMean: Check = ({ completedYuan }, { months }, { timesMean, meanMonths }) => {
  if (completedYuan === null || months.length < meanMonths) return undefined
  const sumYuan = sumOf(months.map((month) => month.completedYuan))
  if (sumYuan === 0 || completedYuan * months.length <= timesMean * sumYuan) return undefined
  const meanYuan = Math.round(sumYuan / months.length)
  const [done, mean] = [amount(completedYuan), amount(meanYuan)]
  return toFinding(
    'above-mean',
    { completedYuan, meanYuan, months: months.length, timesMean },
    {
      zh: `本月完成 ${done.zh}，超过前 ${months.length} 个月平均 ${mean.zh} 的 ${timesMean} 倍`,
      en: `${done.en} is more than ${timesMean} times the mean of ${months.length} months, ${mean.en}`,
    },
  )
}
