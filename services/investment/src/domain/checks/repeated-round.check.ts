import { amount, type Check, toFinding } from './check.ts'

/** The same round number month after month. */
export const checkRound: Check = ({ completedYuan }, { months }, { roundYuan, roundMonths }) => {
  if (completedYuan === null || completedYuan === 0 || completedYuan % roundYuan !== 0) return undefined
  const other = months.findIndex((month) => month.completedYuan !== completedYuan)
  const running = 1 + (other === -1 ? months.length : other)
  if (running < roundMonths) return undefined
  const done = amount(completedYuan)
  return toFinding(
    'repeated-round',
    { completedYuan, running, roundYuan },
    {
      zh: `连续 ${running} 个月都是 ${done.zh} 这一整数`,
      en: `The same round ${done.en} for ${running} months running`,
    },
  )
}
