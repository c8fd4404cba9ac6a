import { type Fault, RESERVE_STATES, type ReserveState, STAGES, type Stage, type Words } from '@tiaodu/types'

/** Where a project stands in the reserve pool of a year; null: nothing has been entered yet. */
export interface PoolStanding {
  readonly state: ReserveState | null
  /** The day of the last decision. */
  readonly decidedOn: string | null
  readonly stage: Stage
}

export interface PoolEntry {
  readonly state: ReserveState
  readonly decidedOn: string
  readonly reason?: string | undefined
  readonly document?: string | undefined
  readonly withStage?: boolean | undefined
}

// 申报 → 入库 or 未入库; 增补 in mid-year, proposed or not; whatever stands in the pool may leave it, and come back.
const NEXT: Readonly<Record<ReserveState | 'nothing', readonly ReserveState[]>> = {
  nothing: ['proposed', 'added'],
  proposed: ['listed', 'notListed', 'withdrawn'],
  listed: ['withdrawn'],
  notListed: ['proposed', 'added'],
  added: ['withdrawn'],
  withdrawn: ['proposed', 'added'],
}

const NOT_STARTED: readonly Stage[] = ['planning', 'reserve', 'signed', 'preliminary']
const IN_POOL: readonly ReserveState[] = ['listed', 'added']
const NEEDS_REASON: readonly ReserveState[] = ['notListed', 'added', 'withdrawn']

const absent = (text: string | undefined) => text === undefined || text.trim() === ''

/** Whether a project has not been started, so that the pool is the place for it. */
export const isNotStarted = (stage: Stage): boolean => NOT_STARTED.includes(stage)

/** Whether a state means that the project stands in the pool. */
export const isInPool = (state: ReserveState | null): boolean => state !== null && IN_POOL.includes(state)

/** What an entry lacks by itself, whatever project it is for. */
export function assessEntry({ state, decidedOn, reason, document, withStage }: PoolEntry, today: string): Fault[] {
  const faults: Fault[] = []
  const word = RESERVE_STATES[state]
  if (decidedOn > today)
    faults.push({ field: 'decidedOn', reason: { zh: '决定日期不能晚于今天', en: 'The day lies in the future' } })
  if (NEEDS_REASON.includes(state) && absent(reason))
    faults.push({ field: 'reason', reason: { zh: `${word}须说明原因`, en: `${state} needs a reason` } })
  if (isInPool(state) && absent(document))
    faults.push({ field: 'document', reason: { zh: `${word}须有文号`, en: `${state} needs its document` } })
  if (withStage === true && state !== 'withdrawn')
    faults.push({
      field: 'withStage',
      reason: { zh: '仅退库时可同时退出', en: 'Only who is withdrawn can leave its stage as well' },
    })
  return faults
}

/** Why a project that stands so does not take an entry; undefined when it does. */
export function assessStep({ state, decidedOn, stage }: PoolStanding, entry: PoolEntry): Words | undefined {
  if (!NEXT[state ?? 'nothing'].includes(entry.state)) {
    const from = state === null ? '未申报' : RESERVE_STATES[state]
    return {
      zh: `${from}的项目不能${RESERVE_STATES[entry.state]}`,
      en: `After ${state ?? 'nothing'} a project cannot be ${entry.state}`,
    }
  }
  if (decidedOn !== null && entry.decidedOn < decidedOn)
    return { zh: `早于上一次登记（${decidedOn}）`, en: `before the last entry (${decidedOn})` }
  const fits = entry.state === 'withdrawn' || isNotStarted(stage) || (entry.state === 'added' && stage === 'withdrawn')
  return fits
    ? undefined
    : { zh: `项目已处于${STAGES[stage]}`, en: `The project has reached ${stage} and is no reserve any more` }
}

/** The stage that a project moves to by an entry; undefined when its stage stays. */
export function stageAfter(stage: Stage, { state, withStage }: PoolEntry): 'reserve' | 'withdrawn' | undefined {
  if (isInPool(state)) return stage === 'planning' || stage === 'withdrawn' ? 'reserve' : undefined
  return state === 'withdrawn' && withStage === true && stage !== 'withdrawn' ? 'withdrawn' : undefined
}
