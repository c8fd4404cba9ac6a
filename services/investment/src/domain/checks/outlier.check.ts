import { amount, type Check, toFinding } from './check.ts'

// Iglewicz and Hoaglin: 0.6745 (y - median) / MAD. In ten thousandths, so that whole yuan are compared exactly.
const SCALE = 10_000
const CONSISTENCY = 6_745
const PERCENT = 100

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

/** A month far above the project's own history, by the modified z-score. One far below is what lights tell. */
export const checkOutlier: Check = ({ completedYuan }, { months }, { zScore, zMonths, zPercent }) => {
  if (completedYuan === null || months.length < zMonths) return undefined
  const history = months.map((month) => month.completedYuan)
  const medianYuan = medianOf(history)
  const deviationYuan = medianOf(history.map((yuan) => Math.abs(yuan - medianYuan)))
  const distanceYuan = completedYuan - medianYuan
  const isFar = distanceYuan * PERCENT >= medianYuan * zPercent
  if (deviationYuan === 0 || !isFar || CONSISTENCY * distanceYuan <= zScore * SCALE * deviationYuan) return undefined
  const score = Math.round((CONSISTENCY * distanceYuan) / deviationYuan / (SCALE / PERCENT)) / PERCENT
  const [done, median] = [amount(completedYuan), amount(medianYuan)]
  return toFinding(
    'outlier',
    { completedYuan, medianYuan, deviationYuan, score, limit: zScore, months: months.length },
    {
      zh: `本月完成 ${done.zh}，前 ${months.length} 个月中位数 ${median.zh}，修正 Z 值 ${score}，超过 ${zScore}`,
      en: `${done.en} against a median of ${median.en} in ${months.length} months: modified z-score ${score}, beyond ${zScore}`,
    },
  )
}
