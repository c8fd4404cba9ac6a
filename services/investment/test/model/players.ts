import assert from 'node:assert/strict'
import { type EventPayload, ProblemError } from '@tiaodu/types'
import { v7 as uuidv7 } from 'uuid'
import type { Place } from './naive-cells.ts'

export const FILER = uuidv7()
export const REVIEWER = uuidv7()
/** More than all months together can complete. */
export const TOTAL_YUAN = 10_000_000_000
const FIRST_KNOWN = {
  stage: 'building',
  totalInvestmentYuan: TOTAL_YUAN,
  plannedStartOn: null,
  actualStartOn: null,
  completionOn: null,
  statisticalEntryOn: null,
} as const
type Plan = { plannedYuan: number; monthlyTargetsYuan: number[] | null }

/** A step that was told to be past its due day. */
export interface Slip {
  readonly stepId: string
  readonly dueOn: string
  readonly at: Date
}

/** A project, and what the model remembers of it month by month. */
export interface Player {
  readonly id: string
  version: number
  place: Place
  readonly places: Map<string, Place>
  readonly plans: Map<string, Plan>
  /** What was granted, period by period. */
  readonly dues: Map<string, Date>
  readonly excuses: Map<string, number>
  readonly reopenedUntil: Map<string, Date>
  readonly steps: readonly string[]
  readonly slips: Slip[]
  readonly settlements: { readonly stepId: string; readonly at: Date }[]
}

/** A cycle as it was opened. */
export interface Cycle {
  readonly period: string
  readonly dueAt: Date
  readonly lockAt: Date
}

export const createPlayer = (regionCode: string, unitId: string): Player => ({
  id: uuidv7(),
  version: 0,
  place: {
    isWithdrawn: false,
    regionCode,
    unitId,
    category: '交通',
    tiers: ['city'],
    isAssessed: true,
    ...FIRST_KNOWN,
  },
  ...{ places: new Map(), plans: new Map(), dues: new Map(), excuses: new Map(), reopenedUntil: new Map() },
  ...{ steps: [uuidv7(), uuidv7()], slips: [], settlements: [] },
})

/** What the project library tells of a player now. */
export function toEvent(player: Player): EventPayload<'project.changed.v1'> {
  const { regionCode, unitId, category, tiers, isAssessed, isWithdrawn, completionOn, ...known } = player.place
  return {
    projectId: player.id,
    version: ++player.version,
    name: '项目',
    regionCode,
    regionName: regionCode,
    category,
    tiers: [...tiers],
    ...known,
    stage: isWithdrawn ? 'withdrawn' : known.stage,
    assessmentClass: isAssessed ? 'assessed' : 'followed',
    responsibleUnitId: unitId,
    responsibleUnitName: '局',
    filerId: FILER,
    leaderId: null,
    plannedCompletionOn: completionOn,
    actualCompletionOn: null,
  }
}

/** Nothing is filed after the lock unless the period was opened once more. */
export function assertOpen(player: Player, period: string, { lockAt }: Cycle, now: Date): void {
  const reopenedUntil = player.reopenedUntil.get(period)
  assert.ok(now < lockAt || (reopenedUntil && now < reopenedUntil), `${period} was locked`)
}

/** Whether the rules refuse something; any other failure is one of the test. */
export const refused = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return false
  } catch (error) {
    if (error instanceof ProblemError) return true
    throw error
  }
}
