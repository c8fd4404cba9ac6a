import {
  FUND_SOURCES,
  type FundSource,
  type FundsGap,
  type FundsRow,
  type FundsRule,
  POLICY_SOURCES,
  type PolicyFunds,
  type PolicySource,
  type ProjectFunds,
  toPercent,
} from '@tiaodu/types'

/** 欠款: what was completed and is not paid for yet. */
export const toGap = (completedYuan: number, receivedYuan: number): number => Math.max(0, completedYuan - receivedYuan)

/** Whether completion is far above what was received. */
export const isFarAbove = (
  completedYuan: number,
  gapYuan: number,
  { farAbovePercent, leastGapYuan }: Pick<FundsRule, 'farAbovePercent' | 'leastGapYuan'>,
): boolean => gapYuan > 0 && gapYuan >= leastGapYuan && gapYuan * 100 >= completedYuan * farAbovePercent

/** What a group of projects adds up to; null by source where there is nothing to tell. */
export interface FundsFigures extends Omit<FundsRow, 'receivedPercent' | 'name'> {
  readonly name: string | null
}

/** The row of a group; the rate is that of the projects which have a funding plan. */
export const toFundsRow = ({ name, ...figures }: FundsFigures, isBySource: boolean): FundsRow => ({
  ...figures,
  name: isBySource ? FUND_SOURCES[figures.key as FundSource] : (name ?? ''),
  receivedPercent: toPercent(figures.fundingReceivedYuan, figures.fundingYuan),
})

/** A project far above, with how far. */
export const toFundsGap = (gap: Omit<FundsGap, 'gapPercent'>): FundsGap => ({
  ...gap,
  gapPercent: toPercent(gap.gapYuan, gap.sinceStartYuan),
})

/** What is kept of the funds of a project. */
export interface FundsFacts {
  readonly projectId: string
  readonly projectName: string
  readonly totalInvestmentYuan: number | null
  readonly fundingPlan: readonly { readonly source: FundSource; readonly yuan: number }[]
  /** Every year in which something was approved. */
  readonly years: readonly { readonly year: number; readonly completedYuan: number }[]
  readonly received: readonly {
    readonly year: number
    readonly source: FundSource
    readonly byMonthYuan: number[]
    readonly receivedYuan: number
  }[]
  readonly isSimulated: boolean
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const receivedOf = (rows: readonly { readonly receivedYuan: number }[]) =>
  sum(rows.map(({ receivedYuan }) => receivedYuan))

/** The funds of a project by source, year by year and since the start. */
export function toProjectFunds(facts: FundsFacts, rule: FundsRule): ProjectFunds {
  const { fundingPlan, received, years, ...about } = facts
  const fundingYuan = sum(fundingPlan.map(({ yuan }) => yuan))
  const receivedYuan = receivedOf(received)
  const completedYuan = sum(years.map((year) => year.completedYuan))
  const gapYuan = toGap(completedYuan, receivedYuan)
  const named = (Object.keys(FUND_SOURCES) as FundSource[]).filter((source) =>
    [...fundingPlan, ...received].some((row) => row.source === source),
  )
  return {
    ...about,
    fundingYuan,
    receivedYuan,
    receivedPercent: toPercent(receivedYuan, fundingYuan),
    sinceStartYuan: completedYuan,
    gapYuan,
    isFarAbove: isFarAbove(completedYuan, gapYuan, rule),
    rule,
    sources: named.map((source) => {
      const planned = fundingPlan.find((row) => row.source === source)?.yuan ?? 0
      const ofSource = receivedOf(received.filter((row) => row.source === source))
      return { source, fundingYuan: planned, receivedYuan: ofSource, receivedPercent: toPercent(ofSource, planned) }
    }),
    years: [...new Set([...years, ...received].map(({ year }) => year))].sort().map((year) => {
      const ofYear = received.filter((row) => row.year === year)
      const completed = years.find((one) => one.year === year)?.completedYuan ?? 0
      return {
        year,
        receivedYuan: receivedOf(ofYear),
        yearCompletedYuan: completed,
        gapYuan: toGap(completed, receivedOf(ofYear)),
        sources: ofYear.map(({ year: _year, ...row }) => row),
      }
    }),
  }
}

/** A region's targets, and what was received of each source in the year. */
export interface PolicyFacts {
  readonly year: number
  readonly regionCode: string
  readonly version: number
  readonly targets: readonly { readonly source: PolicySource; readonly yuan: number }[]
  readonly received: Readonly<Partial<Record<PolicySource, number>>>
}

/** 政策性资金: received against the year's targets; what has no target is told and does not count in the rate. */
export function toPolicyFunds({ targets, received, ...about }: PolicyFacts): PolicyFunds {
  const sources = POLICY_SOURCES.map((source) => {
    const targetYuan = targets.find((target) => target.source === source)?.yuan ?? null
    const receivedYuan = received[source] ?? 0
    return { source, targetYuan, receivedYuan, receivedPercent: toPercent(receivedYuan, targetYuan ?? 0) }
  })
  const targetYuan = sum(targets.map(({ yuan }) => yuan))
  const targetReceivedYuan = receivedOf(sources.filter((one) => one.targetYuan !== null))
  return {
    ...about,
    sources,
    targetYuan,
    targetReceivedYuan,
    receivedPercent: toPercent(targetReceivedYuan, targetYuan),
    receivedYuan: receivedOf(sources),
  }
}
