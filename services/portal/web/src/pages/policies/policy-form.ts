import type { Policy, PolicyFact, PolicyFields, PolicyRole } from '@tiaodu/types'
import { isAhead } from '../../format/policies.ts'

/** As POLICY_FACTS and POLICY_ROLES of @tiaodu/types, which the page does not load for a few words. */
export const FACTS = [
  'report-due',
  'report-overdue',
  'start-missed',
  'behind-schedule',
  'difficulty-overdue',
  'step-slipped',
  'funds-gap',
  'report-returned',
  'bulletin-published',
  'order-due',
  'order-unsigned',
  'order-overdue',
  'rollups-diverged',
] as const satisfies readonly PolicyFact[]
export const ROLES = [
  'filer',
  'head',
  'leader',
  'reviewer',
  'supervisor',
  'doer',
  'operator',
] as const satisfies readonly PolicyRole[]

/** What is typed of a policy; numbers and times as text, '' for none. */
export function toForm(policy: Policy | undefined) {
  return {
    id: policy?.id ?? '',
    name: policy?.name ?? '',
    fact: (policy?.fact ?? 'report-due') as PolicyFact,
    tells: [...(policy?.tells ?? ['filer' as const])] as PolicyRole[],
    amount: String(Math.abs(policy?.amount ?? 1)),
    unit: (policy?.unit ?? 'workdays') as PolicyFields['unit'],
    time: policy === undefined ? '09:00' : (policy.time ?? ''),
    every: String(policy?.everyWorkdays ?? ''),
    until: String(policy?.untilWorkdays ?? ''),
    mode: (policy?.mode ?? 'digest') as PolicyFields['mode'],
    channels: [...(policy?.channels ?? ['email' as const])],
    quietFrom: policy?.quietHours?.from ?? '',
    quietTo: policy?.quietHours?.to ?? '',
    isActive: policy?.isActive ?? true,
    reason: '',
  }
}
export type PolicyForm = ReturnType<typeof toForm>

const orNull = (text: string): number | null => (text.trim() === '' ? null : Number(text))
const atOf = (text: string): string | null => (text === '' ? null : text)

/** What is sent: before a due time the amount counts backwards. */
export function toBody(form: PolicyForm): PolicyFields & { reason: string } {
  const { name, fact, tells, unit, mode, channels, isActive, reason } = form
  const amount = form.amount.trim() === '' ? Number.NaN : Number(form.amount)
  return {
    ...{ fact, tells, unit, mode, channels, isActive },
    name: name.trim(),
    // Minus nought would be another number.
    amount: isAhead(fact) && amount !== 0 ? -amount : amount,
    time: atOf(form.time),
    everyWorkdays: orNull(form.every),
    untilWorkdays: orNull(form.until),
    quietHours: form.quietFrom === '' && form.quietTo === '' ? null : { from: form.quietFrom, to: form.quietTo },
    reason: reason.trim(),
  }
}
