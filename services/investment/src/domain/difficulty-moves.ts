import { DIFFICULTY_ACTIONS, DIFFICULTY_STATES, type DifficultyState, refuse } from '@tiaodu/types'
import { type DifficultyStep, requireComing, type StoredDifficulty } from './difficulty.ts'

/** What somebody wants to be done about a difficulty. */
export type DifficultyRequest =
  | { readonly action: 'accept' }
  | { readonly action: 'resolve'; readonly outcome: string }
  | { readonly action: 'close' }
  | { readonly action: 'return'; readonly reason: string }
  | { readonly action: 'raise'; readonly coordinationLevel: number; readonly reason: string }
  | { readonly action: 'reschedule'; readonly dueOn: string; readonly reason: string }
  | { readonly action: 'reassign'; readonly unitInChargeId: string; readonly reason: string }

/** Who asks for it, and when. */
export interface DifficultyAct {
  readonly now: Date
  /** The unit for which they act; null for those who act for a region. */
  readonly unitId: string | null
  readonly expectedVersion: number | undefined
}

const OPEN: readonly DifficultyState[] = ['registered', 'coordinating']
const FROM: Readonly<Record<DifficultyRequest['action'], readonly DifficultyState[]>> = {
  accept: ['registered'],
  resolve: ['coordinating'],
  close: ['resolved'],
  return: ['resolved'],
  raise: OPEN,
  reschedule: OPEN,
  reassign: OPEN,
}

function requireVersion({ version }: StoredDifficulty, { expectedVersion }: DifficultyAct): void {
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw refuse('version-mismatch', 'If-Match', {
      zh: `现已是第 ${version} 版`,
      en: `It is at version ${version} by now`,
    })
}

// A unit may ask for a higher level for its project; what is done about it is told by the one in charge.
function requireInCharge(
  { unitInChargeId }: StoredDifficulty,
  { action }: DifficultyRequest,
  act: DifficultyAct,
): void {
  if (act.unitId === null || act.unitId === unitInChargeId || action === 'raise') return
  throw refuse('outside-scope', 'unitInChargeId', {
    zh: '由协调责任单位办理',
    en: 'It is for the unit in charge to do so',
  })
}

function requireState({ state }: StoredDifficulty, { action }: DifficultyRequest): void {
  if (FROM[action].includes(state)) return
  throw refuse('difficulty-move-forbidden', 'state', {
    zh: `${DIFFICULTY_STATES[state]}的困难和问题不能${DIFFICULTY_ACTIONS[action]}`,
    en: `The difficulty is ${state}`,
  })
}

const unchanged = (field: string, zh: string, en: string) => refuse('validation-failed', field, { zh, en })

function toChange(difficulty: StoredDifficulty, request: DifficultyRequest, now: Date): Partial<StoredDifficulty> {
  switch (request.action) {
    case 'accept':
      return { state: 'coordinating' }
    case 'resolve':
      return { state: 'resolved', outcome: request.outcome, resolvedAt: now }
    case 'close':
      return { state: 'closed' }
    case 'return':
      return { state: 'coordinating', outcome: null, resolvedAt: null }
    case 'raise':
      if (request.coordinationLevel <= difficulty.coordinationLevel)
        throw unchanged(
          'coordinationLevel',
          `须高于现在的 ${difficulty.coordinationLevel} 级`,
          'Not above the present level',
        )
      return { coordinationLevel: request.coordinationLevel }
    case 'reschedule':
      if (request.dueOn === difficulty.dueOn) throw unchanged('dueOn', '与现在的期限相同', 'It is the due day already')
      requireComing(request.dueOn, now)
      return { dueOn: request.dueOn }
    case 'reassign':
      if (request.unitInChargeId === difficulty.unitInChargeId)
        throw unchanged('unitInChargeId', '该单位已是协调责任单位', 'This unit is in charge already')
      return { unitInChargeId: request.unitInChargeId, state: 'registered' }
  }
}

/** The difficulty after a move. @throws version-mismatch, outside-scope, difficulty-move-forbidden, validation-failed */
export function decideMove(
  difficulty: StoredDifficulty,
  request: DifficultyRequest,
  act: DifficultyAct,
): DifficultyStep {
  requireVersion(difficulty, act)
  requireInCharge(difficulty, request, act)
  requireState(difficulty, request)
  const change = toChange(difficulty, request, act.now)
  return {
    action: request.action,
    reason: 'reason' in request ? request.reason : null,
    difficulty: { ...difficulty, ...change, version: difficulty.version + 1 },
  }
}
