import type { fundsZh } from './funds.zh.ts'

export const fundsEn: Record<keyof typeof fundsZh, string> = {
  fundsPage: 'Funds',
  bySource: 'Source',
  fundsReceivedTitle: 'Funds received',
  fundsTotalIs: 'received {received} ÷ planned {planned}',
  fundsGapIs: 'unpaid {gap}; {count} projects completed far more than they received',
  fundsGaps: 'Completed far above received',
  fundsRuleIs: 'unpaid at least {percent}% of completed, and {least}',
  fundsPlan: 'Planned',
  fundsRate: 'Received of planned',
  fundsAll: 'Received in all',
  fundsYear: 'Received this year',
  fundsGap: 'Unpaid',
  fundsFarAbove: 'Far above',
  noGaps: 'No such projects',
  policyFunds: 'Policy funds of {year}',
  policyFundsNote: 'Received against the targets of the year',
  policyRate: 'Of the targets',
  noPolicyTargets: 'No targets and nothing received in this year',
  noTarget: 'no target',
}
