import {
  FLOW_STATES,
  type FlowState,
  ORDER_ACTIONS,
  type OrderAction,
  refuse,
  toDateOn,
  toInstant,
} from '@tiaodu/types'

/** An extension that was asked for and is not decided. */
export interface Extension {
  readonly newDueOn: string
  readonly reason: string
  readonly progress: string
  readonly askedAt: string
  readonly approvedById: string | null
  readonly approvedByName: string | null
}

/** One unit's part of an order. */
export interface Flow {
  readonly state: FlowState
  readonly signBy: Date | null
  readonly dueAt: Date | null
  readonly signedAt: Date | null
  readonly finishedAt: Date | null
  readonly reworks: number
  readonly extension: Extension | null
}

/** What somebody wants to be done about a part. */
export type FlowRequest =
  | { readonly action: 'sign' | 'approve' | 'grantExtension' }
  | { readonly action: 'progress' | 'report' | 'reject' | 'refuseExtension'; readonly note: string }
  | { readonly action: 'askExtension'; readonly note: string; readonly newDueOn: string; readonly progress: string }

export interface FlowAct {
  readonly now: Date
  readonly actorId: string | null
  readonly actorName: string
}

const AT_WORK: readonly FlowState[] = ['signed', 'handling', 'rework']
const FROM: Readonly<Record<FlowRequest['action'], readonly FlowState[]>> = {
  sign: ['issued'],
  progress: AT_WORK,
  report: AT_WORK,
  approve: ['reported'],
  reject: ['reported'],
  askExtension: AT_WORK,
  grantExtension: AT_WORK,
  refuseExtension: AT_WORK,
}

/** Nothing of the kind can be done now. */
export const forbidden = (field: string, zh: string, en: string) => refuse('order-move-forbidden', field, { zh, en })
const unfit = (field: string, zh: string, en: string) => refuse('validation-failed', field, { zh, en })

function ask(
  flow: Flow,
  { note, newDueOn, progress }: Extract<FlowRequest, { action: 'askExtension' }>,
  now: Date,
): Flow {
  if (flow.dueAt === null || now >= flow.dueAt)
    throw forbidden('action', '已到期，延期须在到期前申请', 'It is due: more time must be asked for before')
  if (flow.extension !== null) throw forbidden('action', '已有延期申请待批', 'More time was asked for already')
  if (newDueOn <= toDateOn(flow.dueAt)) throw unfit('newDueOn', '应晚于现在的期限', 'Must be later than the due day')
  const asked = {
    newDueOn,
    reason: note,
    progress,
    askedAt: now.toISOString(),
    approvedById: null,
    approvedByName: null,
  }
  return { ...flow, extension: asked }
}

function grant(flow: Flow, { actorId, actorName }: FlowAct): Flow {
  const { extension, dueAt } = flow
  if (extension === null || dueAt === null)
    throw forbidden('action', '没有待批的延期申请', 'No more time was asked for')
  if (actorId === null) throw forbidden('action', '须由本人审批', 'A person must approve it')
  if (extension.approvedById === null)
    return { ...flow, extension: { ...extension, approvedById: actorId, approvedByName: actorName } }
  if (extension.approvedById === actorId)
    throw forbidden('action', '延期须经两人审批，您已审批', 'Two people must approve; you have')
  // The clock time of the due time stays.
  const time = new Date(dueAt.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)
  return { ...flow, dueAt: toInstant(extension.newDueOn, time), extension: null }
}

function refuseAsked(flow: Flow): Flow {
  if (flow.extension === null) throw forbidden('action', '没有待批的延期申请', 'No more time was asked for')
  return { ...flow, extension: null }
}

/** A part after something was done about it. @throws order-move-forbidden, validation-failed */
export function decideFlow(flow: Flow, request: FlowRequest, act: FlowAct): Flow {
  if (!FROM[request.action].includes(flow.state))
    throw forbidden(
      'action',
      `${FLOW_STATES[flow.state]}时不能${ORDER_ACTIONS[request.action as OrderAction]}`,
      `The part is ${flow.state}`,
    )
  switch (request.action) {
    case 'sign':
      return { ...flow, state: 'signed', signedAt: act.now }
    case 'progress':
      return { ...flow, state: 'handling' }
    case 'report':
      return { ...flow, state: 'reported', extension: null }
    case 'approve':
      return { ...flow, state: 'finished', finishedAt: act.now }
    case 'reject':
      return { ...flow, state: 'rework', reworks: flow.reworks + 1 }
    case 'askExtension':
      return ask(flow, request, act.now)
    case 'grantExtension':
      return grant(flow, act)
    case 'refuseExtension':
      return refuseAsked(flow)
  }
}
