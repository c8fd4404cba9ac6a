import type { correctionsZh } from './corrections.zh.ts'

export const correctionsEn: Record<keyof typeof correctionsZh, string> = {
  reportHistory: 'What was done',
  noActs: 'Never filed yet',
  act_submitted: 'Filed',
  act_returned: 'Returned',
  act_passed: 'Approved at a level',
  act_approved: 'Approved',
  act_corrected: 'Corrected',
  changedIn: 'Changed',
  changedBefore: 'Said',
  changedAfter: 'Says',
  corrections: 'Corrections',
  correctionsNote:
    'Changes after approval: with a reason, approved by somebody else; published bulletins get an erratum',
  correctionsAll: 'All',
  noCorrections: 'No corrections',
  correctionNumber: 'Correction {number}',
  correction_asked: 'To decide',
  correction_approved: 'Corrected',
  correction_refused: 'Refused',
  correction_withdrawn: 'Withdrawn',
  askCorrection: 'Ask for a correction',
  askCorrectionWhat:
    'Write what it should say. It counts once a reviewer approves; totals change with it, published bulletins stay and get an erratum. The month may be below zero.',
  correctionReason: 'Why',
  decidedBy: 'Decided:',
  approveCorrection: 'Approve',
  refuseCorrection: 'Refuse',
  refuseWhy: 'Why it is refused',
  withdrawCorrection: 'Take it back',
}
