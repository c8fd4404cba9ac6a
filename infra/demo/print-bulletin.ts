import type { Bulletin, SummaryRow } from '@tiaodu/types'
import type { Timeline } from './timeline.ts'

const YI = 100_000_000

const inYi = (yuan: number) => (yuan / YI).toFixed(2)
const percent = (value: number | null) => (value === null ? '—' : `${value.toFixed(2)}%`)

const toLine = ({ rank, name, projectCount, plannedYuan, completedYuan, completionPercent, lights }: SummaryRow) =>
  `${String(rank ?? '—').padStart(3)}  ${name}：${projectCount} 个，计划 ${inYi(plannedYuan)} 亿元，完成 ${inYi(completedYuan)} 亿元，` +
  `完成率 ${percent(completionPercent)}，绿 ${lights.green} 黄 ${lights.yellow} 红 ${lights.red}`

/** The month's ranking as it was frozen. */
export function printBulletin(bulletin: Bulletin, timeline: Timeline): void {
  const { total, groups } = bulletin.content.region
  timeline.line(`第 ${bulletin.number} 期 ${bulletin.title}${bulletin.isSimulated ? '（演示数据）' : ''}`)
  const points = total.aheadPoints ?? 0
  timeline.line(
    `全市 ${total.projectCount} 个项目，年度计划 ${inYi(total.plannedYuan)} 亿元，累计完成 ${inYi(total.completedYuan)} 亿元，` +
      `完成率 ${percent(total.completionPercent)}，${points < 0 ? '慢于' : '快于'}时间进度 ${Math.abs(points).toFixed(2)} 个百分点`,
  )
  for (const group of [...groups].sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99))) timeline.line(toLine(group))
  timeline.line(`sha256 ${bulletin.sha256}`)
}
