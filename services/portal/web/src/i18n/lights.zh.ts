/** The words of the lights; lights.en.ts has the same. */
export const lightsZh = {
  noLights: '没有这样的项目',
  lightsAll: '全部',
  mismatched: '自评不一致',
  exempt: '豁免',
  declared: '单位自评',
  recordExemption: '登记豁免',
  exemptionGround: '事由',
  exemptionEvidence: '文号或佐证',
  exemptUntil: '豁免至',
  exemptBecause: '豁免（{ground}）：{why}；{evidence}；{who}，至 {until}',
  ground_justified: '正当理由',
  ground_forceMajeure: '不可抗力',
}
