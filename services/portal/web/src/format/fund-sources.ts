import type { FundSource } from '@tiaodu/types'

const PLACES: Record<FundSource, number> = {
  centralBudget: 1,
  specialTreasuryBond: 2,
  localSpecialBond: 3,
  localBudget: 4,
  ownFunds: 5,
  bankLoan: 6,
  foreign: 7,
  other: 8,
}

/** 资金来源 in the order in which forms name them; a source that is missing here does not compile. */
export const FUND_SOURCES = Object.keys(PLACES) as FundSource[]
