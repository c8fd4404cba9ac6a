import type { checksZh } from './checks.zh.ts'

/** The words of the checks; checks.zh.ts has the same. */
export const checksEn: Record<keyof typeof checksZh, string> = {
  findings: 'Checks',
  findingsSaved: 'done anew whenever the draft saves itself',
  findingBlocks: 'Cannot be filed',
  findingWarns: 'Needs a sentence',
  explanation: 'Explanation',
  explanationHint: 'Say why in one sentence; the reviewer will read it',
  explanationMissing: 'Needed before the report can be filed',
  explanationNone: 'Not explained',
}
