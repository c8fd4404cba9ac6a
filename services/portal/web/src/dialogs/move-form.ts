import type { Evidence, NewStageMove, Stage } from '@tiaodu/types'

/** A move as it is typed. */
export interface MoveForm {
  to: string
  movedOn: string
  reason: string
  approverId: string
  evidenceKind: string
  reference: string
}

/** What to send of it: nothing that was left empty. */
export function toMove({ to, movedOn, reason, approverId, evidenceKind, reference }: MoveForm): NewStageMove {
  const piece = { kind: evidenceKind as Evidence['kind'], reference: reference.trim() }
  return {
    to: to as Stage,
    movedOn,
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(piece.reference === '' ? {} : { evidence: [piece] }),
    ...(approverId === '' ? {} : { approverId }),
  }
}
