import type { lightsZh } from './lights.zh.ts'

export const lightsEn: Record<keyof typeof lightsZh, string> = {
  noLights: 'No such projects',
  lightsAll: 'All',
  mismatched: 'Differs from its own',
  exempt: 'Exempt',
  declared: 'Unit says',
  recordExemption: 'Exempt',
  exemptionGround: 'Ground',
  exemptionEvidence: 'Document or evidence',
  exemptUntil: 'Until',
  exemptBecause: 'Exempt ({ground}): {why}; {evidence}; {who}, until {until}',
  ground_justified: 'justified',
  ground_forceMajeure: 'force majeure',
}
