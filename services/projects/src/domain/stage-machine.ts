import {
  type AllowedMove,
  EVIDENCE_KINDS,
  type EvidenceKind,
  type Fault,
  MOVE_KINDS,
  type MoveKind,
  type MoveNeed,
  type NewStageMove,
  ProblemError,
  STAGE_CODES,
  STAGES,
  type Stage,
  type Words,
} from '@tiaodu/types'
import { kindOf, type Standing } from './move-kind.ts'

/** What shows that a stage was reached; a stage not named needs nothing beyond the date. */
export const EVIDENCE_OF: Partial<Record<Stage, EvidenceKind>> = {
  reserve: 'listing',
  signed: 'agreement',
  preliminary: 'approval',
  newlyStarted: 'startPermit',
  completed: 'acceptance',
  producing: 'production',
  performing: 'performance',
}

/** How a move is to be judged by who asks it and when. */
interface Asking {
  readonly actorId: string | null
  readonly today: string
}

type Need = (move: NewStageMove, asking: Asking) => Fault | undefined

const reason: Need = (move) =>
  move.reason === undefined
    ? { field: 'reason', reason: { zh: '此转换须说明原因', en: 'This move needs a reason' } }
    : undefined

const evidence: Need = ({ to, evidence: pieces = [] }) => {
  const kind = EVIDENCE_OF[to]
  if (kind === undefined || pieces.some((piece) => piece.kind === kind)) return undefined
  const [stage, piece] = [STAGES[to], EVIDENCE_KINDS[kind]]
  return { field: 'evidence', reason: { zh: `${stage}须有${piece}`, en: `${stage} is shown by ${piece} (${kind})` } }
}

const approver: Need = ({ approverId }, { actorId }) => {
  if (approverId === undefined) {
    return { field: 'approverId', reason: { zh: '回退须有审批人', en: 'A move backwards needs an approver' } }
  }
  if (approverId !== actorId) return undefined
  return { field: 'approverId', reason: { zh: '不能审批自己提出的转换', en: 'Nobody approves their own move' } }
}

const CHECKS: Record<MoveNeed, Need> = { reason, evidence, approver }

/** What each kind of move needs; 增补 (comeback) takes what was withdrawn into the reserve as if it were new. */
const NEEDS: Record<MoveKind, readonly MoveNeed[]> = {
  forward: ['evidence'],
  backward: ['reason', 'approver'],
  suspension: ['reason'],
  resumption: ['reason'],
  withdrawal: ['reason'],
  comeback: ['reason', 'evidence'],
}

const forbid = (from: Stage, to: Stage, reason: Words) => {
  const move = `${STAGES[from]} → ${STAGES[to]}`
  const detail = { zh: `${move}：${reason.zh}`, en: `${move}: ${reason.en}` }
  return new ProblemError('move-forbidden', detail, [{ field: 'to', reason }])
}

/** Every stage that a project may move to, with what each move needs: forward first, then on again, back and aside. */
export const listAllowedMoves = (standing: Standing): AllowedMove[] =>
  STAGE_CODES.flatMap((to) => {
    const kind = kindOf(standing, to)
    if (typeof kind !== 'string') return []
    const evidenceKind = NEEDS[kind].includes('evidence') ? (EVIDENCE_OF[to] ?? null) : null
    return [
      { to, kind, needs: NEEDS[kind].filter((need) => need !== 'evidence' || evidenceKind !== null), evidenceKind },
    ]
  }).sort((a, b) => MOVE_KINDS.indexOf(a.kind) - MOVE_KINDS.indexOf(b.kind))

/**
 * Whether a project may move: forward by its chain with the evidence of the stage, backwards with reason and approver,
 * aside and back with a reason; never twice to the same stage, before its last move or into the future.
 * @throws move-forbidden; validation-failed naming everything that is missing
 */
export function assessMove(standing: Standing, move: NewStageMove, asking: Asking): void {
  const kind = kindOf(standing, move.to)
  if (typeof kind !== 'string') throw forbid(standing.stage, move.to, kind)
  const errors = NEEDS[kind].map((need) => CHECKS[need](move, asking)).filter((error) => error !== undefined)
  if (move.movedOn > asking.today) {
    errors.push({
      field: 'movedOn',
      reason: { zh: '转换日期不能晚于今天', en: 'A move lies in the past or on this day' },
    })
  } else if (move.movedOn < standing.since) {
    const { stage, since } = standing
    const reason = {
      zh: `项目于 ${since} 进入${STAGES[stage]}`,
      en: `The project reached ${STAGES[stage]} on ${since}`,
    }
    errors.push({ field: 'movedOn', reason })
  }
  if (errors.length > 0) throw new ProblemError('validation-failed', undefined, errors)
}
