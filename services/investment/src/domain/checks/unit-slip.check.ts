import { amount, type Check, toFinding } from './check.ts'

const YI_IN_WAN = 10_000

/** 亿 typed as 万 or the other way round: about ten thousand times the last month or the plan's share, or a ten thousandth. */
export const checkUnit: Check = ({ completedYuan }, { months, planShareYuan }, { slipTolerance }) => {
  if (completedYuan === null || completedYuan === 0) return undefined
  const isSlip = (one: number, other: number) =>
    one * slipTolerance >= other * YI_IN_WAN && one <= other * YI_IN_WAN * slipTolerance
  const references = [months[0]?.completedYuan, planShareYuan ?? undefined]
  const referenceYuan = references.find(
    (yuan) => yuan !== undefined && yuan > 0 && (isSlip(completedYuan, yuan) || isSlip(yuan, completedYuan)),
  )
  if (referenceYuan === undefined) return undefined
  const [done, reference] = [amount(completedYuan), amount(referenceYuan)]
  const isLastMonth = referenceYuan === months[0]?.completedYuan
  return toFinding(
    'unit-slip',
    { completedYuan, referenceYuan },
    {
      zh: `本月完成 ${done.zh}，${isLastMonth ? '上期' : '本月计划'}为 ${reference.zh}，相差约一万倍，是否把亿元和万元填混`,
      en: `${done.en} against ${reference.en} ${isLastMonth ? 'last time' : 'planned for the month'}: about ten thousandfold, was 亿 typed as 万`,
    },
  )
}
