import type { BulletinIssue, Ranking } from '@tiaodu/types'
import { type Block, heading, paragraph, subheading, table } from './document.ts'
import { inPercent, inWan } from './figures.ts'
import { LISTS, MEASURES } from './words.ts'

const inMovement = (movement: number | null): string => {
  if (movement === null) return '—'
  if (movement === 0) return '持平'
  return movement > 0 ? `升${movement}` : `降${-movement}`
}

type Row = Ranking['groups'][number]['rows'][number]

const toCells = (row: Row) => [
  row.rank === null ? '—' : String(row.rank),
  row.name,
  String(row.projectCount),
  inWan(row.totalInvestmentYuan),
  inWan(row.plannedYuan),
  inWan(row.completedYuan),
  inWan(row.monthCompletedYuan),
  row.rates.map(({ numerator, denominator, percent }) => toRate(numerator, denominator, percent)).join(' '),
  inPercent(row.score),
  inMovement(row.movement),
  row.list === null ? '' : LISTS[row.list],
]

// Yuan stand in columns of their own already.
const toRate = (numerator: number, denominator: number, percent: number | null) =>
  Math.max(numerator, denominator) < 10_000 ? `${inPercent(percent)}(${numerator}/${denominator})` : inPercent(percent)

const COLUMNS = ['名次', '单位', '项目数', '总投资', '年度计划', '累计完成', '当月完成', '指标', '得分', '位次', '榜单']

function listText(rows: readonly Row[], list: 'red' | 'black'): string[] {
  const names = rows.filter((row) => row.list === list).map(({ name }) => name)
  return names.length === 0 ? [] : [`${LISTS[list]}：${names.join('、')}`]
}

function composeRanking(title: string, { formula, groups }: Ranking): Block[] {
  const measures = formula.measures.map(({ measure, weight }) => `${MEASURES[measure]}${weight}%`).join('、')
  return [
    subheading(title),
    paragraph(`按排名办法第${formula.version}版（${measures}），仅计考核类项目，表内金额单位为万元。`),
    ...groups.flatMap(({ peerGroup, rows }) => {
      const lists = [...listText(rows, 'red'), ...listText(rows, 'black')]
      return [
        table(peerGroup ?? '未分组', COLUMNS, rows.map(toCells)),
        ...(lists.length === 0 ? [] : [paragraph(`${peerGroup ?? '未分组'}${lists.join('；')}。`)]),
      ]
    }),
  ]
}

/** 三、排名情况. */
export const composeRankings = ({ region, unit }: BulletinIssue['rankings']): Block[] => [
  heading('三、排名情况'),
  ...composeRanking('（一）区域排名', region),
  ...composeRanking('（二）责任单位排名', unit),
]
