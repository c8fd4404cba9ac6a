import type { BulletinIssue, BulletinProject, BulletinSlice, Tier } from '@tiaodu/types'
import { type Annex, type Block, paragraph, table } from './document.ts'
import { inPercent, inWan, inYi } from './figures.ts'
import { FUND_SOURCES, GRADES, TIERS } from './words.ts'

const TIER_CODES = ['province', 'city', 'county'] as const

const PROJECT = [
  '序号',
  '项目名称',
  '责任单位',
  '总投资',
  '年度计划',
  '当月完成',
  '累计完成',
  '完成率',
  '评价',
  '形象进度',
]
const SLICE = ['名称', '项目数', '总投资', '年度计划', '当月完成', '累计完成', '完成率', '时间进度']

const toProjectCells = (row: BulletinProject, at: number) => [
  String(at + 1),
  row.projectName,
  row.unitName ?? '—',
  inWan(row.totalInvestmentYuan),
  inWan(row.plannedYuan),
  inWan(row.monthCompletedYuan),
  inWan(row.completedYuan),
  inPercent(row.completionPercent),
  row.grade === null ? '—' : GRADES[row.grade],
  row.visualProgress ?? '—',
]

const toSliceCells = (row: BulletinSlice) => [
  row.name,
  String(row.projectCount),
  inWan(row.totalInvestmentYuan),
  inWan(row.plannedYuan),
  inWan(row.monthCompletedYuan),
  inWan(row.completedYuan),
  inPercent(row.completionPercent),
  inPercent(row.scheduledPercent),
]

// One of several tiers stands in the list of its highest.
const highestOf = ({ tiers }: BulletinProject): Tier | undefined => TIER_CODES.find((tier) => tiers.includes(tier))

function listsByTier({ projects, overall }: BulletinIssue): Block[] {
  if (projects.length === 0 && overall.projectCount > 0)
    return [paragraph(`项目共${overall.projectCount}个，逐个清单不随文印发。`)]
  const list = (name: string, tier: Tier | undefined) => {
    const those = projects.filter((project) => highestOf(project) === tier)
    return those.length === 0 ? [] : [table(`${name}（万元）`, PROJECT, those.map(toProjectCells))]
  }
  return [...TIER_CODES.flatMap((tier) => list(`${TIERS[tier]}级重点项目`, tier)), ...list('未定级项目', undefined)]
}

function fundsBlocks({ funds }: BulletinIssue): Block[] {
  const { total, groups, gaps } = funds
  return [
    paragraph(
      `按资金拼盘应筹${inYi(total.fundingYuan)}，已到位${inYi(total.fundingReceivedYuan)}，到位率${inPercent(total.receivedPercent)}；` +
        `本年到位${inYi(total.yearReceivedYuan)}，完成未到位${inYi(total.gapYuan ?? 0)}。`,
    ),
    table(
      '按资金来源（万元）',
      ['资金来源', '项目数', '拼盘合计', '已到位', '本年到位', '到位率'],
      groups.map((row) => [
        row.name,
        String(row.projectCount),
        inWan(row.fundingYuan),
        inWan(row.receivedYuan),
        inWan(row.yearReceivedYuan),
        inPercent(row.receivedPercent),
      ]),
    ),
    table(
      '完成远高于到位的项目（万元）',
      ['项目名称', '责任单位', '累计完成', '已到位', '未到位'],
      gaps.map((row) => [
        row.projectName,
        row.unitName ?? '—',
        inWan(row.sinceStartYuan),
        inWan(row.receivedYuan),
        inWan(row.gapYuan),
      ]),
    ),
  ]
}

function targetBlocks({ byRegion, policyFunds }: BulletinIssue): Block[] {
  return [
    table(
      '年度投资目标（万元）',
      ['区域', '项目数', '年度目标', '累计完成', '完成率', '尚差'],
      byRegion.map((row) => [
        row.name,
        String(row.projectCount),
        inWan(row.plannedYuan),
        inWan(row.completedYuan),
        inPercent(row.completionPercent),
        inWan(Math.max(0, row.plannedYuan - row.completedYuan)),
      ]),
    ),
    table(
      '政策性资金争取目标（万元）',
      ['区划代码', '资金来源', '年度目标', '已到位', '完成率'],
      policyFunds.flatMap(({ regionCode, sources }) =>
        sources.map((row) => [
          regionCode,
          FUND_SOURCES[row.source],
          row.targetYuan === null ? '—' : inWan(row.targetYuan),
          inWan(row.receivedYuan),
          inPercent(row.receivedPercent),
        ]),
      ),
    ),
  ]
}

/** 附件. */
export const composeAnnexes = (issue: BulletinIssue): Annex[] => [
  { title: '重点项目进展一览表（按级别）', blocks: listsByTier(issue) },
  {
    title: '重点项目进展一览表（按行业）',
    blocks: [table('分行业（万元）', SLICE, issue.byCategory.map(toSliceCells))],
  },
  {
    title: '重点项目进展一览表（按责任单位）',
    blocks: [table('分责任单位（万元）', SLICE, issue.byUnit.map(toSliceCells))],
  },
  { title: '资金到位情况', blocks: fundsBlocks(issue) },
  { title: '年度目标完成情况', blocks: targetBlocks(issue) },
]
