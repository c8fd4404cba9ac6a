import {
  EVIDENCE_KINDS,
  type EvidenceKind,
  type FieldError,
  type NewStageMove,
  ProblemError,
  STAGES,
  type Stage,
} from '@tiaodu/types'

/** The chain of the life cycle; 停缓建 and 退出 stand beside it. */
export const CHAIN = [
  'planning',
  'reserve',
  'signed',
  'preliminary',
  'newlyStarted',
  'building',
  'finishing',
  'completed',
  'producing',
  'performing',
] as const satisfies readonly Stage[]

/** Stages that not every project passes: one built by a government signs with nobody, a small one needs no last push. */
const PASSED_BY: ReadonlySet<Stage> = new Set(['signed', 'finishing'])

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

const SUSPENDABLE: ReadonlySet<Stage> = new Set(['signed', 'preliminary', 'newlyStarted', 'building', 'finishing'])

/** Where a project stands: its stage, when it got there, and the stage it was suspended from. */
export interface Standing {
  readonly stage: Stage
  readonly since: string
  readonly suspendedFrom: Stage | null
}

const forbid = (from: Stage, to: Stage, why: string) =>
  new ProblemError('move-forbidden', `${STAGES[from]} → ${STAGES[to]}: ${why}`, [{ field: 'to', reason: why }])

const place = (stage: Stage) => CHAIN.indexOf(stage as (typeof CHAIN)[number])

/** The stages that a move forward may reach from a stage of the chain. */
function nextStages(stage: Stage): readonly Stage[] {
  const next = CHAIN[place(stage) + 1]
  if (next === undefined) return []
  return PASSED_BY.has(next) ? [next, ...nextStages(next)] : [next]
}

/** How a move is to be judged by who asks it and when. */
interface Asking {
  readonly actorId: string | null
  readonly today: string
}

type Need = (move: NewStageMove, asking: Asking) => FieldError | undefined

const reason: Need = (move) =>
  move.reason === undefined ? { field: 'reason', reason: 'This move needs a reason' } : undefined

const evidence: Need = ({ to, evidence: pieces = [] }) => {
  const kind = EVIDENCE_OF[to]
  if (kind === undefined || pieces.some((piece) => piece.kind === kind)) return undefined
  return { field: 'evidence', reason: `${STAGES[to]} is shown by ${EVIDENCE_KINDS[kind]} (${kind})` }
}

const approver: Need = ({ approverId }, { actorId }) => {
  if (approverId === undefined) return { field: 'approverId', reason: 'A move backwards needs an approver' }
  return approverId === actorId ? { field: 'approverId', reason: 'Nobody approves their own move' } : undefined
}

/** What each kind of move needs; 增补 (comeback) takes what was withdrawn into the reserve as if it were new. */
const NEEDS = {
  forward: [evidence],
  backward: [reason, approver],
  suspension: [reason],
  resumption: [reason],
  withdrawal: [reason],
  comeback: [reason, evidence],
} as const satisfies Record<string, readonly Need[]>

/** @throws move-forbidden */
function kindOf({ stage: from, suspendedFrom }: Standing, to: Stage): keyof typeof NEEDS {
  if (from === to) throw forbid(from, to, 'it is there already')
  if (from === 'withdrawn') {
    if (to !== 'reserve') throw forbid(from, to, 'a withdrawn project comes back through 储备')
    return 'comeback'
  }
  if (to === 'withdrawn') return 'withdrawal'
  if (to === 'suspended') {
    if (!SUSPENDABLE.has(from)) throw forbid(from, to, 'only what is signed and not completed can be suspended')
    return 'suspension'
  }
  if (from === 'suspended') {
    if (to !== suspendedFrom) throw forbid(from, to, `it goes on where it stopped, at ${STAGES[suspendedFrom ?? from]}`)
    return 'resumption'
  }
  if (place(to) < place(from)) return 'backward'
  const next = nextStages(from)
  if (next.includes(to)) return 'forward'
  throw forbid(from, to, `the next stage is ${next.map((stage) => STAGES[stage]).join('/')}`)
}

/**
 * Whether a project may move: forward by its chain with the evidence of the stage, backwards with reason and approver,
 * aside and back with a reason; never twice to the same stage, before its last move or into the future.
 * @throws move-forbidden; validation-failed naming everything that is missing
 */
export function assessMove(standing: Standing, move: NewStageMove, asking: Asking): void {
  const needs: readonly Need[] = NEEDS[kindOf(standing, move.to)]
  const errors = needs.map((need) => need(move, asking)).filter((error) => error !== undefined)
  if (move.movedOn > asking.today) {
    errors.push({ field: 'movedOn', reason: 'A move lies in the past or on this day' })
  } else if (move.movedOn < standing.since) {
    errors.push({ field: 'movedOn', reason: `The project reached ${STAGES[standing.stage]} on ${standing.since}` })
  }
  if (errors.length > 0) throw new ProblemError('validation-failed', undefined, errors)
}
