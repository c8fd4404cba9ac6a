/** Words of what the checks of a report find. */
export const checksZh = {
  findings: '自动核查',
  findingsSaved: '随自动保存重新核查',
  findingBlocks: '不能上报',
  findingWarns: '需要说明',
  explanation: '情况说明',
  explanationHint: '用一句话说明原因，审核人会看到',
  explanationMissing: '上报前请说明',
  explanationNone: '未说明',
}
