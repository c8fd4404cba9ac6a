import type { MessageGround, PolicyFact, PolicyRole } from '@tiaodu/types'
import { toDateTimeText } from '@tiaodu/types'
import { groupsOf, type KnownGroup } from './groups.ts'
import { isSignOverdue } from './order.ts'
import type { Flow } from './order-flow.ts'
import { type PolicyStep, planSteps, type Rule, toDueSteps } from './policy-steps.ts'
import { type Directory, resolveRole } from './recipients.ts'
import type { MissingContact } from './sweep.ts'
import { ROLE_NAMES, type Wording } from './wording.ts'
import type { Workdays } from './workdays.ts'

/** A part of an issued order that is not finished. */
export interface OpenFlow extends Flow {
  readonly id: string
  readonly orderId: string
  readonly unitId: string
  readonly unitName: string | null
  readonly regionCode: string
  readonly number: string
  readonly title: string
  readonly toldThrough: Date | null
}

/** What one person or group is told of one part. */
export interface OrderLine {
  readonly flow: OpenFlow
  readonly step: PolicyStep
  readonly role: PolicyRole | 'group'
}

const FACT_WORDS: Partial<Record<PolicyFact, string>> = {
  'order-due': '临近办理期限',
  'order-unsigned': '签收逾期',
  'order-overdue': '上报逾期',
}

function stepsOf(flow: OpenFlow, rules: readonly Rule[], workdays: Workdays, now: Date): PolicyStep[] {
  const around = (fact: PolicyFact, at: Date | null) =>
    at === null ? [] : planSteps(rules, fact, { at, endsAt: null }, workdays)
  if (flow.dueAt !== null && now >= flow.dueAt) return around('order-overdue', flow.dueAt)
  const unsigned = flow.state === 'issued' && isSignOverdue(flow, now) ? around('order-unsigned', flow.signBy) : []
  return [...unsigned, ...around('order-due', flow.dueAt)]
}

interface OrderParts {
  readonly workdays: Workdays
  readonly directory: Directory
  readonly groups: readonly KnownGroup[]
}

/** What is due of parts of orders: lines by person, the parts that were told of, and who is missing to be told. */
export function decideOrders(
  flows: readonly OpenFlow[],
  rules: readonly Rule[],
  { workdays, directory, groups }: OrderParts,
  now: Date,
): {
  readonly linesOf: ReadonlyMap<string, OrderLine[]>
  readonly spokenIn: ReadonlyMap<KnownGroup, OrderLine[]>
  readonly told: readonly string[]
  readonly missing: readonly MissingContact[]
} {
  const linesOf = new Map<string, OrderLine[]>()
  const spokenIn = new Map<KnownGroup, OrderLine[]>()
  const told: string[] = []
  const missing = new Map<string, MissingContact>()
  for (const flow of flows) {
    const { due } = toDueSteps(stepsOf(flow, rules, workdays, now), flow.toldThrough, now)
    if (due.length === 0) continue
    told.push(flow.id)
    const chain = { unitId: flow.unitId, regionCode: flow.regionCode, filerId: null, leaderId: null }
    const heard = new Set<string>()
    for (const group of groups) {
      const step = due.find(({ policy }) => groupsOf([group], policy, flow).length > 0)
      if (step !== undefined) spokenIn.set(group, [...(spokenIn.get(group) ?? []), { flow, step, role: 'group' }])
    }
    for (const step of due) {
      for (const role of step.policy.tells) {
        const { found, people } = resolveRole(role, chain, directory)
        if (found !== role) missing.set(`${flow.unitId} ${role}`, { unitName: flow.unitName, role, projectIds: [] })
        for (const { id } of people) {
          if (heard.has(id)) continue
          heard.add(id)
          linesOf.set(id, [...(linesOf.get(id) ?? []), { flow, step, role: found ?? role }])
        }
      }
    }
  }
  return { linesOf, spokenIn, told, missing: [...missing.values()] }
}

/** The message of one person or group about orders. */
export function wordOrders(lines: readonly OrderLine[], whyGroup = ''): Wording {
  const first = lines[0]?.role ?? 'head'
  const grounds = new Map<string, MessageGround>()
  for (const { step, role } of lines) {
    const { id: policyId, fact } = step.policy
    const key = `${policyId} ${role}`
    grounds.set(key, { policyId, fact, role, count: (grounds.get(key)?.count ?? 0) + 1 })
  }
  return {
    kind: 'order',
    title: `督办提醒：${lines.length} 项`,
    body: lines
      .map(({ flow, step }) => {
        const due = flow.dueAt === null ? '' : `，期限 ${toDateTimeText(flow.dueAt)}`
        return `· ${flow.number} ${flow.title}（${flow.unitName ?? ''}）${FACT_WORDS[step.policy.fact] ?? ''}${due}`
      })
      .join('\n'),
    period: null,
    projectIds: [],
    orderIds: [...new Set(lines.map(({ flow }) => flow.orderId))],
    why: first === 'group' ? whyGroup : `您是承办单位的${ROLE_NAMES[first]}`,
    grounds: [...grounds.values()],
  }
}
