import { type PolicyFact, type PolicyRole, RUNGS, type Rung } from '@tiaodu/types'
import { groupsOf, type KnownGroup } from './groups.ts'
import type { PolicyStep } from './policy-steps.ts'
import { type Directory, type Responsible, resolveRole } from './recipients.ts'

/** What a message is about: a report that is due, or an alert that is open. */
export interface Subject {
  readonly id: string
  readonly fact: PolicyFact
  readonly projectId: string
  readonly projectName: string
  readonly unitName: string | null
  /** The month of the report; null for anything else. */
  readonly period: string | null
  /** What the fact says beyond its kind: the step, the reason of the light, the difficulty. */
  readonly label: string | null
  readonly dueAt: Date
  readonly responsible: Responsible
}

/** A subject with the steps of its policies that have passed since it was last told. */
export interface Telling {
  readonly subject: Subject
  readonly steps: readonly PolicyStep[]
  /** The day that was promised has passed: the rung it stands on and the one above hear of it. */
  readonly brokenPromise: Rung | null
}

/** One subject in one person's message. */
export interface DigestLine {
  readonly subject: Subject
  readonly role: PolicyRole | 'group'
  readonly policyId: string | null
  /** How many steps it covers: more than one after a sleep. */
  readonly steps: number
  readonly isPromiseBroken: boolean
  readonly step: PolicyStep | null
}

/** The role that could not be told about a unit's projects. */
export interface MissingContact {
  readonly unitName: string | null
  readonly role: PolicyRole
  readonly projectIds: string[]
}

/** One message in the making: everything that one person is told together. */
interface Bundle {
  readonly personId: string
  readonly lines: DigestLine[]
}

/** What a sweep has to tell to people and to groups, and the contacts that are missing. */
export interface SweepPlan {
  readonly bundles: readonly Bundle[]
  readonly groups: readonly { readonly group: KnownGroup; readonly lines: readonly DigestLine[] }[]
  readonly missing: readonly MissingContact[]
}

interface Call {
  readonly role: PolicyRole
  readonly step: PolicyStep | null
}

/** The rung that a step lifts an alert to: the highest it tells. */
export function toClimb(tells: readonly PolicyRole[]): Rung | null {
  const reached = RUNGS.filter((rung) => tells.includes(rung))
  return reached.at(-1) ?? null
}

const above = (rung: Rung): Rung => RUNGS[RUNGS.indexOf(rung) + 1] ?? rung

function toCalls({ steps, brokenPromise }: Telling): Call[] {
  const promise = brokenPromise === null ? [] : [...new Set([brokenPromise, above(brokenPromise)])]
  return [
    ...promise.map((role) => ({ role, step: null })),
    ...steps.flatMap((step) => step.policy.tells.map((role) => ({ role, step }))),
  ]
}

/** One message per person for all that may wait for others, one per person and project for what is told at once. */
const bundleKey = (personId: string, { projectId, fact }: Subject, step: PolicyStep | null): string =>
  step?.policy.mode === 'atOnce' ? `${personId} ${fact} ${projectId}` : personId

/** One digest for each group, a line for each subject that a policy tells it of. */
function tellGroups(tellings: readonly Telling[], groups: readonly KnownGroup[]): SweepPlan['groups'] {
  return groups.flatMap((group) => {
    const lines = tellings.flatMap(({ subject, steps }): DigestLine[] => {
      const step = steps.find(({ policy }) => groupsOf([group], policy, subject.responsible).length > 0)
      if (step === undefined) return []
      const policyId = step.policy.id
      return [{ subject, role: 'group', policyId, steps: steps.length, isPromiseBroken: false, step }]
    })
    return lines.length === 0 ? [] : [{ group, lines }]
  })
}

/** Decides a whole sweep together, so that a person with many projects, periods and missed steps gets one digest, and so does a group. */
export function decideSweep(
  tellings: readonly Telling[],
  directory: Directory,
  groups: readonly KnownGroup[] = [],
): SweepPlan {
  const bundles = new Map<string, Bundle>()
  const missing = new Map<string, MissingContact>()
  for (const telling of tellings) {
    const { subject, steps } = telling
    const told = new Set<string>()
    for (const { role, step } of toCalls(telling)) {
      const { found, people } = resolveRole(role, subject.responsible, directory)
      if (found !== role) {
        const key = `${subject.responsible.unitId} ${role}`
        const entry = missing.get(key) ?? { unitName: subject.unitName, role, projectIds: [] }
        if (entry.projectIds.at(-1) !== subject.projectId) entry.projectIds.push(subject.projectId)
        missing.set(key, entry)
      }
      for (const { id: personId } of people) {
        if (told.has(personId)) continue
        told.add(personId)
        const key = bundleKey(personId, subject, step)
        const bundle = bundles.get(key) ?? { personId, lines: [] }
        bundle.lines.push({
          subject,
          role: found ?? role,
          policyId: step?.policy.id ?? null,
          steps: steps.length,
          isPromiseBroken: step === null,
          step,
        })
        bundles.set(key, bundle)
      }
    }
  }
  return { bundles: [...bundles.values()], groups: tellGroups(tellings, groups), missing: [...missing.values()] }
}
