import type { BulletinClasses, BulletinDuty, BulletinGrades, BulletinIssue, BulletinSlice } from '@tiaodu/types'
import { type Block, heading, paragraph, subheading, table } from './document.ts'
import { inDayOrNone, inMonths, inPercent, inPoints, inWan, inYi } from './figures.ts'

const shareText = ({ completionPercent, aheadPoints }: BulletinSlice) =>
  completionPercent === null ? '' : `，占年度计划的${inPercent(completionPercent)}，${inPoints(aheadPoints)}`

const sliceText = (slice: BulletinSlice) =>
  slice.projectCount === 0
    ? '0个'
    : `${slice.projectCount}个，总投资${inYi(slice.totalInvestmentYuan)}，年度计划投资${inYi(slice.plannedYuan)}，` +
      `累计完成投资${inYi(slice.completedYuan)}${shareText(slice)}`

/** 一、总体情况. */
export function composeOverall({ head, overall, byTier }: BulletinIssue): Block[] {
  const tiers = byTier.map((slice) => `${slice.name}级重点项目${sliceText(slice)}`)
  return [
    heading('一、总体情况'),
    paragraph(
      `截至${Number(head.period.slice(5))}月底，共有重点项目${sliceText(overall)}；` +
        `当月完成投资${inYi(overall.monthCompletedYuan)}。`,
    ),
    ...(tiers.length === 0 ? [] : [paragraph(`按项目级别分：${tiers.join('；')}。`)]),
  ]
}

const dutyText = (what: string, { yearDue, due, done, donePercent }: BulletinDuty) =>
  `全年应${what}${yearDue}个，截至目前应${what}${due}个、已${what}${done}个，${what}率${inPercent(donePercent)}`

const DATED = ['项目名称', '所属区域', '责任单位']

function dutyTables(what: string, { notDone, early }: BulletinDuty): Block[] {
  const toRow = (on: 'plannedOn' | 'actualOn') => (row: BulletinDuty['notDone'][number]) => [
    row.projectName,
    row.regionName,
    row.unitName ?? '—',
    inDayOrNone(row[on]),
  ]
  return [
    table(`应${what}未${what}项目`, [...DATED, `计划${what}日期`], notDone.map(toRow('plannedOn'))),
    table(`提前${what}项目`, [...DATED, `实际${what}日期`], early.map(toRow('actualOn'))),
  ]
}

/** 二、分类进展. */
export function composeClasses({
  starting,
  continuing,
  completing,
  preparing,
  starts,
  completions,
}: BulletinClasses): Block[] {
  return [
    heading('二、分类进展情况'),
    subheading('（一）新开工项目'),
    paragraph(`新开工项目${sliceText(starting)}。${dutyText('开工', starts)}。`),
    ...dutyTables('开工', starts),
    subheading('（二）续建项目'),
    paragraph(`续建项目${sliceText(continuing)}。`),
    subheading('（三）竣工项目'),
    paragraph(`竣工项目${sliceText(completing)}。${dutyText('竣工', completions)}。`),
    ...dutyTables('竣工', completions),
    subheading('（四）预备项目'),
    paragraph(`预备项目${sliceText(preparing)}。`),
  ]
}

const LAGGING = ['项目名称', '责任单位', '序时目标(万元)', '累计完成(万元)', '差额(万元)', '完成率', '时间进度']

/** 四、进展评价. */
export function composeGrades({ head, grades }: Pick<BulletinIssue, 'head' | 'grades'>): Block[] {
  const { counts, ungraded, rule } = grades
  const toRow = (row: BulletinGrades['slow'][number]) => [
    row.projectName,
    row.unitName ?? '—',
    inWan(row.scheduledYuan),
    inWan(row.completedYuan),
    inWan(row.shortYuan),
    inPercent(row.completionPercent),
    inPercent(row.scheduledPercent),
  ]
  return [
    heading('四、项目进展评价'),
    paragraph(
      `按${inMonths(head.period)}进度评价（办法第${rule.version}版，落后时间进度超过${rule.slowBehindPoints}个百分点为进展缓慢）：` +
        `已完成${counts.completed}个，进展顺利${counts.smooth}个，进展缓慢${counts.slow}个，无进展${counts.none}个；` +
        `未下达年度计划、不作评价${ungraded}个。`,
    ),
    table('进展缓慢项目', LAGGING, grades.slow.map(toRow)),
    table('无进展项目', LAGGING, grades.none.map(toRow)),
  ]
}
