import { createHash } from 'node:crypto'
import type { CheckCode } from '@tiaodu/types'

/** A number in [0, 1) that depends on the text alone, so that every machine plays the same demo. */
export const fractionOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32

const WAN = 10_000
const YI = 100_000_000

const roundToWan = (yuan: number) => Math.round(yuan / WAN) * WAN

/** 演示数据: a plan for the year of 40 % of the total, or 0.5 to 6 亿元 where the documents state no total. */
export function simulatedPlan(name: string, totalInvestmentYuan: number | null): number {
  if (totalInvestmentYuan !== null) return roundToWan(totalInvestmentYuan * 0.4)
  return roundToWan((0.5 + 5.5 * fractionOf(`plan ${name}`)) * YI)
}

// Most projects keep to the plan, some lag by more than 10 points by autumn, a few by more than 30.
function pace(name: string): number {
  const luck = fractionOf(`pace ${name}`)
  if (luck < 0.08) return 0.5
  if (luck < 0.25) return 0.78
  return 0.95 + 0.2 * luck
}

/** 演示数据: what a project completes in a month, in yuan. */
export function simulatedMonth(name: string, period: string, plannedYuan: number): number {
  const wobble = 0.9 + 0.2 * fractionOf(`${name} ${period}`)
  return roundToWan((plannedYuan / 12) * pace(name) * wobble)
}

const PROGRESS = [
  '场地平整完成，临建搭设完毕',
  '桩基施工，完成工程量的三成',
  '基础施工完成，转入主体结构',
  '主体结构施工至二层',
  '主体结构施工至四层',
  '主体结构封顶',
  '二次结构砌筑完成',
  '屋面及外墙施工',
  '机电安装过半',
  '室内装修施工',
  '设备进场安装',
  '设备单机调试，室外工程收尾',
]

/** 演示数据: the visual progress of a month. */
export const simulatedProgress = (period: string): string =>
  `${PROGRESS[Number(period.slice(5)) - 1] ?? '施工按计划推进'}（演示数据）`

const EXPLANATIONS: Partial<Record<CheckCode, string>> = {
  'before-start': '系勘察设计、征地补偿等前期费用，已取得支付凭证',
  'progress-unchanged': '本月为同一部位的后续工程量',
  'december-rush': '年底集中办理结算',
}

/** 演示数据: what a filer says on something that the checks find. */
export const simulatedExplanation = (code: CheckCode): string =>
  `${EXPLANATIONS[code] ?? '已与施工、监理单位核对，数字属实'}（演示数据）`
