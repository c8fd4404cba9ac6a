import type { PlannedMessage, Policy, PolicyRole } from '@tiaodu/types'
import type { AlertTimes } from './alert-plan.ts'
import type { ReminderTimes } from './obligation-plan.ts'
import { type PolicyStep, planSteps, type Rule } from './policy-steps.ts'
import { type Directory, resolveRole } from './recipients.ts'
import type { Subject } from './sweep.ts'
import { ROLE_NAMES } from './wording.ts'
import type { Workdays } from './workdays.ts'

/** What of the ledger may still be told: reports that are due, and alerts that are open. */
export interface Ledger {
  readonly obligations: readonly (ReminderTimes & { readonly subject: Subject })[]
  readonly alerts: readonly (Omit<AlertTimes, 'fact'> & { readonly subject: Subject; readonly nextAt: Date })[]
}

interface Coming {
  readonly subject: Subject
  readonly steps: readonly PolicyStep[]
}

/** Steps up to `until` if nobody files and nothing else changes, each at its time, or now when that has passed. */
function toComing(
  { obligations, alerts }: Ledger,
  rules: readonly Rule[],
  workdays: Workdays,
  now: Date,
  until: Date,
): Coming[] {
  const within = (steps: readonly PolicyStep[], after: Date | null, from: Date) =>
    steps
      .filter(({ at }) => at <= until && (after === null || at > after))
      .map((step) => ({ ...step, at: step.at < from ? from : step.at }))
  const reports = obligations.flatMap(({ subject, dueAt, overdueAt, lockAt, remindedThrough }): Coming[] => {
    const reminders = planSteps(rules, 'report-due', { at: dueAt, endsAt: overdueAt }, workdays)
    const overdue = planSteps(rules, 'report-overdue', { at: overdueAt, endsAt: lockAt }, workdays)
    return [
      { subject, steps: within(reminders, remindedThrough, now) },
      { subject: { ...subject, fact: 'report-overdue' }, steps: within(overdue, null, now) },
    ]
  })
  const open = alerts.map(({ subject, nextAt, anchorAt, endsAt, toldThrough }): Coming => {
    const steps = planSteps(rules, subject.fact, { at: anchorAt, endsAt }, workdays)
    return { subject, steps: within(steps, toldThrough, nextAt < now ? now : nextAt) }
  })
  return [...reports, ...open]
}

const MOST_NAMES = 3
const addName = (names: string[], name: string | null) => {
  if (name !== null && names.length < MOST_NAMES && !names.includes(name)) names.push(name)
}

/** What would be sent, as it would be put together: one message per time, policy and person. */
export function previewMessages(
  ledger: Ledger,
  policies: readonly Policy[],
  { directory, workdays }: { readonly directory: Directory; readonly workdays: Workdays },
  { now, until }: { readonly now: Date; readonly until: Date },
): PlannedMessage[] {
  const rules = policies.filter(({ isActive }) => isActive)
  const nameOf = new Map(rules.map(({ id, name }) => [id, name]))
  const planned = new Map<string, PlannedMessage>()
  const add = (
    subject: Subject,
    { at, policy }: PolicyStep,
    role: PolicyRole,
    person: { id: string; name: string },
  ) => {
    const key = `${at.toISOString()} ${policy.id} ${person.id}`
    const message = planned.get(key) ?? {
      ...{
        at: at.toISOString(),
        policyId: policy.id,
        policyName: nameOf.get(policy.id) ?? policy.id,
        fact: subject.fact,
      },
      ...{ personId: person.id, personName: person.name, role, unitNames: [], projectNames: [], count: 0 },
      ...{ channels: policy.channels, why: `${ROLE_NAMES[role]}：${nameOf.get(policy.id)}` },
    }
    addName(message.unitNames, subject.unitName)
    addName(message.projectNames, subject.projectName)
    planned.set(key, { ...message, count: message.count + 1 })
  }
  for (const { subject, steps } of toComing(ledger, rules, workdays, now, until)) {
    for (const step of steps) {
      const told = new Set<string>()
      for (const role of step.policy.tells) {
        const { found, people } = resolveRole(role, subject.responsible, directory)
        for (const person of people) {
          if (told.has(person.id)) continue
          told.add(person.id)
          add(subject, step, found ?? role, person)
        }
      }
    }
  }
  return [...planned.values()].sort(
    (one, other) =>
      one.at.localeCompare(other.at) ||
      one.policyId.localeCompare(other.policyId) ||
      one.personId.localeCompare(other.personId),
  )
}
