import type { FundSource, ProgressGrade, RankingMeasure, Tier } from '@tiaodu/types'

// Copies on purpose: the vocabulary may learn other words, a bulletin that was issued may not.
export const TIERS: Readonly<Record<Tier, string>> = { province: '省', city: '市', county: '县区' }

export const FUND_SOURCES: Readonly<Record<FundSource, string>> = {
  centralBudget: '中央预算内',
  specialTreasuryBond: '超长期特别国债',
  localSpecialBond: '专项债',
  localBudget: '地方预算',
  ownFunds: '自筹',
  bankLoan: '银行贷款',
  foreign: '外资',
  other: '其他',
}

export const GRADES: Readonly<Record<ProgressGrade, string>> = {
  completed: '已完成',
  smooth: '进展顺利',
  slow: '进展缓慢',
  none: '无进展',
}

export const MEASURES: Readonly<Record<RankingMeasure, string>> = {
  completionRate: '投资完成率',
  scheduleRate: '序时完成率',
  startRate: '开工率',
  finishRate: '竣工率',
  statisticsRate: '入统率',
  onTimeRate: '报送及时率',
  onTimeExcusedRate: '报送及时率（剔除正当理由）',
}

export const LISTS = { red: '红榜', black: '黑榜' } as const
