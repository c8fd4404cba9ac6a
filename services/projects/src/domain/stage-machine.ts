import {
  EVIDENCE_KINDS,
  type EvidenceKind,
  type Fault,
  type NewStageMove,
  ProblemError,
  STAGES,
  type Stage,
  type Words,
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

const forbid = (from: Stage, to: Stage, reason: Words) => {
  const move = `${STAGES[from]} → ${STAGES[to]}`
  const detail = { zh: `${move}：${reason.zh}`, en: `${move}: ${reason.en}` }
  return new ProblemError('move-forbidden', detail, [{ field: 'to', reason }])
}

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
  if (from === to) throw forbid(from, to, { zh: '已处于该阶段', en: 'it is there already' })
  if (from === 'withdrawn') {
    if (to !== 'reserve')
      throw forbid(from, to, { zh: '退出的项目只能经储备重新入库', en: 'a withdrawn project comes back through 储备' })
    return 'comeback'
  }
  if (to === 'withdrawn') return 'withdrawal'
  if (to === 'suspended') {
    if (!SUSPENDABLE.has(from))
      throw forbid(from, to, {
        zh: '只有已签约且未竣工的项目可以停缓建',
        en: 'only what is signed and not completed can be suspended',
      })
    return 'suspension'
  }
  if (from === 'suspended') {
    if (to !== suspendedFrom) {
      const stage = STAGES[suspendedFrom ?? from]
      throw forbid(from, to, { zh: `应从停下的阶段（${stage}）继续`, en: `it goes on where it stopped, at ${stage}` })
    }
    return 'resumption'
  }
  if (place(to) < place(from)) return 'backward'
  const next = nextStages(from)
  if (next.includes(to)) return 'forward'
  const stages = next.map((stage) => STAGES[stage]).join('/')
  throw forbid(from, to, { zh: `下一阶段是${stages}`, en: `the next stage is ${stages}` })
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
