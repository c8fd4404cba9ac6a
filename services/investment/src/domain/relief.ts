import { type ExcuseCause, type ReliefKind, type ReliefState, refuse } from '@tiaodu/types'
import type { StoredReport } from './report.ts'

/** A relief as it is stored. */
export interface StoredRelief {
  readonly projectId: string
  readonly period: string
  readonly number: number
  readonly kind: ReliefKind
  readonly state: ReliefState
  readonly reason: string
  /** The due instant asked for, or when the period is locked again; null for an excuse. */
  readonly untilAt: Date | null
  readonly cause: ExcuseCause | null
  readonly evidence: readonly string[]
  readonly askedBy: string | null
  readonly askedByName: string
  readonly askedAt: Date
  readonly decidedBy: string | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly decisionReason: string | null
  readonly revokedBy: string | null
  readonly revokedByName: string | null
  readonly revokedAt: Date | null
  readonly revocationReason: string | null
  readonly isSimulated: boolean
}

/** What a project owes for a period, as far as a relief goes. */
export interface Owed {
  readonly projectId: string
  readonly period: string
  readonly cycleDueAt: Date
  readonly dueAt: Date
  readonly lockAt: Date
  readonly reopenedUntil: Date | null
  readonly excuse: ExcuseCause | null
  readonly firstSubmittedAt: Date | null
  readonly reportState: StoredReport['state'] | null
  /** By the rule that the cycle was opened by. */
  readonly extendAtMostDays: number
  readonly reopenAtMostDays: number
}

/** Who asks or decides, and when. */
export interface ReliefAct {
  readonly now: Date
  readonly actorId: string | null
  readonly actorName: string
  readonly isSimulated: boolean
}

/** What was asked for before, as far as it matters to the next. */
export interface Earlier {
  readonly number: number
  readonly hasOpen: boolean
}

/** Nothing of the kind can be granted now. */
export const forbid = (field: string, zh: string, en: string) => refuse('relief-forbidden', field, { zh, en })

/** What an obligation is once a relief was granted or revoked. */
export function applyRelief({ kind, state, untilAt, cause }: StoredRelief, owed: Owed): Owed {
  const isGranted = state === 'granted'
  if (kind === 'extension') return isGranted && untilAt !== null ? { ...owed, dueAt: untilAt } : owed
  if (kind === 'reopening') return { ...owed, reopenedUntil: isGranted ? untilAt : null }
  return { ...owed, excuse: isGranted ? cause : null }
}
