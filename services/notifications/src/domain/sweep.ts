import type { Rung } from '@tiaodu/types'
import { POLICY, type PolicyStep } from './escalation.ts'
import { type Directory, type Responsible, resolveRung } from './recipients.ts'

/** An open obligation with steps that have passed since it was last looked at. */
export interface DueObligation {
  readonly id: string
  readonly projectId: string
  readonly projectName: string
  readonly unitName: string | null
  readonly period: string
  readonly dueAt: Date
  readonly responsible: Responsible
  /** Ordinals of the first and the last step that have passed. */
  readonly from: number
  readonly to: number
}

/** One project in one person's digest. */
export interface DigestLine {
  readonly obligation: DueObligation
  readonly kind: 'reminder' | 'overdue'
  readonly rung: Rung
  /** The policy that tells of it. */
  readonly policyId: string
  /** How many steps it covers: more than one after a sleep. */
  readonly steps: number
}

/** The rung that could not be told about a unit's projects. */
export interface MissingContact {
  readonly unitName: string | null
  readonly rung: Rung
  readonly projectIds: string[]
}

/** What a sweep has to do: one digest per person, alerts that open or climb, contacts that are missing. */
export interface SweepPlan {
  readonly digests: ReadonlyMap<string, DigestLine[]>
  readonly alerts: readonly { readonly obligation: DueObligation; readonly rungs: readonly Rung[] }[]
  readonly missing: readonly MissingContact[]
}

const passed = ({ from, to }: DueObligation): readonly PolicyStep[] => POLICY.slice(from, to + 1)

/** Of what has passed only the gravest kind matters: who is overdue needs no reminder any more. */
function relevantSteps(obligation: DueObligation): readonly PolicyStep[] {
  const steps = passed(obligation)
  const overdue = steps.filter(({ kind }) => kind === 'overdue')
  return overdue.length > 0 ? overdue : steps.slice(-1)
}

/** Decides a whole sweep at once, so that a person with many projects, periods and missed steps gets one digest. */
export function decideSweep(due: readonly DueObligation[], directory: Directory): SweepPlan {
  const digests = new Map<string, DigestLine[]>()
  const alerts: { obligation: DueObligation; rungs: Rung[] }[] = []
  const missing = new Map<string, MissingContact>()

  for (const obligation of due) {
    const steps = relevantSteps(obligation)
    const told = new Set<string>()
    for (const step of steps) {
      for (const rung of step.tells) {
        const { found, people } = resolveRung(rung, obligation.responsible, directory)
        if (found !== rung) {
          const key = `${obligation.responsible.unitId} ${rung}`
          const entry = missing.get(key) ?? { unitName: obligation.unitName, rung, projectIds: [] }
          if (!entry.projectIds.includes(obligation.projectId)) entry.projectIds.push(obligation.projectId)
          missing.set(key, entry)
        }
        for (const { id } of people) {
          if (told.has(id)) continue
          told.add(id)
          const lines = digests.get(id) ?? []
          lines.push({
            obligation,
            kind: step.kind,
            rung: found ?? rung,
            policyId: step.name,
            steps: passed(obligation).length,
          })
          digests.set(id, lines)
        }
      }
    }
    const rungs = steps.flatMap(({ alertRung }) => (alertRung === null ? [] : [alertRung]))
    if (rungs.length > 0) alerts.push({ obligation, rungs })
  }
  return { digests, alerts, missing: [...missing.values()] }
}
