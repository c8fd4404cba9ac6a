import type { Bulletin, BulletinEntry, SummaryRow } from '@tiaodu/types'
import type { Timeline } from './timeline.ts'

const YI = 100_000_000

/** 演示数据: what the supervisor writes; everything else in the bulletin is computed. */
export const DEMO_BULLETIN: BulletinEntry = {
  masthead: '重点项目建设情况通报',
  organ: '重点项目建设领导小组办公室（演示）',
  title: null,
  reportTo: '市委、市政府（演示）',
  sendTo: '各县（市、区）、各责任单位（演示）',
  editor: '演示编辑',
  reviewer: '演示审核',
  issuer: '演示签发',
  nextSteps:
    '对进展缓慢和无进展项目逐个查明原因，由责任单位提出赶进度措施。（演示数据）\n对逾期未报单位予以提醒。（演示数据）',
}

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
