import type { SummaryRow } from '@tiaodu/types'
import { toMoney } from '../format/money.ts'
import { toPercent } from '../format/percent.ts'
import { t } from '../i18n/index.ts'

const TEXT = '#36424f'

const rateOf = (row: SummaryRow | undefined): string => toPercent(row?.completionPercent ?? null)

const describe = (row: SummaryRow): string =>
  [
    row.name,
    `${t('rate')} ${rateOf(row)}`,
    t('rateOf', { done: toMoney(row.completedYuan), plan: toMoney(row.plannedYuan) }),
    t('scheduledIs', { percent: toPercent(row.scheduledPercent) }),
  ].join('\n')

/** One bar per region, and a line across it where the schedule stands. */
export const completionOption = (rows: readonly SummaryRow[]) => ({
  animationDuration: 300,
  aria: { enabled: true },
  color: ['#2a6bb0', '#c77700'],
  grid: { left: 8, right: 20, top: 34, bottom: 4, containLabel: true },
  legend: { top: 0, right: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: TEXT } },
  tooltip: {
    trigger: 'axis' as const,
    axisPointer: { type: 'shadow' as const },
    renderMode: 'richText' as const,
    formatter: (points: { dataIndex: number }[]) => {
      const row = rows[points[0]?.dataIndex ?? -1]
      return row === undefined ? '' : describe(row)
    },
  },
  xAxis: {
    type: 'value' as const,
    min: 0,
    max: ({ max }: { max: number }) => Math.max(100, Math.ceil(max / 20) * 20),
    axisLabel: { formatter: '{value}%', color: '#566376', hideOverlap: true },
    splitLine: { lineStyle: { color: '#e8edf3' } },
  },
  yAxis: {
    type: 'category' as const,
    inverse: true,
    data: rows.map(({ key }) => key),
    axisTick: { show: false },
    axisLabel: {
      color: TEXT,
      lineHeight: 18,
      formatter: (_key: string, index: number) => `${rows[index]?.name}\n{rate|${rateOf(rows[index])}}`,
      rich: { rate: { color: TEXT, fontWeight: 700, fontSize: 13, lineHeight: 18 } },
    },
  },
  series: [
    {
      name: t('rate'),
      type: 'bar' as const,
      data: rows.map(({ completionPercent }) => completionPercent),
      barMaxWidth: 22,
      itemStyle: { borderRadius: [0, 3, 3, 0] },
    },
    {
      name: t('scheduled'),
      type: 'scatter' as const,
      data: rows.map(({ scheduledPercent }) => scheduledPercent),
      symbol: 'rect',
      symbolSize: [4, 34],
      z: 3,
    },
  ],
})
